package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every question to one operand: `y := f(x)`, true or false.
public final class PredicateTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private PredicateTemplate() {}

    public static void run(
            float[] x, int xo, int xs, boolean[] y, int yo, int n, float p, float q) {
        for (int i = 0; i < n; i += S.length()) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v =
                    xs == 1
                            ? FloatVector.fromArray(S, x, xo + i, m)
                            : FloatVector.broadcast(S, x[xo]);
            VectorMask<Float> holds = PredicateFormulas.placeholder(v, p, q);
            if (i + S.length() <= n) {
                holds.intoArray(y, yo + i);
            } else {
                for (int k = 0; i + k < n; k++) {
                    y[yo + i + k] = holds.laneIsSet(k);
                }
            }
        }
    }
}
