package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Columns as rows, by vectors that gather the elements of a column.
final class Columns {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// Narrower machines have no instruction to gather with.
    static final boolean GATHERS = S.vectorBitSize() >= 256;

    private Columns() {}

    /// Where the elements of a vector lie in a column, for rows `xs` apart.
    static int[] places(int xs) {
        int[] places = new int[S.length()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i * xs;
        }
        return places;
    }

    /// `y[j·ys + i] := x[places[i] + j]` for j in 0 to `columns` and as many i in 0 to `rows` as
    /// whole vectors hold; returns how many that is.
    static int transposed(
            float[] x, int xo, int[] places, int rows, int columns, float[] y, int yo, int ys) {
        if (!GATHERS || rows < S.length()) {
            return 0;
        }
        int step = places[1];
        int i = 0;
        for (; i <= rows - S.length(); i += S.length()) {
            int from = xo + i * step;
            int to = yo + i;
            for (int j = 0; j < columns; j++) {
                FloatVector.fromArray(S, x, from + j, places, 0).intoArray(y, to + j * ys);
            }
        }
        return i;
    }
}
