package dev.lanegrad.kernels.i64;

/// The loops of every fold of integers, plain enough for the compiler to vectorize.
final class FoldTemplate {
    /// Lanes of an accumulator.
    static final int LANES = 1;

    /// Rows that one accumulator takes in sequence.
    static final int STEPS = 32;

    /// Elements of a leaf.
    static final int LEAF = 1 << 14;

    private FoldTemplate() {}

    static long identity() {
        return FoldFormulas.Placeholder.identity();
    }

    /// `y := fold of x`, n elements, at most [#LEAF].
    ///
    /// By four accumulators, of which none waits for the other.
    static void leaf(long[] x, int xo, int n, long[] y, int yo) {
        long a = FoldFormulas.Placeholder.identity();
        long b = a;
        long c = a;
        long d = a;
        int i = 0;
        for (; i < n - 3; i += 4) {
            a = FoldFormulas.Placeholder.step(a, x[xo + i]);
            b = FoldFormulas.Placeholder.step(b, x[xo + i + 1]);
            c = FoldFormulas.Placeholder.step(c, x[xo + i + 2]);
            d = FoldFormulas.Placeholder.step(d, x[xo + i + 3]);
        }
        for (; i < n; i++) {
            a = FoldFormulas.Placeholder.step(a, x[xo + i]);
        }
        a = FoldFormulas.Placeholder.join(a, b);
        c = FoldFormulas.Placeholder.join(c, d);
        y[yo] = FoldFormulas.Placeholder.join(a, c);
    }

    /// `y[i·ys] := fold of x[i·xs ... i·xs + n)` for i in 0 to `rows`; n is at most [#LEAF].
    static void rows(long[] x, int xo, int xs, int rows, int n, long[] y, int yo, int ys) {
        for (int i = 0; i < rows; i++) {
            leaf(x, xo + i * xs, n, y, yo + i * ys);
        }
    }

    /// The accumulator at `t[to]`.
    static long lanes(long[] t, int to) {
        return t[to];
    }

    /// `y[c] := fold of x[at[r] + c] over r in 0 to rows`, for c in 0 to n.
    static void columns(long[] x, int[] at, int rows, int n, long[] y, int yo) {
        java.util.Arrays.fill(y, yo, yo + n, FoldFormulas.Placeholder.identity());
        for (int r = 0; r < rows; r++) {
            int row = at[r];
            for (int c = 0; c < n; c++) {
                y[yo + c] = FoldFormulas.Placeholder.step(y[yo + c], x[row + c]);
            }
        }
    }

    /// `a := a ∘ b`, n accumulators.
    static void join(long[] a, int ao, long[] b, int bo, int n) {
        for (int i = 0; i < n; i++) {
            a[ao + i] = FoldFormulas.Placeholder.join(a[ao + i], b[bo + i]);
        }
    }
}
