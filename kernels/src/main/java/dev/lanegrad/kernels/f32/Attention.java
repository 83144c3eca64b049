package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AttentionShape;
import dev.lanegrad.kernels.HeadStrides;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Attention in blocks of queries: the scores of a block stay in the cache, those of all queries
/// never exist.
public final class Attention {
    /// Queries of a block: the scores of 128 keys stay in the first-level cache.
    private static final int BLOCK = 64;

    private Attention() {}

    /// `Y := softmax(scale·Q·Kᵀ)·V` for each head of each of the batch.
    ///
    /// @param causal whether query i attends to no key after the i-th
    /// @param logSums becomes the logarithm of each query's `Σ exp(scale·q·k)`, `[batch, heads,
    ///   l]`; null if nobody needs it
    public static void forward(
            AttentionShape z,
            float[] q,
            int qo,
            HeadStrides qs,
            float[] k,
            int ko,
            HeadStrides ks,
            float[] v,
            int vo,
            HeadStrides vs,
            boolean causal,
            double scale,
            float @Nullable [] logSums,
            float[] y,
            int yo,
            HeadStrides ys) {
        int s = z.s();
        int blocks = (z.l() + BLOCK - 1) / BLOCK;
        Parallel.run(
                z.batch() * z.heads() * blocks,
                1,
                (from, to) -> {
                    float[] scores = Scratch.floats(BLOCK * s);
                    FoldStack stack = SoftmaxRow.stack(s);
                    for (int task = from; task < to; task++) {
                        int t = task / blocks;
                        int first = task % blocks * BLOCK;
                        int rows = Math.min(BLOCK, z.l() - first);
                        int keys = causal ? Math.min(s, first + rows) : s;
                        int query = qo + qs.at(t, z.heads()) + first * qs.row();
                        int key = ko + ks.at(t, z.heads());
                        Gemm.gemm(
                                rows, keys, z.d(), q, query, qs.row(), 1, k, key, 1, ks.row(),
                                scores, 0, s, false);
                        for (int i = 0; i < rows; i++) {
                            int seen = causal ? Math.min(keys, first + i + 1) : keys;
                            float sum = softmax(scores, i * s, seen, keys, (float) scale, stack);
                            if (logSums != null) {
                                logSums[t * z.l() + first + i] = sum;
                            }
                        }
                        int out = yo + ys.at(t, z.heads()) + first * ys.row();
                        int value = vo + vs.at(t, z.heads());
                        Gemm.gemm(
                                rows, z.e(), keys, scores, 0, s, 1, v, value, vs.row(), 1, y, out,
                                ys.row(), false);
                    }
                    Scratch.release(scores);
                });
    }

    /// The shares of the first n of `all` scores; the rest get 0. Returns the logarithm of their
    /// sum.
    private static float softmax(float[] x, int xo, int n, int all, float scale, FoldStack stack) {
        SoftmaxRow.scale(x, xo, n, scale);
        float max = SoftmaxRow.max(x, xo, n);
        float sum = SoftmaxRow.exp(x, xo, n, max, x, xo, stack);
        SoftmaxRow.scale(x, xo, n, 1f / sum);
        Arrays.fill(x, xo + n, xo + all, 0);
        return max + (float) Math.log(sum);
    }

    /// The gradients of Q, K and V, from that of Y; the shares are computed anew.
    ///
    /// @param y what [#forward] made
    /// @param logSums what it left there
    /// @param gq becomes the gradient of Q, from 0 on
    /// @param gk becomes the gradient of K, from 0 on
    /// @param gv becomes the gradient of V, from 0 on
    public static void backward(
            AttentionShape z,
            float[] q,
            int qo,
            HeadStrides qs,
            float[] k,
            int ko,
            HeadStrides ks,
            float[] v,
            int vo,
            HeadStrides vs,
            boolean causal,
            double scale,
            float[] logSums,
            float[] y,
            HeadStrides ys,
            float[] gy,
            int gyo,
            HeadStrides gys,
            float[] gq,
            HeadStrides gqs,
            float[] gk,
            HeadStrides gks,
            float[] gv,
            HeadStrides gvs) {
        int s = z.s();
        int d = z.d();
        int e = z.e();
        Parallel.run(
                z.batch() * z.heads(),
                1,
                (from, to) -> {
                    float[] p = Scratch.floats(BLOCK * s);
                    float[] gp = Scratch.floats(BLOCK * s);
                    FoldStack stack = SoftmaxRow.stack(e);
                    for (int t = from; t < to; t++) {
                        int key = ko + ks.at(t, z.heads());
                        int value = vo + vs.at(t, z.heads());
                        int toKey = gks.at(t, z.heads());
                        int toValue = gvs.at(t, z.heads());
                        for (int first = 0; first < z.l(); first += BLOCK) {
                            int rows = Math.min(BLOCK, z.l() - first);
                            int keys = causal ? Math.min(s, first + rows) : s;
                            int query = qo + qs.at(t, z.heads()) + first * qs.row();
                            int out = ys.at(t, z.heads()) + first * ys.row();
                            int up = gyo + gys.at(t, z.heads()) + first * gys.row();
                            Gemm.gemm(
                                    rows, keys, d, q, query, qs.row(), 1, k, key, 1, ks.row(), p, 0,
                                    s, false);
                            Gemm.gemm(
                                    rows, keys, e, gy, up, gys.row(), 1, v, value, 1, vs.row(), gp,
                                    0, s, false);
                            for (int i = 0; i < rows; i++) {
                                int seen = causal ? Math.min(keys, first + i + 1) : keys;
                                float dot =
                                        SoftmaxRow.dot(
                                                gy,
                                                up + i * gys.row(),
                                                y,
                                                out + i * ys.row(),
                                                e,
                                                stack);
                                float logSum = logSums[t * z.l() + first + i];
                                slope(p, gp, i * s, seen, keys, (float) scale, logSum, dot);
                            }
                            if (first == 0) {
                                zero(gk, toKey, gks.row(), keys, s, d);
                                zero(gv, toValue, gvs.row(), keys, s, e);
                            }
                            boolean more = first > 0;
                            Gemm.gemm(
                                    keys, e, rows, p, 0, 1, s, gy, up, gys.row(), 1, gv, toValue,
                                    gvs.row(), more);
                            Gemm.gemm(
                                    keys, d, rows, gp, 0, 1, s, q, query, qs.row(), 1, gk, toKey,
                                    gks.row(), more);
                            Gemm.gemm(
                                    rows,
                                    d,
                                    keys,
                                    gp,
                                    0,
                                    s,
                                    1,
                                    k,
                                    key,
                                    ks.row(),
                                    1,
                                    gq,
                                    gqs.at(t, z.heads()) + first * gqs.row(),
                                    gqs.row(),
                                    false);
                        }
                    }
                    Scratch.release(p);
                    Scratch.release(gp);
                });
    }

    /// `p := exp(scale·p − logSum)`, the shares, and `gp := scale·p·(gp − dot)`; 0 for keys that
    /// are not seen.
    private static void slope(
            float[] p,
            float[] gp,
            int at,
            int seen,
            int keys,
            float scale,
            float logSum,
            float dot) {
        UnaryAffine.run(p, at, 1, p, at, seen, scale, -logSum);
        UnaryExp.run(p, at, 1, p, at, seen, 0, 0);
        SoftmaxRow.softmaxGradient(gp, at, p, at, seen, dot, gp, at);
        SoftmaxRow.scale(gp, at, seen, scale);
        Arrays.fill(p, at + seen, at + keys, 0);
        Arrays.fill(gp, at + seen, at + keys, 0);
    }

    /// Rows `from` to `to`, which the first block of queries does not see.
    private static void zero(float[] x, int at, int ld, int from, int to, int n) {
        for (int i = from; i < to; i++) {
            Arrays.fill(x, at + i * ld, at + i * ld + n, 0);
        }
    }
}
