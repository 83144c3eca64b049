package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What [Tile6x4], [Tile12x2] and the tiles derived from them compute, without vectors: the same
/// products summed in the same order, hence the same bits.
///
/// Vectors are slow until the compiler has seen to them, a thousand times as slow as this, which it
/// sees to at once; and one-lane vectors always are.
final class PlainTile {
    private PlainTile() {}

    /// `C := Z + A·B` for `rows` rows of C and `columns` vectors in each; element k of A's row i is
    /// at `ao + i·ars + k·acs`, or with taps at `ao + i·ars + taps[k]`.
    static void run(
            int rows,
            int columns,
            int kc,
            float[] a,
            int ao,
            int ars,
            int acs,
            int @Nullable [] taps,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        int n = columns * W;
        float[] sums = Scratch.floats(n);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(sums, 0, n, 0);
            for (int k = 0; k < kc; k++) {
                int at = ao + i * ars + (taps == null ? k * acs : taps[k]);
                add(a[at], b, bo + k * n, sums, n);
            }
            int from = zo + i * ldz;
            int to = co + i * ldc;
            for (int j = 0; j < n; j++) {
                c[to + j] = sums[j] + z[from + j];
            }
        }
        Scratch.release(sums);
    }

    private static void add(float a, float[] b, int bo, float[] sums, int n) {
        if (Simd.FMA) {
            for (int j = 0; j < n; j++) {
                sums[j] = Math.fma(a, b[bo + j], sums[j]);
            }
        } else {
            for (int j = 0; j < n; j++) {
                sums[j] = a * b[bo + j] + sums[j];
            }
        }
    }
}
