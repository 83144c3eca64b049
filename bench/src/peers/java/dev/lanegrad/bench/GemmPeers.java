package dev.lanegrad.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/// The products of [GemmBench] by other libraries, into preallocated outputs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class GemmPeers {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    /// As [GemmBench#shape].
    @Param("64x64x64")
    public String shape = "64x64x64";

    /// The benchmark of [GemmBench].
    @Param("ab")
    public String form = "ab";

    /// As [GemmBench#type].
    @Param("float")
    public String type = "float";

    private Product product = () -> {};

    /// Computes C.
    private interface Product {
        void run();
    }

    /// What is to be computed, and where ours is.
    private record Work(GemmBench.Size s, boolean at, boolean bt, Object a, Object b, Object c) {
        boolean isFloat() {
            return a instanceof float[];
        }

        /// Distance of A's rows in memory.
        int lda() {
            return at ? s.m() : s.k();
        }

        int ldb() {
            return bt ? s.k() : s.n();
        }
    }

    /// Made by JMH.
    public GemmPeers() {}

    /// Makes the operands and holds the results against ours.
    @Setup
    public void setUp(BenchmarkParams params) {
        GemmBench.Size s = GemmBench.Size.of(shape);
        Object a = GemmBench.operand(Warm.values(s.a(), 1), type);
        Object b = GemmBench.operand(Warm.values(s.b(), 2), type);
        Object c = GemmBench.operand(new float[s.c()], type);
        Work work = new Work(s, form.equals("atb"), form.equals("abt"), a, b, c);
        GemmBench.multiply(s, a, work.at(), b, work.bt(), c);
        String library = params.getBenchmark().replaceAll(".*\\.", "");
        switch (library) {
            case "oneDnn" -> oneDnn(work);
            case "openBlas" -> openBlas(work);
            case "netlib" -> netlib(work);
            case "libtorch" -> libtorch(work);
            default -> throw new IllegalStateException(library);
        }
    }

    private void agree(String library, Object ours, Object theirs) {
        Agreement.check(library, floats(ours), floats(theirs));
    }

    private static float[] floats(Object values) {
        if (values instanceof float[] x) {
            return x;
        }
        double[] x = (double[]) values;
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }

    private void oneDnn(Work w) {
        GemmBench.Size s = w.s();
        FloatPointer a = new FloatPointer((float[]) w.a());
        FloatPointer b = new FloatPointer((float[]) w.b());
        FloatPointer c = new FloatPointer(s.c());
        byte ta = (byte) (w.at() ? 'T' : 'N');
        byte tb = (byte) (w.bt() ? 'T' : 'N');
        product =
                () ->
                        dnnl.dnnl_sgemm(
                                ta, tb, s.m(), s.n(), s.k(), 1, a, w.lda(), b, w.ldb(), 0, c,
                                s.n());
        product.run();
        float[] y = new float[s.c()];
        c.get(y);
        agree("oneDNN", w.c(), y);
    }

    private void openBlas(Work w) {
        GemmBench.Size s = w.s();
        openblas_nolapack.blas_set_num_threads(Integer.getInteger("lanegrad.threads", 1));
        int ta = w.at() ? TRANSPOSED : AS_IS;
        int tb = w.bt() ? TRANSPOSED : AS_IS;
        if (w.isFloat()) {
            FloatPointer a = new FloatPointer((float[]) w.a());
            FloatPointer b = new FloatPointer((float[]) w.b());
            FloatPointer c = new FloatPointer(s.c());
            product =
                    () ->
                            openblas_nolapack.cblas_sgemm(
                                    ROW_MAJOR, ta, tb, s.m(), s.n(), s.k(), 1, a, w.lda(), b,
                                    w.ldb(), 0, c, s.n());
            product.run();
            float[] y = new float[s.c()];
            c.get(y);
            agree("OpenBLAS", w.c(), y);
        } else {
            DoublePointer a = new DoublePointer((double[]) w.a());
            DoublePointer b = new DoublePointer((double[]) w.b());
            DoublePointer c = new DoublePointer(s.c());
            product =
                    () ->
                            openblas_nolapack.cblas_dgemm(
                                    ROW_MAJOR, ta, tb, s.m(), s.n(), s.k(), 1, a, w.lda(), b,
                                    w.ldb(), 0, c, s.n());
            product.run();
            double[] y = new double[s.c()];
            c.get(y);
            agree("OpenBLAS", w.c(), y);
        }
    }

    /// In columns, as Fortran has it: `Cᵀ := Bᵀ·Aᵀ`.
    private void netlib(Work w) {
        GemmBench.Size s = w.s();
        BLAS blas = JavaBLAS.getInstance();
        String ta = w.at() ? "T" : "N";
        String tb = w.bt() ? "T" : "N";
        if (w.isFloat()) {
            float[] a = (float[]) w.a();
            float[] b = (float[]) w.b();
            float[] c = new float[s.c()];
            product =
                    () ->
                            blas.sgemm(
                                    tb, ta, s.n(), s.m(), s.k(), 1, b, w.ldb(), a, w.lda(), 0, c,
                                    s.n());
            product.run();
            agree("netlib", w.c(), c);
        } else {
            double[] a = (double[]) w.a();
            double[] b = (double[]) w.b();
            double[] c = new double[s.c()];
            product =
                    () ->
                            blas.dgemm(
                                    tb, ta, s.n(), s.m(), s.k(), 1, b, w.ldb(), a, w.lda(), 0, c,
                                    s.n());
            product.run();
            agree("netlib", w.c(), c);
        }
    }

    private void libtorch(Work w) {
        GemmBench.Size s = w.s();
        torch.set_num_threads(Integer.getInteger("lanegrad.threads", 1));
        Tensor a = matrices(w.a(), s.batch(), s.m(), s.k(), w.at());
        Tensor b = matrices(w.b(), s.batch(), s.k(), s.n(), w.bt());
        Tensor c = matrices(new float[s.c()], s.batch(), s.m(), s.n(), false);
        product = () -> torch.bmm_out(c, a, b).close();
        product.run();
        float[] y = new float[s.c()];
        new FloatPointer(c.data_ptr_float()).get(y);
        agree("libtorch", w.c(), y);
    }

    private static Tensor matrices(
            Object values, int batch, int rows, int columns, boolean transposed) {
        long[] size = {batch, transposed ? columns : rows, transposed ? rows : columns};
        Tensor t = torch.from_blob(new FloatPointer((float[]) values), size).clone();
        return transposed ? t.transpose(1, 2) : t;
    }

    /// By OpenBLAS.
    @Benchmark
    public Object openBlas(Adjacent peak) {
        product.run();
        return product;
    }

    /// By oneDNN.
    @Benchmark
    public Object oneDnn(Adjacent peak) {
        product.run();
        return product;
    }

    /// By netlib's VectorBLAS, in Java.
    @Benchmark
    public Object netlib(Adjacent peak) {
        product.run();
        return product;
    }

    /// By libtorch.
    @Benchmark
    public Object libtorch(Adjacent peak) {
        product.run();
        return product;
    }
}
