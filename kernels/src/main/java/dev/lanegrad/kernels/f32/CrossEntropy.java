package dev.lanegrad.kernels.f32;

import org.jspecify.annotations.Nullable;

/// Cross-entropy of rows of logits against class numbers, fused with log-softmax.
///
/// Logits x are dense rows `[rows, classes]`; `target[row]` is in 0 to classes, or `ignoreIndex`:
/// such a row has loss and gradient 0. `w` weighs the classes (null: 1), ε is the label smoothing.
/// With `p = softmax(x)` and `t` the target the loss of a row is `(1 − ε)·w[t]·(−log p[t]) +
/// ε/classes·Σ w[c]·(−log p[c])`.
public final class CrossEntropy {
    private CrossEntropy() {}

    /// `loss := (1 − ε)·w[t]·(−log p[t]) + ε/classes·Σ w[c]·(−log p[c])` for each row; saves
    /// `logSumExp := log Σ exp x` of each row for [#backward].
    public static void forward(
            float[] x,
            int xo,
            int rows,
            int classes,
            long[] target,
            int to,
            float @Nullable [] w,
            int wo,
            long ignoreIndex,
            double smoothing,
            float[] loss,
            int lo,
            float[] logSumExp,
            int so) {
        float e = (float) (smoothing / classes);
        float hard = (float) (1 - smoothing);
        for (int r = 0; r < rows; r++) {
            int at = xo + r * classes;
            float max = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                max = Math.max(max, x[at + c]);
            }
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += (float) Math.exp(x[at + c] - max);
            }
            float lse = max + (float) Math.log(sum);
            logSumExp[so + r] = lse;
            long t = target[to + r];
            if (t == ignoreIndex) {
                loss[lo + r] = 0;
                continue;
            }
            float wt = w == null ? 1 : w[wo + (int) t];
            float y = hard * wt * (lse - x[at + (int) t]);
            if (smoothing != 0) {
                float smooth = 0;
                for (int c = 0; c < classes; c++) {
                    smooth += (w == null ? 1 : w[wo + c]) * (lse - x[at + c]);
                }
                y += e * smooth;
            }
            loss[lo + r] = y;
        }
    }

    /// `gx := g·((1 − ε)·w[t]·(p − onehot(t)) + ε/classes·(p·Σ w − w))`, where g is
    /// `gy[row·gys]·scale`.
    ///
    /// The gradient of each row's loss is gy, stepping by `gys`, which is 0 or 1; `scale` is 1, or
    /// the inverse of the denominator of a mean.
    public static void backward(
            float[] x,
            int xo,
            int rows,
            int classes,
            long[] target,
            int to,
            float @Nullable [] w,
            int wo,
            long ignoreIndex,
            double smoothing,
            float[] logSumExp,
            int so,
            float[] gy,
            int gyo,
            int gys,
            float scale,
            float[] gx,
            int gxo) {
        float e = (float) (smoothing / classes);
        float hard = (float) (1 - smoothing);
        float weights = classes;
        if (w != null) {
            weights = 0;
            for (int c = 0; c < classes; c++) {
                weights += w[wo + c];
            }
        }
        for (int r = 0; r < rows; r++) {
            int at = xo + r * classes;
            long t = target[to + r];
            float g = t == ignoreIndex ? 0 : gy[gyo + r * gys] * scale;
            float wt = t == ignoreIndex ? 0 : w == null ? 1 : w[wo + (int) t];
            float factor = hard * wt + e * weights;
            for (int c = 0; c < classes; c++) {
                float p = (float) Math.exp(x[at + c] - logSumExp[so + r]);
                float v = factor * p - e * (w == null ? 1 : w[wo + c]) - (c == t ? hard * wt : 0);
                gx[gxo + r * classes + c] = t == ignoreIndex ? 0 : g * v;
            }
        }
    }

    /// `Σ w[target]` over the rows that are not ignored, the denominator of the mean; `w` is given.
    public static float weightOf(
            float[] w, int wo, long[] target, int to, int rows, long ignoreIndex) {
        float sum = 0;
        for (int r = 0; r < rows; r++) {
            sum += target[to + r] == ignoreIndex ? 0 : w[wo + (int) target[to + r]];
        }
        return sum;
    }
}
