package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Normalization of rows by their own mean and variance.
public final class LayerNorm {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();
    private static final int LEAF = 64 * LANES;

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    private LayerNorm() {}

    /// `y := (x − mean) / √(variance + ε) · w + b` for dense rows of n elements, with a row's own
    /// mean and variance.
    ///
    /// Rows come in cycles of `groups`; `inner` elements in sequence share a weight: that of
    /// element j of row r is at `wo + r mod groups · n/inner + j/inner`, and so is the bias. Null
    /// stands for ones and zeros.
    public static void forward(
            float[] x,
            int xo,
            int rows,
            int n,
            int groups,
            int inner,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo,
            double eps,
            float[] y,
            int yo) {
        if (n == 0) {
            return;
        }
        Parallel.run(
                rows,
                Math.max(1, GRAIN / n),
                (from, to) -> {
                    FoldStack stack = SoftmaxRow.stack(n);
                    for (int r = from; r < to; r++) {
                        int at = xo + r * n;
                        float mean = SoftmaxRow.sum(x, at, n, stack) / n;
                        float variance = squares(x, at, n, mean, stack) / n;
                        float scale = (float) (1 / Math.sqrt(variance + eps));
                        int first = r % groups * (n / inner);
                        int row = yo + r * n;
                        if (inner == 1) {
                            standardize(x, at, n, mean, scale, y, row);
                            if (w != null) {
                                BinaryMul.run(y, row, 1, w, wo + first, 1, y, row, n, 0, 0);
                            }
                            if (b != null) {
                                BinaryAdd.run(y, row, 1, b, bo + first, 1, y, row, n, 0, 0);
                            }
                        } else {
                            for (int j = 0, k = first; j < n; j += inner, k++) {
                                float factor = w == null ? scale : scale * w[wo + k];
                                float term = b == null ? 0 : b[bo + k];
                                affine(x, at + j, inner, mean, factor, term, y, row + j);
                            }
                        }
                    }
                });
    }

    /// `Σ (x − mean)²`
    private static float squares(float[] x, int xo, int n, float mean, FoldStack stack) {
        for (int i = 0; i < n; i += LEAF) {
            squares(x, xo + i, Math.min(LEAF, n - i), mean, stack.t, stack.top());
            stack.push();
        }
        stack.finish();
        return FoldSum.lanes(stack.t, 0);
    }

    private static void squares(float[] x, int xo, int n, float mean, float[] t, int to) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        int i = 0;
        for (int end = n - 2 * LANES; i <= end; i += 2 * LANES) {
            FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(mean);
            FloatVector d1 = FloatVector.fromArray(S, x, xo + i + LANES).sub(mean);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
        }
        for (; i < n; i += LANES) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector d = FloatVector.fromArray(S, x, xo + i, m).sub(mean);
            s0 = s0.blend(d.fma(d, s0), m);
        }
        s0.add(s1).intoArray(t, to);
    }

    /// `y := (x − mean)·scale`
    private static void standardize(
            float[] x, int xo, int n, float mean, float scale, float[] y, int yo) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.sub(mean).mul(scale).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m);
            v.sub(mean).mul(scale).intoArray(y, yo + i, m);
        }
    }

    /// `y := (x − mean)·factor + term`
    private static void affine(
            float[] x, int xo, int n, float mean, float factor, float term, float[] y, int yo) {
        FloatVector f = FloatVector.broadcast(S, factor);
        FloatVector t = FloatVector.broadcast(S, term);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.sub(mean).fma(f, t).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m);
            v.sub(mean).fma(f, t).intoArray(y, yo + i, m);
        }
    }
}
