package dev.lanegrad.bench;

import dev.lanegrad.kernels.any.Gemm;
import java.util.Arrays;
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

/// Matrix products into preallocated outputs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class GemmBench {
    /// Rows, columns and depth, `MxNxK`.
    @Param({
        "32x32x32",
        "64x64x64",
        "128x128x128",
        "207x207x207",
        "256x256x256",
        "512x512x512",
        "1024x1024x1024",
        "2048x2048x2048",
        "64x3136x147",
        "512x49x4608",
        "1000x1x512",
        "1x4096x4096"
    })
    public String shape = "";

    /// The elements' type.
    @Param("float")
    public String type = "float";

    private int m;
    private int n;
    private int k;
    private Object a = new float[0];
    private Object b = a;
    private Object c = a;

    /// Made by JMH.
    public GemmBench() {}

    /// Makes the operands and warms other shapes.
    @Setup
    public void setUp() {
        int[] size = size(shape);
        m = size[0];
        n = size[1];
        k = size[2];
        a = operand(Warm.values(m * k, 1));
        b = operand(Warm.values(k * n, 2));
        c = operand(new float[m * n]);
        Warm.up();
    }

    private Object operand(float[] values) {
        if (type.equals("float")) {
            return values;
        }
        double[] x = new double[values.length];
        Arrays.setAll(x, i -> values[i]);
        return x;
    }

    /// Rows, columns and depth of `MxNxK`.
    static int[] size(String shape) {
        String[] parts = shape.split("x", -1);
        return new int[] {
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])
        };
    }

    /// `C := A·B`.
    @Benchmark
    public Object ab(Adjacent peak) {
        Gemm.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
        return c;
    }

    /// `C := A·Bᵀ`.
    @Benchmark
    public Object abt(Adjacent peak) {
        Gemm.gemm(m, n, k, a, 0, k, 1, b, 0, 1, k, c, 0, n, false);
        return c;
    }

    /// `C := Aᵀ·B`.
    @Benchmark
    public Object atb(Adjacent peak) {
        Gemm.gemm(m, n, k, a, 0, 1, m, b, 0, n, 1, c, 0, n, false);
        return c;
    }
}
