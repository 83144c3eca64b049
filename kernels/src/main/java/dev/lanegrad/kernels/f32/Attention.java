package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;

/// Attention in blocks of queries: the scores of a block stay in the cache, those of all queries
/// never exist.
public final class Attention {
    /// Queries of a block.
    private static final int BLOCK = 64;

    private Attention() {}

    /// `Y := softmax(scale·Q·Kᵀ)·V` for each of `batch` triples; q is `[batch, l, d]`, k `[batch,
    /// s, d]`, v `[batch, s, e]`, y `[batch, l, e]`, all dense.
    ///
    /// @param causal whether query i attends to no key after the i-th
    public static void forward(
            int batch,
            int l,
            int s,
            int d,
            int e,
            float[] q,
            int qo,
            float[] k,
            int ko,
            float[] v,
            int vo,
            boolean causal,
            double scale,
            float[] y,
            int yo) {
        int blocks = (l + BLOCK - 1) / BLOCK;
        Parallel.run(
                batch * blocks,
                1,
                (from, to) -> {
                    float[] scores = Scratch.floats(BLOCK * s);
                    FoldStack stack = SoftmaxRow.stack(s);
                    for (int task = from; task < to; task++) {
                        int t = task / blocks;
                        int first = task % blocks * BLOCK;
                        int rows = Math.min(BLOCK, l - first);
                        int keys = causal ? Math.min(s, first + rows) : s;
                        int query = qo + (t * l + first) * d;
                        int key = ko + t * s * d;
                        Gemm.gemm(rows, keys, d, q, query, d, 1, k, key, 1, d, scores, 0, s, false);
                        for (int i = 0; i < rows; i++) {
                            int seen = causal ? Math.min(keys, first + i + 1) : keys;
                            softmax(scores, i * s, seen, keys, (float) scale, stack);
                        }
                        int out = yo + (t * l + first) * e;
                        int value = vo + t * s * e;
                        Gemm.gemm(rows, e, keys, scores, 0, s, 1, v, value, e, 1, y, out, e, false);
                    }
                    Scratch.release(scores);
                });
    }

    /// The shares of the first n of `all` scores; the rest get 0.
    private static void softmax(float[] x, int xo, int n, int all, float scale, FoldStack stack) {
        SoftmaxRow.scale(x, xo, n, scale);
        float max = SoftmaxRow.max(x, xo, n);
        float sum = SoftmaxRow.exp(x, xo, n, max, x, xo, stack);
        SoftmaxRow.scale(x, xo, n, 1f / sum);
        Arrays.fill(x, xo + n, xo + all, 0);
    }
}
