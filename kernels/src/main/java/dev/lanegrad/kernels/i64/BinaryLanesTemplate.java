package dev.lanegrad.kernels.i64;

import dev.lanegrad.kernels.Simd;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// [BinaryTemplate] for the operations of [BinaryLanes].
public final class BinaryLanesTemplate {
    private BinaryLanesTemplate() {}

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
            long[] y,
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
            long[] y,
            int yo,
            int n,
            long p,
            long q) {
        if (n == 0) {
            return;
        }
        int i = 0;
        if (Simd.VECTOR && as == 1) {
            i =
                    bs == 1
                            ? Whole.rows(a, ao, b, bo, y, yo, n, p)
                            : Whole.rowAndValue(a, ao, b, bo, y, yo, n, p);
        } else if (Simd.VECTOR && bs == 1) {
            i = Whole.valueAndRow(a, ao, b, bo, y, yo, n, p);
        }
        for (; i < n; i++) {
            y[yo + i] = BinaryFormulas.placeholder(a[ao + i * as], b[bo + i * bs], p, q);
        }
    }

    /// Apart, so that the class loads where the vector module is absent. As far as whole vectors
    /// go; each returns how many elements that is.
    private static final class Whole {
        private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

        static int rows(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n, long p) {
            int whole = S.loopBound(n);
            for (int i = 0; i < whole; i += S.length()) {
                LongVector va = LongVector.fromArray(S, a, ao + i);
                LongVector vb = LongVector.fromArray(S, b, bo + i);
                BinaryLanes.placeholder(va, vb, p).intoArray(y, yo + i);
            }
            return whole;
        }

        static int rowAndValue(
                long[] a, int ao, long[] b, int bo, long[] y, int yo, int n, long p) {
            LongVector vb = LongVector.broadcast(S, b[bo]);
            int whole = S.loopBound(n);
            for (int i = 0; i < whole; i += S.length()) {
                LongVector va = LongVector.fromArray(S, a, ao + i);
                BinaryLanes.placeholder(va, vb, p).intoArray(y, yo + i);
            }
            return whole;
        }

        static int valueAndRow(
                long[] a, int ao, long[] b, int bo, long[] y, int yo, int n, long p) {
            LongVector va = LongVector.broadcast(S, a[ao]);
            int whole = S.loopBound(n);
            for (int i = 0; i < whole; i += S.length()) {
                LongVector vb = LongVector.fromArray(S, b, bo + i);
                BinaryLanes.placeholder(va, vb, p).intoArray(y, yo + i);
            }
            return whole;
        }
    }
}
