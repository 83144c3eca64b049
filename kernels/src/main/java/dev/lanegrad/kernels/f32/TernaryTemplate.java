package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every ternary operation: `y := f(a, b, c)`, where any operand may be one value.
///
/// What does not fill a vector passes through short arrays.
public final class TernaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private TernaryTemplate() {}

    /// `rows` rows of n elements; from row to row an operand's position moves by the number that
    /// ends in `by`.
    public static void rows(
            float[] a,
            int ao,
            int as,
            int aby,
            float[] b,
            int bo,
            int bs,
            int bby,
            float[] c,
            int co,
            int cs,
            int cby,
            float[] y,
            int yo,
            int yby,
            int rows,
            int n,
            float p,
            float q) {
        for (int r = 0; r < rows; r++) {
            run(
                    a,
                    ao + r * aby,
                    as,
                    b,
                    bo + r * bby,
                    bs,
                    c,
                    co + r * cby,
                    cs,
                    y,
                    yo + r * yby,
                    n,
                    p,
                    q);
        }
    }

    public static void run(
            float[] a,
            int ao,
            int as,
            float[] b,
            int bo,
            int bs,
            float[] c,
            int co,
            int cs,
            float[] y,
            int yo,
            int n,
            float p,
            float q) {
        int whole = S.loopBound(n);
        row(a, ao, as, b, bo, bs, c, co, cs, y, yo, whole, p, q);
        if (whole < n) {
            float[] first = strip(a, ao + whole * as, as, n - whole);
            float[] second = strip(b, bo + whole * bs, bs, n - whole);
            float[] third = strip(c, co + whole * cs, cs, n - whole);
            row(first, 0, 1, second, 0, 1, third, 0, 1, first, 0, S.length(), p, q);
            System.arraycopy(first, 0, y, yo + whole, n - whole);
        }
    }

    private static float[] strip(float[] x, int xo, int xs, int n) {
        float[] strip = new float[S.length()];
        for (int i = 0; i < n; i++) {
            strip[i] = x[xo + i * xs];
        }
        return strip;
    }

    private static void row(
            float[] a,
            int ao,
            int as,
            float[] b,
            int bo,
            int bs,
            float[] c,
            int co,
            int cs,
            float[] y,
            int yo,
            int n,
            float p,
            float q) {
        for (int i = 0; i < n; i += S.length()) {
            FloatVector va = load(a, ao, as, i);
            FloatVector vb = load(b, bo, bs, i);
            FloatVector vc = load(c, co, cs, i);
            TernaryFormulas.placeholder(va, vb, vc, p, q).intoArray(y, yo + i);
        }
    }

    private static FloatVector load(float[] x, int xo, int xs, int i) {
        return xs == 1 ? FloatVector.fromArray(S, x, xo + i) : FloatVector.broadcast(S, x[xo]);
    }
}
