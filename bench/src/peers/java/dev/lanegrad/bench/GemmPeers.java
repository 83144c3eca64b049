package dev.lanegrad.bench;

import dev.lanegrad.kernels.any.Gemm;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
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

/// The products of [GemmBench] by other libraries, into preallocated native memory.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class GemmPeers {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;

    /// Rows, columns and depth, `MxNxK`.
    @Param("64x64x64")
    public String shape = "64x64x64";

    private int m;
    private int n;
    private int k;
    private FloatPointer a = new FloatPointer();
    private FloatPointer b = new FloatPointer();
    private FloatPointer c = new FloatPointer();

    /// Made by JMH.
    public GemmPeers() {}

    /// Makes the operands and holds the results against ours.
    @Setup
    public void setUp() {
        int[] size = GemmBench.size(shape);
        m = size[0];
        n = size[1];
        k = size[2];
        float[] x = Warm.values(m * k, 1);
        float[] w = Warm.values(k * n, 2);
        float[] y = new float[m * n];
        a = new FloatPointer(x);
        b = new FloatPointer(w);
        c = new FloatPointer(y);
        Gemm.gemm(m, n, k, x, 0, k, 1, w, 0, n, 1, y, 0, n, false);
        oneDnn();
        Agreement.check("oneDNN", y, values());
        openBlas();
        Agreement.check("OpenBLAS", y, values());
    }

    private float[] values() {
        float[] y = new float[m * n];
        c.get(y);
        return y;
    }

    private Object openBlas() {
        openblas_nolapack.cblas_sgemm(ROW_MAJOR, AS_IS, AS_IS, m, n, k, 1, a, k, b, n, 0, c, n);
        return c;
    }

    private Object oneDnn() {
        dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', m, n, k, 1, a, k, b, n, 0, c, n);
        return c;
    }

    /// `C := A·B` by OpenBLAS.
    @Benchmark
    public Object openBlas(Adjacent peak) {
        return openBlas();
    }

    /// `C := A·B` by oneDNN.
    @Benchmark
    public Object oneDnn(Adjacent peak) {
        return oneDnn();
    }
}
