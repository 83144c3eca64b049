package dev.lanegrad.regress.planted;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Small loops of several kinds to compare with themselves; in [#chain] and [#allocating] a jar may
/// have a fault planted.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 30, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 2, timeUnit = TimeUnit.MILLISECONDS)
public class KernelsBench {
    @Param({"500", "2000", "8000"})
    public int size;

    private double[] x;
    private double[] y;
    private int[] bins;
    private int chained;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        chained = size + (int) Math.round(size * Plant.EXTRA);
        x = random.doubles(2L * size).toArray();
        y = random.doubles(2L * size).toArray();
        bins = new int[64];
        System.out.println("# fact width=" + Plant.WIDTH);
    }

    /// Each product waits for the one before it, so that time is in proportion to the loads.
    @Benchmark
    public double chain() {
        double s = 1;
        for (int i = 0; i < chained; i++) {
            s = s * 0.5 + x[i];
        }
        return s;
    }

    @Benchmark
    public double allocating(Blackhole hole) {
        double s = 0;
        for (int i = 0; i < size; i++) {
            s = Math.max(s, x[i]);
        }
        if (Plant.ALLOCATES) {
            hole.consume(new double[] {s});
        }
        return s;
    }

    @Benchmark
    public double[] axpy() {
        for (int i = 0; i < size; i++) {
            y[i] = 0.5 * y[i] + x[i];
        }
        return y;
    }

    @Benchmark
    public double dot() {
        double s = 0;
        for (int i = 0; i < size; i++) {
            s += x[i] * y[i];
        }
        return s;
    }

    @Benchmark
    public double roots() {
        double s = 0;
        for (int i = 0; i < size; i++) {
            s += Math.sqrt(x[i]);
        }
        return s;
    }

    @Benchmark
    public int[] histogram() {
        for (int i = 0; i < size; i++) {
            bins[(int) (x[i] * 64)]++;
        }
        return bins;
    }

    @Benchmark
    public int hash() {
        return Arrays.hashCode(x);
    }
}
