package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LINE;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Matrix products.
public final class Gemm {
    /// Products of one chunk of a batch of small matrix products.
    private static final int CHUNK = 1 << 19;

    /// Elements of a product that may be computed transposed, into scratch.
    private static final int LARGEST = 1 << 28;

    private Gemm() {}

    /// `C := A·B`, or `C := C + A·B` if `accumulate`, where A is m×k, B is k×n and C is m×n.
    ///
    /// Element `[i, j]` of A is at `ao + i·ars + j·acs`, that of B at `bo + i·brs + j·bcs`, that of
    /// C at `co + i·ldc + j`. Strides of A and B are any, those of C may not let its rows overlap.
    /// If not `accumulate`, C is not read; with k = 0 it becomes zero.
    public static void gemm(
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            int ars,
            int acs,
            float[] b,
            int bo,
            int brs,
            int bcs,
            float[] c,
            int co,
            int ldc,
            boolean accumulate) {
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            for (int i = 0; i < m && !accumulate; i++) {
                Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0);
            }
        } else if (n == 1) {
            Gemv.gemv(m, k, a, ao, ars, acs, b, bo, brs, c, co, ldc, accumulate);
        } else if (m == 1) {
            Gemv.gemv(n, k, b, bo, bcs, brs, a, ao, acs, c, co, 1, accumulate);
        } else {
            product(
                    m,
                    n,
                    k,
                    accumulate ? c : null,
                    co,
                    ldc,
                    a,
                    ao,
                    ars,
                    acs,
                    b,
                    bo,
                    brs,
                    bcs,
                    c,
                    co,
                    ldc);
        }
    }

    /// `C := Z + A·B`; null stands for zeros.
    ///
    /// If B lies column by column, as a weight of PyTorch's does, it is copied element by element
    /// to the order of tiles; of few rows of A the transposed product, `Cᵀ := Zᵀ + Bᵀ·Aᵀ`, copies
    /// less.
    private static void product(
            int m,
            int n,
            int k,
            float @Nullable [] z,
            int zo,
            int ldz,
            float[] a,
            int ao,
            int ars,
            int acs,
            float[] b,
            int bo,
            int brs,
            int bcs,
            float[] c,
            int co,
            int ldc) {
        if (k == 1 && bcs == 1) {
            Ger.ger(m, n, z, zo, ldz, a, ao, ars, b, bo, c, co, ldc);
            return;
        }
        boolean copiesLess = 2L * m * ((long) n + k) < (long) n * k && (long) m * n <= LARGEST;
        if (bcs == 1 || brs != 1 || !copiesLess) {
            new GemmBlocks(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co, ldc).run(z, zo, ldz);
            return;
        }
        float[] t = Blocking.aligned(n * m);
        if (z != null) {
            Copy.copyStrided(
                    new int[] {n, m}, z, zo, new int[] {1, ldz}, t, LINE, new int[] {m, 1});
        }
        new GemmBlocks(n, m, k, b, bo, bcs, brs, a, ao, acs, ars, t, LINE, m)
                .run(z != null ? t : null, LINE, m);
        Copy.copyStrided(new int[] {m, n}, t, LINE, new int[] {1, m}, c, co, new int[] {ldc, 1});
        Scratch.release(t);
    }

    /// `C := Z + A·B`. Rows of Z are `ldz` apart from `zo`, 0 repeats one, each dense; Z may be C,
    /// and null stands for zeros. The rest is as for [#gemm], and so are the bits of copying Z and
    /// accumulating.
    public static void addmm(
            int m,
            int n,
            int k,
            float @Nullable [] z,
            int zo,
            int ldz,
            float[] a,
            int ao,
            int ars,
            int acs,
            float[] b,
            int bo,
            int brs,
            int bcs,
            float[] c,
            int co,
            int ldc) {
        if (m > 1 && n > 1 && k > 0) {
            product(m, n, k, z, zo, ldz, a, ao, ars, acs, b, bo, brs, bcs, c, co, ldc);
            return;
        }
        for (int i = 0; i < m && z != null; i++) {
            System.arraycopy(z, zo + i * ldz, c, co + i * ldc, n);
        }
        gemm(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co, ldc, z != null);
    }

    /// `C[t] := A[t]·B[t]`, or `C[t] := C[t] + A[t]·B[t]` if `accumulate`, for `batch` products of
    /// one shape.
    ///
    /// `abs`, `bbs` and `cbs` are the distances from one matrix to the next; 0 repeats A or B. The
    /// rest is as for [#gemm].
    public static void gemmBatched(
            int batch,
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            int abs,
            int ars,
            int acs,
            float[] b,
            int bo,
            int bbs,
            int brs,
            int bcs,
            float[] c,
            int co,
            int cbs,
            int ldc,
            boolean accumulate) {
        if (bbs == 0 && abs == m * ars && cbs == m * ldc) {
            gemm(batch * m, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co, ldc, accumulate);
            return;
        }
        long products = Math.max(1, (long) m * n * k);
        Parallel.run(
                batch,
                (int) Math.max(1, CHUNK / products),
                (from, to) -> {
                    for (int t = from; t < to; t++) {
                        int at = ao + t * abs;
                        int bt = bo + t * bbs;
                        int ct = co + t * cbs;
                        gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, ldc, accumulate);
                    }
                });
    }
}
