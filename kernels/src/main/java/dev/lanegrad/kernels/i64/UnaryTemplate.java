package dev.lanegrad.kernels.i64;

import java.util.Arrays;

/// The loop of every unary operation: `y := f(x)`.
public final class UnaryTemplate {
    private UnaryTemplate() {}

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
