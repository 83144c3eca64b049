package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every comparison: `y := f(a, b)`, true or false, where either operand may be one
/// value.
public final class CompareTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private CompareTemplate() {}

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
        for (int i = 0; i < n; i += S.length()) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector va = load(a, ao, as, i, m);
            FloatVector vb = load(b, bo, bs, i, m);
            VectorMask<Float> holds = CompareFormulas.placeholder(va, vb, p, q);
            if (i + S.length() <= n) {
                holds.intoArray(y, yo + i);
            } else {
                for (int k = 0; i + k < n; k++) {
                    y[yo + i + k] = holds.laneIsSet(k);
                }
            }
        }
    }

    private static FloatVector load(float[] x, int xo, int xs, int i, VectorMask<Float> m) {
        return xs == 1 ? FloatVector.fromArray(S, x, xo + i, m) : FloatVector.broadcast(S, x[xo]);
    }
}
