package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.NC;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// The right factor B, k×n, of many products, packed once: block by block as [GemmBlocks] reads it.
///
/// @param panels scratch if this is of [#of], else an array to keep
record PackedFactor(int n, int k, float[] panels) {
    /// Of the elements `[i, j]` at `bo + i·brs + j·bcs`. Copies into scratch, see [#release].
    static PackedFactor of(int n, int k, float[] b, int bo, int brs, int bcs) {
        PackedFactor factor = new PackedFactor(n, k, Blocking.aligned(length(n, k)));
        factor.fill(b, bo, brs, bcs);
        return factor;
    }

    /// Elements of a copy, from [Blocking#LINE] on.
    static int length(int n, int k) {
        return k * Blocking.parts(n, W) * W;
    }

    /// Copies the elements `[i, j]` at `bo + i·brs + j·bcs`.
    void fill(float[] b, int bo, int brs, int bcs) {
        int steps = Blocking.parts(k, KC);
        for (int j = 0; j < n; j += NC) {
            int nb = Math.min(NC, n - j);
            for (int s = 0; s < steps; s++) {
                int k0 = Blocking.start(s, k, steps);
                int kc = Blocking.start(s + 1, k, steps) - k0;
                int from = bo + k0 * brs + j * bcs;
                Pack.panels(
                        kc, nb, 0, Blocking.parts(nb, NR), b, from, brs, bcs, panels, at(j, k0));
            }
        }
    }

    /// Where the block of columns from `j` on and of rows from `k0` on begins.
    int at(int j, int k0) {
        int width = Blocking.parts(Math.min(NC, n - j), W) * W;
        return Blocking.LINE + j * k + k0 * width;
    }

    /// `C := Z + A·B` for m rows; null stands for zeros, Z may be C, and `ldz` = 0 repeats a row.
    void multiply(
            int m,
            float[] a,
            int ao,
            int ars,
            int acs,
            float @Nullable [] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        new GemmBlocks(m, n, k, a, ao, ars, acs, panels, 0, 0, 0, c, co, ldc).run(this, z, zo, ldz);
    }

    /// Gives the scratch back.
    void release() {
        Scratch.release(panels);
    }
}
