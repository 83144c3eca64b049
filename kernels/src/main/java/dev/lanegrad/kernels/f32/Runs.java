package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies of rows whose elements lie side by side.
final class Runs {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// Rows of at most so many elements are copied by vectors: the virtual machine's own copy costs
    /// more to call.
    private static final int FEW = 8 * S.length();

    private Runs() {}

    /// `rows` rows of n elements; from row to row a position moves by the number that ends in `by`.
    static void copy(float[] x, int xo, int xby, float[] y, int yo, int yby, int rows, int n) {
        if (n > FEW) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(x, xo + r * xby, y, yo + r * yby, n);
            }
            return;
        }
        int whole = S.loopBound(n);
        for (int r = 0; r < rows; r++) {
            int from = xo + r * xby;
            int to = yo + r * yby;
            for (int i = 0; i < whole; i += S.length()) {
                FloatVector.fromArray(S, x, from + i).intoArray(y, to + i);
            }
            for (int i = whole; i < n; i++) {
                y[to + i] = x[from + i];
            }
        }
    }
}
