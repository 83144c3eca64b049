package dev.lanegrad.kernels.f32;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loop of every unary operation: `y := f(x)`, with f under a mask at the end of the row.
public final class UnaryTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    private UnaryTemplate() {}

    public static void run(float[] x, int xo, int xs, float[] y, int yo, int n, float p, float q) {
        if (xs == 0) {
            FloatVector v = FloatVector.broadcast(S, x[xo]);
            Arrays.fill(y, yo, yo + n, UnaryFormulas.placeholder(v, p, q).lane(0));
            return;
        }
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            UnaryFormulas.placeholder(v, p, q).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m);
            UnaryFormulas.placeholder(v, p, q).intoArray(y, yo + i, m);
        }
    }
}
