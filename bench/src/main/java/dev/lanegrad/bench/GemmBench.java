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
    /// Rows, columns and depth, `MxNxK`, of so many products at once: `8*MxNxK`.
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

    private Size s = Size.of("1x1x1");
    private Object a = new float[0];
    private Object b = a;
    private Object c = a;

    /// Made by JMH.
    public GemmBench() {}

    /// Makes the operands and warms other shapes.
    @Setup
    public void setUp() {
        s = Size.of(shape);
        a = operand(Warm.values(s.a(), 1), type);
        b = operand(Warm.values(s.b(), 2), type);
        c = operand(new float[s.c()], type);
        Warm.up();
    }

    /// The values in an array of a type.
    static Object operand(float[] values, String type) {
        if (type.equals("float")) {
            return values;
        }
        double[] x = new double[values.length];
        Arrays.setAll(x, i -> values[i]);
        return x;
    }

    /// Sizes of a product, or of several.
    record Size(int batch, int m, int n, int k) {
        /// Of `MxNxK` or `8*MxNxK`.
        static Size of(String shape) {
            int star = shape.indexOf('*');
            String[] parts = shape.substring(star + 1).split("x", -1);
            return new Size(
                    star < 0 ? 1 : Integer.parseInt(shape.substring(0, star)),
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]));
        }

        /// Elements of all A.
        int a() {
            return batch * m * k;
        }

        /// Elements of all B.
        int b() {
            return batch * k * n;
        }

        /// Elements of all C.
        int c() {
            return batch * m * n;
        }

        /// Whether the product is bound by reading a matrix once.
        boolean isVector() {
            return m == 1 || n == 1;
        }

        double flop() {
            return 2.0 * batch * m * n * k;
        }
    }

    /// `C := A·B`, each of A and B as it lies or transposed.
    static void multiply(Size s, Object a, boolean at, Object b, boolean bt, Object c) {
        int m = s.m();
        int n = s.n();
        int k = s.k();
        int ars = at ? 1 : k;
        int acs = at ? m : 1;
        int brs = bt ? 1 : n;
        int bcs = bt ? k : 1;
        if (s.batch() == 1) {
            Gemm.gemm(m, n, k, a, 0, ars, acs, b, 0, brs, bcs, c, 0, n, false);
        } else {
            int as = m * k;
            int bs = k * n;
            Gemm.gemmBatched(
                    s.batch(), m, n, k, a, 0, as, ars, acs, b, 0, bs, brs, bcs, c, 0, m * n, n,
                    false);
        }
    }

    /// `C := A·B`.
    @Benchmark
    public Object ab(Adjacent peak) {
        multiply(s, a, false, b, false, c);
        return c;
    }

    /// `C := A·Bᵀ`.
    @Benchmark
    public Object abt(Adjacent peak) {
        multiply(s, a, false, b, true, c);
        return c;
    }

    /// `C := Aᵀ·B`.
    @Benchmark
    public Object atb(Adjacent peak) {
        multiply(s, a, true, b, false, c);
        return c;
    }

    /// `C := A·B` into a new array of floats.
    @Benchmark
    public Object allocated(Adjacent peak) {
        float[] y = new float[s.c()];
        multiply(s, a, false, b, false, y);
        return y;
    }
}
