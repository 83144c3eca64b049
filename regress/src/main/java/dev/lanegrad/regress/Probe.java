package dev.lanegrad.regress;

/// How fast this machine's clock is just now: multiply-adds of which each waits for the one before
/// it. That takes the same cycles always, whatever a neighbour on the same core does meanwhile.
final class Probe {
    private static final int STEPS = 10_000;
    private static final int RUNS = 20;
    private static final double SMALL = 1e-9;

    static volatile double sink;

    private Probe() {}

    /// GFLOP/s, two operations for each multiply-add: the best of some runs, about 0.3 ms in all.
    static double gflops() {
        double best = 0;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            sink = chain();
            best = Math.max(best, 2.0 * STEPS / (System.nanoTime() - start));
        }
        return best;
    }

    private static double chain() {
        double x = 1;
        for (int i = 0; i < STEPS; i++) {
            x = Math.fma(x, SMALL, SMALL);
        }
        return x;
    }
}
