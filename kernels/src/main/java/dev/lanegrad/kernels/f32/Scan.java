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
                    double product = 1;
                    for (int i = 0; i < n; i++) {
                        product *= x[xo + xr + i * xs];
                        y[yo + yr + i * ys] = (float) product;
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
}
