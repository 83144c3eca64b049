package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Elements that lie apart, side by side.
final class Lookup {
    private static final VectorSpecies<Float> S = Lanes.S;

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
}
