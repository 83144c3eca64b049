package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Cross-entropy of rows of logits against class numbers, fused with log-softmax.
///
/// Logits x are dense rows `[rows, classes]`; `target[row]` is in 0 to classes, or `ignoreIndex`:
/// such a row has loss and gradient 0. `w` weighs the classes (null: 1), ε is the label smoothing.
/// With `p = softmax(x)` and `t` the target the loss of a row is `(1 − ε)·w[t]·(−log p[t]) +
/// ε/classes·Σ w[c]·(−log p[c])`.
public final class CrossEntropy {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    private CrossEntropy() {}

    /// `loss := (1 − ε)·w[t]·(−log p[t]) + ε/classes·Σ w[c]·(−log p[c])` for each row; saves `log Σ
    /// exp(x − max x)` of each row for [#backward].
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
            float[] saved,
            int so) {
        float soft = (float) (smoothing / classes);
        float hard = (float) (1 - smoothing);
        Parallel.run(
                rows,
                Math.max(1, GRAIN / classes),
                (first, end) -> {
                    FoldStack stack = SoftmaxRow.stack(classes);
                    float[] strip = SoftmaxRow.strip(classes);
                    for (int r = first; r < end; r++) {
                        int row = xo + r * classes;
                        float max = SoftmaxRow.max(x, row, classes);
                        float sum = SoftmaxRow.sumOfExp(x, row, classes, max, strip, stack);
                        float log = SoftmaxRow.log(sum);
                        saved[so + r] = log;
                        long t = target[to + r];
                        if (t == ignoreIndex) {
                            loss[lo + r] = 0;
                            continue;
                        }
                        float v = hard * weight(w, wo, t) * (log - (x[row + (int) t] - max));
                        if (soft != 0) {
                            v += soft * smoothLoss(x, row, classes, max, log, w, wo);
                        }
                        loss[lo + r] = v;
                    }
                });
    }

    private static float weight(float @Nullable [] w, int wo, long c) {
        return w == null ? 1 : w[wo + (int) c];
    }

    /// `Σ w[c]·(log − (x[c] − max))`
    private static float smoothLoss(
            float[] x, int xo, int n, float max, float log, float @Nullable [] w, int wo) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < n; i += S.length()) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m).sub(max);
            v = FloatVector.broadcast(S, log).sub(v);
            if (w != null) {
                v = v.mul(FloatVector.fromArray(S, w, wo + i, m));
            }
            sum = sum.blend(sum.add(v), m);
        }
        float[] lanes = new float[S.length()];
        sum.intoArray(lanes, 0);
        return FoldSum.lanes(lanes, 0);
    }

    private static float sum(float[] x, int xo, int n) {
        float[] lanes = new float[S.length()];
        FoldSum.leaf(x, xo, n, lanes, 0);
        return FoldSum.lanes(lanes, 0);
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
            float[] saved,
            int so,
            float[] gy,
            int gyo,
            int gys,
            float scale,
            float[] gx,
            int gxo) {
        float soft = (float) (smoothing / classes);
        float hard = (float) (1 - smoothing);
        float weights = w == null ? classes : sum(w, wo, classes);
        Parallel.run(
                rows,
                Math.max(1, GRAIN / classes),
                (first, end) -> {
                    for (int r = first; r < end; r++) {
                        int row = xo + r * classes;
                        int out = gxo + r * classes;
                        long t = target[to + r];
                        if (t == ignoreIndex) {
                            java.util.Arrays.fill(gx, out, out + classes, 0);
                            continue;
                        }
                        float g = gy[gyo + r * gys] * scale;
                        float atTarget = hard * weight(w, wo, t);
                        float max = SoftmaxRow.max(x, row, classes);
                        float factor = g * (atTarget + soft * weights);
                        row(x, row, classes, max, saved[so + r], factor, g * soft, w, wo, gx, out);
                        gx[out + (int) t] -= g * atTarget;
                    }
                });
    }

    /// `gx := factor·exp(x − max − log) − soft·w`
    private static void row(
            float[] x,
            int xo,
            int n,
            float max,
            float log,
            float factor,
            float soft,
            float @Nullable [] w,
            int wo,
            float[] gx,
            int gxo) {
        for (int i = 0; i < n; i += S.length()) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m).sub(max).sub(log);
            v = UnaryFormulasElementary.exp(v).mul(factor);
            if (soft != 0) {
                FloatVector share = FloatVector.broadcast(S, soft);
                v = v.sub(w == null ? share : share.mul(FloatVector.fromArray(S, w, wo + i, m)));
            }
            v.intoArray(gx, gxo + i, m);
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
