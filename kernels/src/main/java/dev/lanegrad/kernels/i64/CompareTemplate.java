package dev.lanegrad.kernels.i64;

/// The loop of every comparison: `y := f(a, b)`, true or false, where either operand may be one
/// value.
public final class CompareTemplate {
    private CompareTemplate() {}

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
        for (int i = 0; i < n; i++) {
            y[yo + i] = CompareFormulas.placeholder(a[ao + i * as], b[bo + i * bs], p, q);
        }
    }
}
