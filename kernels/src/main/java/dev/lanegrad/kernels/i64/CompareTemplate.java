package dev.lanegrad.kernels.i64;

import dev.lanegrad.kernels.Simd;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of every comparison: `y := f(a, b)`, true or false, where either operand may be one
/// value.
public final class CompareTemplate {
    private CompareTemplate() {}

    /// `rows` rows of n elements; from row to row an operand's position moves by the number that
    /// ends in `by`.
    public static void rows(
            long[] a,
            int ao,
            int as,
            int aby,
            long[] b,
            int bo,
            int bs,
            int bby,
            boolean[] y,
            int yo,
            int yby,
            int rows,
            int n,
            long p,
            long q) {
        for (int r = 0; r < rows; r++) {
            run(a, ao + r * aby, as, b, bo + r * bby, bs, y, yo + r * yby, n, p, q);
        }
    }

    public static void run(
            long[] a,
            int ao,
            int as,
            long[] b,
            int bo,
            int bs,
            boolean[] y,
            int yo,
            int n,
            long p,
            long q) {
        int i = Simd.VECTOR && as == 1 ? Whole.run(a, ao, b, bo, bs, y, yo, n) : 0;
        for (; i < n; i++) {
            y[yo + i] = CompareFormulas.placeholder(a[ao + i * as], b[bo + i * bs], p, q);
        }
    }

    /// Apart, so that the class loads where the vector module is absent.
    private static final class Whole {
        private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

        /// As far as whole vectors go; returns how many elements that is.
        static int run(long[] a, int ao, long[] b, int bo, int bs, boolean[] y, int yo, int n) {
            int whole = S.loopBound(n);
            for (int i = 0; i < whole; i += S.length()) {
                LongVector va = LongVector.fromArray(S, a, ao + i);
                LongVector vb =
                        bs == 1
                                ? LongVector.fromArray(S, b, bo + i)
                                : LongVector.broadcast(S, b[bo]);
                CompareLanes.placeholder(va, vb).intoArray(y, yo + i);
            }
            return whole;
        }
    }
}
