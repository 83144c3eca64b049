package dev.lanegrad.bench;

import dev.lanegrad.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What recording and backward cost when there is next to nothing to compute: the tutorial's Q =
/// 3a³ − b² on two elements, five operations.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:+UseParallelGC"})
public class TinyGraphBench {
    private final Tensor a = Tensor.of(2f, 3f).requiresGrad(true);
    private final Tensor b = Tensor.of(6f, 4f).requiresGrad(true);
    private final Tensor ones = Tensor.of(1f, 1f);

    /// Made by JMH.
    public TinyGraphBench() {}

    /// Says what is measured.
    @Setup
    public void setUp() {
        Facts.print();
    }

    /// The five operations, recorded.
    @Benchmark
    public Tensor forward() {
        return a.pow(3).mul(3).sub(b.pow(2));
    }

    /// The same, and backward into leaves without a gradient.
    @Benchmark
    public Tensor forwardAndBackward() {
        Tensor q = a.pow(3).mul(3).sub(b.pow(2));
        q.backward(ones);
        a.grad(null);
        b.grad(null);
        return q;
    }
}
