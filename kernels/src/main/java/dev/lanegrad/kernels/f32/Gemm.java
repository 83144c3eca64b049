package dev.lanegrad.kernels.f32;

import java.util.Arrays;

/// Matrix products.
public final class Gemm {
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
        for (int i = 0; i < m; i++) {
            int ci = co + i * ldc;
            if (!accumulate) {
                Arrays.fill(c, ci, ci + n, 0);
            }
            for (int p = 0; p < k; p++) {
                float v = a[ao + i * ars + p * acs];
                for (int j = 0; j < n; j++) {
                    c[ci + j] += v * b[bo + p * brs + j * bcs];
                }
            }
        }
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
        for (int t = 0; t < batch; t++) {
            int at = ao + t * abs;
            int bt = bo + t * bbs;
            gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, co + t * cbs, ldc, accumulate);
        }
    }
}
