package dev.lanegrad.bench;

import dev.lanegrad.kernels.any.Unary;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Element-wise operations on a row that stays in the cache, alone in their process and in company.
///
/// An operation must not become slower because others are in use: loops that share code through an
/// interface become 20 times slower at the third.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class PointwiseBench {
    private static final int N = 4096;

    private static final List<Unary> COMPANY =
            List.of(
                    Unary.NEG,
                    Unary.RELU,
                    Unary.EXP,
                    Unary.LOG,
                    Unary.TANH,
                    Unary.SIGMOID,
                    Unary.GELU,
                    Unary.SQRT,
                    Unary.FLOOR,
                    Unary.SIN);

    /// The operation.
    @Param({
        "NEG",
        "RELU",
        "EXP",
        "LOG",
        "TANH",
        "SIGMOID",
        "GELU",
        "SILU",
        "SIN",
        "ERF",
        "POW_SCALAR"
    })
    public Unary op = Unary.NEG;

    /// Whether ten others have been compiled before.
    @Param({"false", "true"})
    public boolean company;

    private float[] x = {};
    private float[] y = {};

    /// Made by JMH.
    public PointwiseBench() {}

    /// Makes the operand and, if wanted, company.
    @Setup
    public void setUp() {
        Facts.print();
        x = Warm.values(N, 1);
        y = new float[N];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(company ? 4 : 0);
        while (System.nanoTime() < end) {
            COMPANY.forEach(this::run);
        }
    }

    /// `y := f(x)` on 4,096 elements.
    @Benchmark
    public float[] row() {
        run(op);
        return y;
    }

    private void run(Unary f) {
        f.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, N, 1.5, 0);
    }
}
