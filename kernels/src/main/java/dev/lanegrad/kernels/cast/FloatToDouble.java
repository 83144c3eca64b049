package dev.lanegrad.kernels.cast;

import java.util.Arrays;

/// Conversion between two element types, as Java converts: fractions are cut off, NaN becomes 0; a
/// boolean is 1 or 0, and true what is not 0.
public final class FloatToDouble {
    private FloatToDouble() {}

    /// `y := x`, n elements; an input of step 0 is one value.
    public static void run(float[] x, int xo, int xs, double[] y, int yo, int n) {
        if (xs == 0) {
            Arrays.fill(y, yo, yo + n, convert(x[xo]));
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = convert(x[xo + i]);
        }
    }

    private static double convert(float x) {
        return (double) x;
    }
}
