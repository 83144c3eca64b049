package dev.lanegrad.kernels.i64;

import java.util.Arrays;

/// The loops of every binary operation: `y := f(a, b)`, where either operand may be one value.
public final class BinaryTemplate {
    private BinaryTemplate() {}

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
        long va = a[ao];
        long vb = b[bo];
        if (as == 1 && bs == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = BinaryFormulas.placeholder(a[ao + i], b[bo + i], p, q);
            }
        } else if (as == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = BinaryFormulas.placeholder(a[ao + i], vb, p, q);
            }
        } else if (bs == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = BinaryFormulas.placeholder(va, b[bo + i], p, q);
            }
        } else {
            Arrays.fill(y, yo, yo + n, BinaryFormulas.placeholder(va, vb, p, q));
        }
    }
}
