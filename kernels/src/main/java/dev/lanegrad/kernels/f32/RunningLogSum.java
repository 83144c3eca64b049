package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;

/// Running sums of exponentials along one axis, by their logarithms.
public final class RunningLogSum {
    private RunningLogSum() {}

    /// `y[i] := log(e^x[0] + ... + e^x[i])` along `axis`, in double precision from the start on, by
    /// functions that have the same bits on every machine.
    public static void logcumsumexp(
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
                    double sum = Double.NEGATIVE_INFINITY;
                    for (int i = 0; i < n; i++) {
                        sum = logaddexp(sum, x[xo + xr + i * xs]);
                        y[yo + yr + i * ys] = (float) sum;
                    }
                });
    }

    /// Two equal infinities are their own sum: their difference has no value.
    private static double logaddexp(double a, double b) {
        double least = Math.min(a, b);
        double most = Math.max(a, b);
        return least == most && Double.isInfinite(least)
                ? least
                : most + StrictMath.log1p(StrictMath.exp(least - most));
    }
}
