// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;
import java.util.Arrays;

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
            float[] x, int xo, int xs, float[] y, int yo, int ys, int n, int rows) {
        double[] sums = new double[rows];
        for (int i = 0; i < n; i++) {
            int from = xo + i * xs;
            int to = yo + i * ys;
            for (int r = 0; r < rows; r++) {
                sums[r] += x[from + r];
                y[to + r] = (float) sums[r];
            }
        }
    }

    /// Rows side by side.
    private static void cumprod(
            float[] x, int xo, int xs, float[] y, int yo, int ys, int n, int rows) {
        double[] products = new double[rows];
        Arrays.fill(products, 1);
        for (int i = 0; i < n; i++) {
            int from = xo + i * xs;
            int to = yo + i * ys;
            for (int r = 0; r < rows; r++) {
                products[r] *= x[from + r];
                y[to + r] = (float) products[r];
            }
        }
    }

    /// One row.
    private static void cumsum(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xo + i * xs];
            y[yo + i * ys] = (float) sum;
        }
    }

    /// Four rows by turns, so that none waits for its own last sum.
    private static void cumsumOfFour(
            float[] x, int xo, int xBy, float[] y, int yo, int yBy, int n) {
        int x1 = xo + xBy;
        int x2 = x1 + xBy;
        int x3 = x2 + xBy;
        int y1 = yo + yBy;
        int y2 = y1 + yBy;
        int y3 = y2 + yBy;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = 0; i < n; i++) {
            sum0 += x[xo + i];
            y[yo + i] = (float) sum0;
            sum1 += x[x1 + i];
            y[y1 + i] = (float) sum1;
            sum2 += x[x2 + i];
            y[y2 + i] = (float) sum2;
            sum3 += x[x3 + i];
            y[y3 + i] = (float) sum3;
        }
    }

    /// One row.
    private static void cumprod(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
        double product = 1;
        for (int i = 0; i < n; i++) {
            product *= x[xo + i * xs];
            y[yo + i * ys] = (float) product;
        }
    }

    /// Four rows by turns, so that none waits for its own last product.
    private static void cumprodOfFour(
            float[] x, int xo, int xBy, float[] y, int yo, int yBy, int n) {
        int x1 = xo + xBy;
        int x2 = x1 + xBy;
        int x3 = x2 + xBy;
        int y1 = yo + yBy;
        int y2 = y1 + yBy;
        int y3 = y2 + yBy;
        double product0 = 1;
        double product1 = 1;
        double product2 = 1;
        double product3 = 1;
        for (int i = 0; i < n; i++) {
            product0 *= x[xo + i];
            y[yo + i] = (float) product0;
            product1 *= x[x1 + i];
            y[y1 + i] = (float) product1;
            product2 *= x[x2 + i];
            y[y2 + i] = (float) product2;
            product3 *= x[x3 + i];
            y[y3 + i] = (float) product3;
        }
    }
}
