// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Cursor;

/// Running folds along one axis.
public final class Scan {
    private Scan() {}

    /// `y[i] := x[0] + ... + x[i]` along `axis`, summed from the start on, as PyTorch does.
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
        int[] outer = sizes.clone();
        outer[axis] = 1;
        Cursor at = new Cursor(outer, xStrides, yStrides);
        int rows = 1;
        for (int size : outer) {
            rows *= size;
        }
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        for (int r = 0; r < rows; r++, at.next()) {
            float sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[xo + at.at(0) + i * xs];
                y[yo + at.at(1) + i * ys] = sum;
            }
        }
    }
}
