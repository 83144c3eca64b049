package dev.lanegrad.kernels.f32;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of every binary operation: `y := f(a, b)`, where either operand may be one value.
public final class BinaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private BinaryTemplate() {}

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
        if (as == 1 && bs == 1) {
            rows(a, ao, b, bo, y, yo, n, p, q);
        } else if (as == 1) {
            rowAndValue(a, ao, b[bo], y, yo, n, p, q);
        } else if (bs == 1) {
            valueAndRow(a[ao], b, bo, y, yo, n, p, q);
        } else {
            FloatVector va = FloatVector.broadcast(S, a[ao]);
            FloatVector vb = FloatVector.broadcast(S, b[bo]);
            Arrays.fill(y, yo, yo + n, BinaryFormulas.placeholder(va, vb, p, q).lane(0));
        }
    }

    private static void rows(
            float[] a, int ao, float[] b, int bo, float[] y, int yo, int n, float p, float q) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector va = FloatVector.fromArray(S, a, ao + i, m);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i, m);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i, m);
        }
    }

    private static void rowAndValue(
            float[] a, int ao, float value, float[] y, int yo, int n, float p, float q) {
        FloatVector vb = FloatVector.broadcast(S, value);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector va = FloatVector.fromArray(S, a, ao + i, m);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i, m);
        }
    }

    private static void valueAndRow(
            float value, float[] b, int bo, float[] y, int yo, int n, float p, float q) {
        FloatVector va = FloatVector.broadcast(S, value);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i, m);
            BinaryFormulas.placeholder(va, vb, p, q).intoArray(y, yo + i, m);
        }
    }
}
