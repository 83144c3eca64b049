package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Elements that lie apart, side by side.
final class Lookup {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final VectorShuffle<Float> EVEN = VectorShuffle.iota(S, 0, 2, true);
    private static final VectorMask<Float> FIRST_HALF = S.indexInRange(0, (S.length() + 1) / 2);

    private Lookup() {}

    /// `y[i] := x[places[i]]`, n elements; places count from `xo` and are from 0.
    static void numbered(float[] x, int xo, int[] places, float[] y, int yo, int n) {
        int i = 0;
        if (Columns.GATHERS) {
            for (int end = S.loopBound(n); i < end; i += S.length()) {
                FloatVector.fromArray(S, x, xo, places, i).intoArray(y, yo + i);
            }
        }
        for (; i < n; i++) {
            y[yo + i] = x[xo + places[i]];
        }
    }

    /// `y[i] := x[2·i]`, n elements.
    static void everySecond(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        // the last vector reads one element more than it uses
        for (int end = S.loopBound(n - 1); i < end; i += S.length()) {
            int from = xo + 2 * i;
            FloatVector first = FloatVector.fromArray(S, x, from).rearrange(EVEN);
            FloatVector second = FloatVector.fromArray(S, x, from + S.length()).rearrange(EVEN);
            second.blend(first, FIRST_HALF).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = x[xo + 2 * i];
        }
    }
}
