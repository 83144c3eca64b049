package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every comparison: `y := f(a, b)`, true or false, where either operand may be one
/// value.
///
/// What does not fill a vector passes through short arrays.
public final class CompareTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private CompareTemplate() {}

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
            boolean[] y,
            int yo,
            int yby,
            int rows,
            int n,
            float p,
            float q) {
        for (int r = 0; r < rows; r++) {
            run(a, ao + r * aby, as, b, bo + r * bby, bs, y, yo + r * yby, n, p, q);
        }
    }

    public static void run(
            float[] a,
            int ao,
            int as,
            float[] b,
            int bo,
            int bs,
            boolean[] y,
            int yo,
            int n,
            float p,
            float q) {
        int whole = S.loopBound(n);
        if (as == 1 && bs == 1) {
            rowAndRow(a, ao, b, bo, y, yo, whole, p, q);
        } else if (as == 1) {
            rowAndValue(a, ao, b, bo, y, yo, whole, p, q);
        } else {
            valueAndAny(a, ao, b, bo, bs, y, yo, whole, p, q);
        }
        if (whole < n) {
            boolean[] strip =
                    strip(a, ao + whole * as, as, b, bo + whole * bs, bs, n - whole, p, q);
            System.arraycopy(strip, 0, y, yo + whole, n - whole);
        }
    }

    private static boolean[] strip(
            float[] a, int ao, int as, float[] b, int bo, int bs, int n, float p, float q) {
        float[] first = new float[S.length()];
        float[] second = new float[S.length()];
        boolean[] holds = new boolean[S.length()];
        for (int i = 0; i < n; i++) {
            first[i] = a[ao + i * as];
            second[i] = b[bo + i * bs];
        }
        rowAndRow(first, 0, second, 0, holds, 0, S.length(), p, q);
        return holds;
    }

    private static void rowAndRow(
            float[] a, int ao, float[] b, int bo, boolean[] y, int yo, int n, float p, float q) {
        for (int i = 0; i < n; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            CompareFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }

    private static void rowAndValue(
            float[] a, int ao, float[] b, int bo, boolean[] y, int yo, int n, float p, float q) {
        if (n == 0) {
            return;
        }
        FloatVector vb = FloatVector.broadcast(S, b[bo]);
        for (int i = 0; i < n; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            CompareFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }

    private static void valueAndAny(
            float[] a,
            int ao,
            float[] b,
            int bo,
            int bs,
            boolean[] y,
            int yo,
            int n,
            float p,
            float q) {
        if (n == 0) {
            return;
        }
        FloatVector va = FloatVector.broadcast(S, a[ao]);
        for (int i = 0; i < n; i += S.length()) {
            FloatVector vb =
                    bs == 1 ? FloatVector.fromArray(S, b, bo + i) : FloatVector.broadcast(S, b[bo]);
            CompareFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }
}
