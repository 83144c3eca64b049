package dev.lanegrad.bench;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Simd;
import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The peak of multiply-adds just before and just after each iteration of a benchmark, reported
/// with it.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Adjacent {
    private double before;
    private double after;

    /// Made by JMH.
    public Adjacent() {}

    /// Refuses to measure the one-lane path by mistake; one thread unless asked otherwise.
    @Setup(Level.Trial)
    public void requireVectors() {
        if (!Simd.VECTOR) {
            throw new IllegalStateException(
                    "the one-lane path is in use: start with --add-modules jdk.incubator.vector");
        }
        Facts.print();
        Parallel.setNumThreads(Integer.getInteger("lanegrad.threads", 1));
        for (int i = 0; i < 100; i++) {
            before = Peak.gflops();
        }
    }

    /// What all threads reach at the same time.
    private static double peak() {
        double[] each = new double[Parallel.numThreads()];
        Parallel.run(each.length, 1, (from, to) -> each[from] = Peak.gflops());
        return Arrays.stream(each).sum();
    }

    /// Measures the peak before an iteration.
    @Setup(Level.Iteration)
    public void measureBefore() {
        before = peak();
    }

    /// Measures the peak after an iteration.
    @TearDown(Level.Iteration)
    public void measureAfter() {
        after = peak();
    }

    /// The mean of both, in GFLOP/s.
    public double peakGflops() {
        return (before + after) / 2;
    }
}
