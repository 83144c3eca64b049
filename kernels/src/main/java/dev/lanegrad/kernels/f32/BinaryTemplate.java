package dev.lanegrad.kernels.f32;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of every binary operation: `y := f(a, b)`, where either operand may be one value.
///
/// What does not fill a vector passes through short arrays.
public final class BinaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private BinaryTemplate() {}

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
            float[] y,
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
            float[] y,
            int yo,
            int n,
            float p,
            float q) {
        if (n == 0) {
            return;
        }
        if (as == 0 && bs == 0) {
            Arrays.fill(y, yo, yo + n, strip(a, ao, 0, b, bo, 0, 1, p, q)[0]);
            return;
        }
        int whole = S.loopBound(n);
        if (as == 0) {
            valueAndRow(a, ao, b, bo, y, yo, whole, p, q);
        } else if (bs == 0) {
            rowAndValue(a, ao, b, bo, y, yo, whole, p, q);
        } else {
            rowAndRow(a, ao, b, bo, y, yo, whole, p, q);
        }
        if (whole < n) {
            float[] strip = strip(a, ao + whole * as, as, b, bo + whole * bs, bs, n - whole, p, q);
            System.arraycopy(strip, 0, y, yo + whole, n - whole);
        }
    }

    private static float[] strip(
            float[] a, int ao, int as, float[] b, int bo, int bs, int n, float p, float q) {
        float[] first = new float[S.length()];
        float[] second = new float[S.length()];
        for (int i = 0; i < n; i++) {
            first[i] = a[ao + i * as];
            second[i] = b[bo + i * bs];
        }
        rowAndRow(first, 0, second, 0, first, 0, S.length(), p, q);
        return first;
    }

    private static void rowAndRow(
            float[] a, int ao, float[] b, int bo, float[] y, int yo, int n, float p, float q) {
        for (int i = 0; i < n; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }

    private static void rowAndValue(
            float[] a, int ao, float[] b, int bo, float[] y, int yo, int n, float p, float q) {
        FloatVector vb = FloatVector.broadcast(S, b[bo]);
        for (int i = 0; i < n; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }

    private static void valueAndRow(
            float[] a, int ao, float[] b, int bo, float[] y, int yo, int n, float p, float q) {
        FloatVector va = FloatVector.broadcast(S, a[ao]);
        for (int i = 0; i < n; i += S.length()) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
    }
}
