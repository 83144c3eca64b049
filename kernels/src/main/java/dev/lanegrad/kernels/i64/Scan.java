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
        boolean done =
                AxisRows.forEachBand(
                        sizes,
                        axis,
                        xStrides,
                        yStrides,
                        (xr, yr, rows) -> cumsum(x, xo + xr, xs, y, yo + yr, ys, n, rows));
        if (done) {
            return;
        }
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
        boolean done =
                AxisRows.forEachBand(
                        sizes,
                        axis,
                        xStrides,
                        yStrides,
                        (xr, yr, rows) -> cumprod(x, xo + xr, xs, y, yo + yr, ys, n, rows));
        if (done) {
            return;
        }
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

    /// Rows side by side.
    private static void cumsum(
            long[] x, int xo, int xs, long[] y, int yo, int ys, int n, int rows) {
        long[] sums = new long[rows];
        for (int i = 0; i < n; i++) {
            int from = xo + i * xs;
            int to = yo + i * ys;
            for (int r = 0; r < rows; r++) {
                sums[r] += x[from + r];
                y[to + r] = sums[r];
            }
        }
    }

    /// Rows side by side.
    private static void cumprod(
            long[] x, int xo, int xs, long[] y, int yo, int ys, int n, int rows) {
        long[] products = new long[rows];
        for (int r = 0; r < rows; r++) {
            products[r] = 1;
        }
        for (int i = 0; i < n; i++) {
            int from = xo + i * xs;
            int to = yo + i * ys;
            for (int r = 0; r < rows; r++) {
                products[r] *= x[from + r];
                y[to + r] = products[r];
            }
        }
    }
}
