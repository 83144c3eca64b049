package dev.lanegrad.kernels.i64;

import dev.lanegrad.kernels.AxisRows;

/// Running folds along one axis.
public final class Scan {
    private Scan() {}

    /// `y[i] := x[0] + ... + x[i]` along `axis`, summed from the start on.
    public static void cumsum(
            int[] sizes,
            int axis,
            long[] x,
            int xo,
            int[] xStrides,
            long[] y,
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
                    long sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += x[xo + xr + i * xs];
                        y[yo + yr + i * ys] = sum;
                    }
                });
    }

    /// `y[i] := x[0] · ... · x[i]` along `axis`, multiplied from the start on.
    public static void cumprod(
            int[] sizes,
            int axis,
            long[] x,
            int xo,
            int[] xStrides,
            long[] y,
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
                    long product = 1;
                    for (int i = 0; i < n; i++) {
                        product *= x[xo + xr + i * xs];
                        y[yo + yr + i * ys] = product;
                    }
                });
    }
}
