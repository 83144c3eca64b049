package dev.lanegrad.bench.networks;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/// Several callers at once of one network, each with a thread of its own.
final class Callers implements Workload {
    /// Calls of each caller between two meetings.
    private static final int CALLS = 8;

    private final CyclicBarrier start = new CyclicBarrier(NetworkRow.CALLERS + 1);
    private final CyclicBarrier end = new CyclicBarrier(NetworkRow.CALLERS + 1);
    private volatile float[] last = {};

    private Callers() {}

    static Callers of(Workload caller) {
        Callers callers = new Callers();
        for (int i = 0; i < NetworkRow.CALLERS; i++) {
            Thread.ofPlatform().daemon().start(() -> callers.serve(caller));
        }
        return callers;
    }

    private void serve(Workload caller) {
        while (true) {
            await(start);
            for (int i = 0; i < CALLS; i++) {
                last = caller.step();
            }
            await(end);
        }
    }

    @Override
    public float[] step() {
        await(start);
        await(end);
        return last;
    }

    @Override
    public int steps() {
        return NetworkRow.CALLERS * CALLS;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("a caller failed", e);
        }
    }
}
