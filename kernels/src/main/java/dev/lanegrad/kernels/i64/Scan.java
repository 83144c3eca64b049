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
        AxisRows.forEachStack(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, xBy, yr, yBy, rows) -> {
                    int r = 0;
                    for (int end = xs == 1 && ys == 1 ? rows - 3 : 0; r < end; r += 4) {
                        cumsumOfFour(x, xo + xr + r * xBy, xBy, y, yo + yr + r * yBy, yBy, n);
                    }
                    for (; r < rows; r++) {
                        cumsum(x, xo + xr + r * xBy, xs, y, yo + yr + r * yBy, ys, n);
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
        AxisRows.forEachStack(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, xBy, yr, yBy, rows) -> {
                    int r = 0;
                    for (int end = xs == 1 && ys == 1 ? rows - 3 : 0; r < end; r += 4) {
                        cumprodOfFour(x, xo + xr + r * xBy, xBy, y, yo + yr + r * yBy, yBy, n);
                    }
                    for (; r < rows; r++) {
                        cumprod(x, xo + xr + r * xBy, xs, y, yo + yr + r * yBy, ys, n);
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

    /// One row.
    private static void cumsum(long[] x, int xo, int xs, long[] y, int yo, int ys, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xo + i * xs];
            y[yo + i * ys] = sum;
        }
    }

    /// Four rows by turns, so that none waits for its own last sum.
    private static void cumsumOfFour(long[] x, int xo, int xBy, long[] y, int yo, int yBy, int n) {
        int x1 = xo + xBy;
        int x2 = x1 + xBy;
        int x3 = x2 + xBy;
        int y1 = yo + yBy;
        int y2 = y1 + yBy;
        int y3 = y2 + yBy;
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = 0; i < n; i++) {
            sum0 += x[xo + i];
            y[yo + i] = sum0;
            sum1 += x[x1 + i];
            y[y1 + i] = sum1;
            sum2 += x[x2 + i];
            y[y2 + i] = sum2;
            sum3 += x[x3 + i];
            y[y3 + i] = sum3;
        }
    }

    /// One row.
    private static void cumprod(long[] x, int xo, int xs, long[] y, int yo, int ys, int n) {
        long product = 1;
        for (int i = 0; i < n; i++) {
            product *= x[xo + i * xs];
            y[yo + i * ys] = product;
        }
    }

    /// Four rows by turns, so that none waits for its own last product.
    private static void cumprodOfFour(long[] x, int xo, int xBy, long[] y, int yo, int yBy, int n) {
        int x1 = xo + xBy;
        int x2 = x1 + xBy;
        int x3 = x2 + xBy;
        int y1 = yo + yBy;
        int y2 = y1 + yBy;
        int y3 = y2 + yBy;
        long product0 = 1;
        long product1 = 1;
        long product2 = 1;
        long product3 = 1;
        for (int i = 0; i < n; i++) {
            product0 *= x[xo + i];
            y[yo + i] = product0;
            product1 *= x[x1 + i];
            y[y1 + i] = product1;
            product2 *= x[x2 + i];
            y[y2 + i] = product2;
            product3 *= x[x3 + i];
            y[y3 + i] = product3;
        }
    }
}
