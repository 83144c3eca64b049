package dev.lanegrad.kernels.f32;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every unary operation: `y := f(x)`.
///
/// The formula stands in one place only, since the long ones are long; what does not fill a vector
/// passes through a short array.
public final class UnaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private UnaryTemplate() {}

    /// `rows` rows of n elements; from row to row an operand's position moves by the number that
    /// ends in `by`.
    public static void rows(
            float[] x,
            int xo,
            int xs,
            int xby,
            float[] y,
            int yo,
            int yby,
            int rows,
            int n,
            float p,
            float q) {
        for (int r = 0; r < rows; r++) {
            run(x, xo + r * xby, xs, y, yo + r * yby, n, p, q);
        }
    }

    public static void run(float[] x, int xo, int xs, float[] y, int yo, int n, float p, float q) {
        if (n == 0) {
            return;
        }
        if (xs == 0) {
            Arrays.fill(y, yo, yo + n, strip(x, xo, 1, p, q)[0]);
            return;
        }
        int whole = S.loopBound(n);
        row(x, xo, y, yo, whole, p, q);
        if (whole < n) {
            System.arraycopy(strip(x, xo + whole, n - whole, p, q), 0, y, yo + whole, n - whole);
        }
    }

    private static float[] strip(float[] x, int xo, int n, float p, float q) {
        float[] strip = new float[S.length()];
        System.arraycopy(x, xo, strip, 0, n);
        row(strip, 0, strip, 0, S.length(), p, q);
        return strip;
    }

    private static void row(float[] x, int xo, float[] y, int yo, int n, float p, float q) {
        for (int i = 0; i < n; i += S.length()) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            UnaryFormulas.placeholder(v, p, q).intoArray(y, yo + i);
        }
    }
}
