package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.CHUNKS;
import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.MC;
import static dev.lanegrad.kernels.f32.Blocking.NC;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.STRIP;
import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// One matrix product, block by block.
///
/// ```
/// for columns of C, NC at a time
///   for the sum's index, KC at a time
///     pack B's block into panels of NR columns           (in parallel)
///     for blocks of A's rows x groups of panels          (in parallel)
///       for strips of few rows
///         pack A's rows
///         for panels, for tiles of rows:  C := C + A·B   (Tiles)
/// ```
///
/// What is read in its own place instead: B if it is one whole panel already, A if there is too
/// little of it, or too few columns, to earn the copy.
final class GemmBlocks {
    /// Below this many products a chunk of work is not worth handing over.
    private static final long CHUNK = 1 << 19;

    private final int m;
    private final int n;
    private final int k;
    private final float[] a;
    private final int ao;
    private final int ars;
    private final int acs;
    private final float[] b;
    private final int bo;
    private final int brs;
    private final int bcs;
    private final float[] c;
    private final int co;
    private final int ldc;
    private final boolean packA;

    GemmBlocks(
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
            int ldc) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.ao = ao;
        this.ars = ars;
        this.acs = acs;
        this.b = b;
        this.bo = bo;
        this.brs = brs;
        this.bcs = bcs;
        this.c = c;
        this.co = co;
        this.ldc = ldc;
        int lda = acs == 1 ? ars : acs;
        boolean small = n <= NR / 2 || (long) m * k <= 1 << 10;
        packA = !Blocking.readable(a) || (acs != 1 && ars != 1) || !small || lda % 1024 == 0;
    }

    /// `C := Z + A·B`; rows of Z are `ldz` apart, null stands for zeros.
    void run(float @Nullable [] z, int zo, int ldz) {
        int steps = Blocking.parts(k, KC);
        boolean packB = !Blocking.readable(b) || bcs != 1 || brs != NR || n != NR;
        int width = Math.min(NC, (n + W - 1) / W * W);
        float[] panels = packB ? Blocking.aligned(Blocking.parts(k, steps) * width) : b;
        for (int j = 0; j < n; j += NC) {
            int nb = Math.min(NC, n - j);
            for (int s = 0; s < steps; s++) {
                int k0 = Blocking.start(s, k, steps);
                int kc = Blocking.start(s + 1, k, steps) - k0;
                if (packB) {
                    packPanels(k0, kc, j, nb, panels);
                }
                multiply(s, kc, j, nb, panels, packB ? Blocking.LINE : bo + k0 * NR, z, zo, ldz);
            }
        }
        if (packB) {
            Scratch.release(panels);
        }
    }

    /// As [#run(float[], int, int)], B being packed already.
    void run(PackedFactor factor, float @Nullable [] z, int zo, int ldz) {
        int steps = Blocking.parts(k, KC);
        for (int j = 0; j < n; j += NC) {
            for (int s = 0; s < steps; s++) {
                int k0 = Blocking.start(s, k, steps);
                int kc = Blocking.start(s + 1, k, steps) - k0;
                int at = factor.at(j, k0);
                multiply(s, kc, j, Math.min(NC, n - j), factor.panels(), at, z, zo, ldz);
            }
        }
    }

    private void packPanels(int k0, int kc, int j0, int nb, float[] panels) {
        int grain = Math.max(1, (int) (CHUNK / 4 / ((long) kc * NR)));
        Parallel.run(
                Blocking.parts(nb, NR),
                grain,
                (from, to) -> {
                    int at = bo + k0 * brs + j0 * bcs;
                    Pack.panels(kc, nb, from, to, b, at, brs, bcs, panels, Blocking.LINE);
                });
    }

    /// The products of step `s` of the sum; later ones add to C.
    private void multiply(
            int s,
            int kc,
            int j0,
            int nb,
            float[] panels,
            int po,
            float @Nullable [] z,
            int zo,
            int ldz) {
        int k0 = Blocking.start(s, k, Blocking.parts(k, KC));
        Start start = s > 0 ? new Start(c, co, ldc) : new Start(z, zo, ldz);
        int panelCount = Blocking.parts(nb, NR);
        int chunks = (int) Math.clamp((long) m * nb * kc / CHUNK, 1, CHUNKS);
        int strips = Blocking.parts(m, STRIP);
        int rowBlocks = Math.min(strips, Math.max(chunks, Blocking.parts(m, MC)));
        int groups = 2 * rowBlocks > chunks ? 1 : Math.min(panelCount, chunks / rowBlocks);
        Parallel.run(
                rowBlocks * groups,
                1,
                (from, to) -> {
                    Rows strip = strip(kc);
                    for (int chunk = from; chunk < to; chunk++) {
                        int r = chunk / groups;
                        int g = chunk % groups;
                        int i0 = Blocking.start(r, strips, rowBlocks) * STRIP;
                        int i1 = Blocking.start(r + 1, strips, rowBlocks) * STRIP;
                        int p0 = Blocking.start(g, panelCount, groups);
                        int p1 = Blocking.start(g + 1, panelCount, groups);
                        for (int i = i0; i < Math.min(i1, m); i += STRIP) {
                            move(strip, i, Math.min(STRIP, m - i), k0, kc);
                            multiply(strip, i, p0, p1, j0, nb, kc, panels, po, start);
                        }
                    }
                    strip.release();
                });
    }

    /// What the products are added to; null stands for zeros.
    private record Start(float @Nullable [] z, int zo, int ldz) {}

    /// A strip of rows from `i` on times panels `p0` to `p1`.
    private void multiply(
            Rows strip,
            int i,
            int p0,
            int p1,
            int j0,
            int nb,
            int kc,
            float[] panels,
            int po,
            Start start) {
        float[] z = start.z;
        for (int p = p0; p < p1; p++) {
            int j = p * NR;
            int width = Math.min(NR, nb - j);
            int b0 = po + j * kc;
            int at = co + i * ldc + j0 + j;
            if (z == null) {
                strip.multiply(width, panels, b0, Blocking.ZEROS, 0, 0, c, at, ldc);
            } else {
                int zi = start.zo + i * start.ldz + j0 + j;
                strip.multiply(width, panels, b0, z, zi, start.ldz, c, at, ldc);
            }
        }
    }

    /// For strips of A, none yet.
    private Rows strip(int kc) {
        if (packA) {
            return ars == 1 && acs != 1 ? Rows.packedColumns(kc) : Rows.packed();
        }
        return acs == 1 ? Rows.inPlace(0, 0, a, ao, ars) : Rows.columnsInPlace(0, 0, a, ao, acs);
    }

    /// Turns `strip` to `rows` rows from `i` on.
    private void move(Rows strip, int i, int rows, int k0, int kc) {
        int at = ao + i * ars + k0 * acs;
        if (packA) {
            strip.copy(rows, kc, a, at, ars, acs);
        } else {
            strip.move(rows, kc, at);
        }
    }
}
