package dev.lanegrad.kernels.f32;

import org.jspecify.annotations.Nullable;

/// Matrix products with a right factor that was brought into the tiles' own order once, for many
/// left factors: inference.
public final class PackedGemm {
    private PackedGemm() {}

    /// B, k×n with k > 0, in the form that [#addmm] reads; element `[i, j]` is at `bo + i·brs +
    /// j·bcs`.
    public static float[] pack(int n, int k, float[] b, int bo, int brs, int bcs) {
        float[] packed = new float[Blocking.keptLength(PackedFactor.length(n, k))];
        new PackedFactor(n, k, packed).fill(b, bo, brs, bcs);
        return packed;
    }

    /// `C := Z + A·B` with the bits of [Gemm#addmm], or `C := A·B` with those of [Gemm#gemm] if Z
    /// is null.
    ///
    /// @param m at least 2, as n is: products of fewer rows or columns add up in another order
    /// @param packed of [#pack]
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
            float[] packed,
            float[] c,
            int co,
            int ldc) {
        new PackedFactor(n, k, packed).multiply(m, a, ao, ars, acs, z, zo, ldz, c, co, ldc);
    }
}
