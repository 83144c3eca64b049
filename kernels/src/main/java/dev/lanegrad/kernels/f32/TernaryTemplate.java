package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of every ternary operation: `y := f(a, b, c)`, where any operand may be one value.
public final class TernaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private TernaryTemplate() {}

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
        int i = 0;
        if (as == 1 && bs == 1 && cs == 1) {
            for (int end = S.loopBound(n); i < end; i += S.length()) {
                FloatVector va = FloatVector.fromArray(S, a, ao + i);
                FloatVector vb = FloatVector.fromArray(S, b, bo + i);
                FloatVector vc = FloatVector.fromArray(S, c, co + i);
                TernaryFormulas.placeholder(va, vb, vc, p, q).intoArray(y, yo + i);
            }
        }
        for (; i < n; i += S.length()) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector va = load(a, ao, as, i, m);
            FloatVector vb = load(b, bo, bs, i, m);
            FloatVector vc = load(c, co, cs, i, m);
            TernaryFormulas.placeholder(va, vb, vc, p, q).intoArray(y, yo + i, m);
        }
    }

    private static FloatVector load(float[] x, int xo, int xs, int i, VectorMask<Float> m) {
        return xs == 1 ? FloatVector.fromArray(S, x, xo + i, m) : FloatVector.broadcast(S, x[xo]);
    }
}
