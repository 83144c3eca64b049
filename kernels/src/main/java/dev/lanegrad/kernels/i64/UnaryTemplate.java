package dev.lanegrad.kernels.i64;

import java.util.Arrays;

/// The loop of every unary operation: `y := f(x)`.
public final class UnaryTemplate {
    private UnaryTemplate() {}

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
        if (xs == 0) {
            Arrays.fill(y, yo, yo + n, UnaryFormulas.placeholder(x[xo], p, q));
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = UnaryFormulas.placeholder(x[xo + i], p, q);
        }
    }
}
