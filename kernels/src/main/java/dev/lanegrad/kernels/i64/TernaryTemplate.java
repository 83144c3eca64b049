package dev.lanegrad.kernels.i64;

/// The loop of every ternary operation: `y := f(a, b, c)`, where any operand may be one value.
public final class TernaryTemplate {
    private TernaryTemplate() {}

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
