package dev.lanegrad.regress.planted;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// A benchmark that fails in jars that say so.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 1, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 10, timeUnit = TimeUnit.MILLISECONDS)
public class ThrowingBench {
    @Benchmark
    public double logarithm() {
        if (Plant.THROWS) {
            throw new IllegalStateException("planted");
        }
        return Math.log(System.nanoTime());
    }
}
