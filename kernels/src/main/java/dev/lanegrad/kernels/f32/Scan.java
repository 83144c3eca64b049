// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;

/// Running folds along one axis.
public final class Scan {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    private Scan() {}

    /// `y[i] := x[0] + ... + x[i]` along `axis`, summed in double precision from the start on, as
    /// PyTorch does.
    public static void cumsum(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            float[] y,
            int yo,
            int[] yStrides) {
        int n = sizes[axis];
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        rows(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr) -> {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += x[xo + xr + i * xs];
                        y[yo + yr + i * ys] = (float) sum;
                    }
                });
    }

    /// `y[i] := x[0] · ... · x[i]` along `axis`, multiplied in double precision.
    public static void cumprod(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            float[] y,
            int yo,
            int[] yStrides) {
        int n = sizes[axis];
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        rows(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr) -> {
                    double product = 1;
                    for (int i = 0; i < n; i++) {
                        product *= x[xo + xr + i * xs];
                        y[yo + yr + i * ys] = (float) product;
                    }
                });
    }

    /// A row of the input and the output, by the position of its first element.
    private interface Row {
        void run(int x, int y);
    }

    private static void rows(int[] sizes, int axis, int[] xStrides, int[] yStrides, Row row) {
        int[] outer = sizes.clone();
        outer[axis] = 1;
        int rows = sizes[axis] == 0 ? 0 : 1;
        for (int size : outer) {
            rows *= size;
        }
        Parallel.run(
                rows,
                Math.max(1, GRAIN / Math.max(1, sizes[axis])),
                (from, to) -> {
                    Cursor at = new Cursor(outer, xStrides, yStrides).moveTo(from);
                    for (int r = from; r < to; r++, at.next()) {
                        row.run(at.at(0), at.at(1));
                    }
                });
    }
}
