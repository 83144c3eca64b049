package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;
import dev.lanegrad.kernels.Scratch;

/// Running sums of exponentials along one axis, by their logarithms.
///
/// In double precision, from the start on: by strips, whose exponentials and logarithms are taken
/// by vectors. A strip's largest value is taken out of its exponentials, so that none is infinite;
/// where one would be 0, the strip goes element by element, by functions that have the same bits on
/// every machine.
public final class RunningLogSum {
    /// Elements of a strip.
    private static final int STRIP = 512;

    /// How far values of a strip may be apart: the smallest's exponential still has all of its
    /// digits.
    private static final double SPREAD = 600;

    private RunningLogSum() {}

    /// `y[i] := log(e^x[0] + ... + e^x[i])` along `axis`.
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
        AxisRows.forEachStack(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, xBy, yr, yBy, rows) -> {
                    double[] strip = Scratch.doubles(STRIP);
                    for (int r = 0; r < rows; r++) {
                        row(x, xo + xr + r * xBy, xs, y, yo + yr + r * yBy, ys, n, strip);
                    }
                    Scratch.release(strip);
                });
    }

    private static void row(
            float[] x, int xo, int xs, float[] y, int yo, int ys, int n, double[] strip) {
        double sum = Double.NEGATIVE_INFINITY;
        for (int done = 0; done < n; done += STRIP) {
            int m = Math.min(STRIP, n - done);
            int from = xo + done * xs;
            int to = yo + done * ys;
            double least = Double.POSITIVE_INFINITY;
            double most = sum;
            for (int i = 0; i < m; i++) {
                double v = x[from + i * xs];
                strip[i] = v;
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
            // false where one is NaN, or any is infinite
            if (most - least <= SPREAD && most < Double.POSITIVE_INFINITY) {
                sum = vectors(strip, m, most, sum);
            } else {
                for (int i = 0; i < m; i++) {
                    sum = logaddexp(sum, strip[i]);
                    strip[i] = sum;
                }
            }
            for (int i = 0; i < m; i++) {
                y[to + i * ys] = (float) strip[i];
            }
        }
    }

    /// Replaces n values, none larger than `most`, by the logarithms of their running sums after
    /// `before`; returns the last.
    private static double vectors(double[] strip, int n, double most, double before) {
        for (int i = 0; i < n; i++) {
            strip[i] -= most;
        }
        dev.lanegrad.kernels.f64.UnaryExp.run(strip, 0, 1, strip, 0, n, 0, 0);
        double total = StrictMath.exp(before - most);
        for (int i = 0; i < n; i++) {
            total += strip[i];
            strip[i] = total;
        }
        dev.lanegrad.kernels.f64.UnaryLog.run(strip, 0, 1, strip, 0, n, 0, 0);
        for (int i = 0; i < n; i++) {
            strip[i] += most;
        }
        return strip[n - 1];
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
