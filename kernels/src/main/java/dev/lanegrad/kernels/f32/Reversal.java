package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Elements from the last to the first.
final class Reversal {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final VectorShuffle<Float> BACK =
            VectorShuffle.iota(S, S.length() - 1, -1, true);

    private Reversal() {}

    /// `y[i] := x[-i]`, n elements.
    static void reversed(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        int last = xo - S.length() + 1;
        for (int i = 0; i < whole; i += S.length()) {
            FloatVector.fromArray(S, x, last - i).rearrange(BACK).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = x[xo - i];
        }
    }
}
