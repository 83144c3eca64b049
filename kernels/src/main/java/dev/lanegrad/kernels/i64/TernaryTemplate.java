package dev.lanegrad.kernels.i64;

/// The loop of every ternary operation: `y := f(a, b, c)`, where any operand may be one value.
public final class TernaryTemplate {
    private TernaryTemplate() {}

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
            long[] c,
            int co,
            int cs,
            int cby,
            long[] y,
            int yo,
            int yby,
            int rows,
            int n,
            long p,
            long q) {
        for (int r = 0; r < rows; r++) {
            run(
                    a,
                    ao + r * aby,
                    as,
                    b,
                    bo + r * bby,
                    bs,
                    c,
                    co + r * cby,
                    cs,
                    y,
                    yo + r * yby,
                    n,
                    p,
                    q);
        }
    }

    public static void run(
            long[] a,
            int ao,
            int as,
            long[] b,
            int bo,
            int bs,
            long[] c,
            int co,
            int cs,
            long[] y,
            int yo,
            int n,
            long p,
            long q) {
        for (int i = 0; i < n; i++) {
            y[yo + i] =
                    TernaryFormulas.placeholder(
                            a[ao + i * as], b[bo + i * bs], c[co + i * cs], p, q);
        }
    }
}
