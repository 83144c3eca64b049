package dev.lanegrad.kernels.i64;

import dev.lanegrad.kernels.Simd;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// [UnaryTemplate] for the operations of [UnaryLanes].
public final class UnaryLanesTemplate {
    private UnaryLanesTemplate() {}

    /// `rows` rows of n elements; from row to row an operand's position moves by the number that
    /// ends in `by`.
    public static void rows(
            long[] x,
            int xo,
            int xs,
            int xby,
            long[] y,
            int yo,
            int yby,
            int rows,
            int n,
            long p,
            long q) {
        for (int r = 0; r < rows; r++) {
            run(x, xo + r * xby, xs, y, yo + r * yby, n, p, q);
        }
    }

    public static void run(long[] x, int xo, int xs, long[] y, int yo, int n, long p, long q) {
        int i = Simd.VECTOR && xs == 1 ? Whole.run(x, xo, y, yo, n) : 0;
        for (; i < n; i++) {
            y[yo + i] = UnaryFormulas.placeholder(x[xo + i * xs], p, q);
        }
    }

    /// Apart, so that the class loads where the vector module is absent.
    private static final class Whole {
        private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

        /// As far as whole vectors go; returns how many elements that is.
        static int run(long[] x, int xo, long[] y, int yo, int n) {
            int whole = S.loopBound(n);
            for (int i = 0; i < whole; i += S.length()) {
                LongVector v = LongVector.fromArray(S, x, xo + i);
                UnaryLanes.placeholder(v).intoArray(y, yo + i);
            }
            return whole;
        }
    }
}
