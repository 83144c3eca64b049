// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;

/// Running folds along one axis.
public final class Scan {
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
        AxisRows.forEach(
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
        AxisRows.forEach(
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
}
