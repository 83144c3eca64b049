package dev.lanegrad.bench;

import java.util.Arrays;
import java.util.Locale;

/// How many instructions a cycle this core finishes, which tells of a neighbour on its other
/// thread: the peak of multiply-adds does not, if the neighbour has none.
///
/// Cycles are counted by a chain of multiplications, each of which waits three for the one before,
/// on x86 and on most others. Instructions are additions and the like that do not wait for each
/// other.
///
/// @param median of samples of some 20 µs
/// @param best the 99th hundredth of them
record Neighbour(double median, double best) {
    private static final int SECONDS = 2;
    private static final int CHAIN = 4_000;
    private static final int STEPS = 20_000;

    static volatile long sink;

    /// Takes two seconds, of which the first is for the compiler.
    static Neighbour measure() {
        double[] samples = new double[1 << 20];
        int n = 0;
        long start = System.nanoTime();
        for (long now = start; now - start < SECONDS * 1_000_000_000L && n < samples.length; ) {
            long from = System.nanoTime();
            sink = chain(CHAIN, from | 3);
            long between = System.nanoTime();
            sink = independent(STEPS, between);
            now = System.nanoTime();
            double cycles = 3.0 * 8 * CHAIN / (between - from) * (now - between);
            if (now - start > 1_000_000_000L) {
                samples[n++] = 18.0 * STEPS / cycles;
            }
        }
        Arrays.sort(samples, 0, n);
        return new Neighbour(samples[n / 2], samples[(int) (0.99 * n)]);
    }

    private static long chain(int n, long start) {
        long x = start;
        for (int i = 0; i < n; i++) {
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
        }
        return x;
    }

    /// Eighteen instructions a step.
    private static long independent(int n, long start) {
        long a = start;
        long b = start ^ 1;
        long c = start ^ 2;
        long d = start ^ 3;
        long e = start ^ 4;
        long f = start ^ 5;
        long g = start ^ 6;
        long h = start ^ 7;
        for (int i = 0; i < n; i++) {
            a = (a ^ i) + 3;
            b = (b + i) ^ 5;
            c = (c ^ i) + 7;
            d = (d + i) ^ 9;
            e = (e ^ i) + 11;
            f = (f + i) ^ 13;
            g = (g ^ i) + 15;
            h = (h + i) ^ 17;
        }
        return a + b + c + d + e + f + g + h;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "instructions a cycle: %.1f mostly, %.1f at best (fewer mostly: a neighbour has the core's"
                        + " other thread)",
                median,
                best);
    }
}
