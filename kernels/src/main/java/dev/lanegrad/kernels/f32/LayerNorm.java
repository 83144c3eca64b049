package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
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

    /// The gradients of x, weight and bias of [#forward] with one group, from that of y; means and
    /// variances are computed anew.
    ///
    /// @param gx becomes the gradient of x, dense
    /// @param gw becomes the gradient of the weight, n elements
    /// @param gb becomes the gradient of the bias, n elements
    public static void backward(
            float[] x,
            int xo,
            int rows,
            int n,
            float @Nullable [] w,
            int wo,
            double eps,
            float[] gy,
            int gyo,
            float[] gx,
            float[] gw,
            float[] gb) {
        int grain = Math.max(1, GRAIN / n);
        int chunks = (rows + grain - 1) / grain;
        float[] sums = Scratch.floats(2 * chunks * n);
        Arrays.fill(sums, 0, 2 * chunks * n, 0);
        Parallel.run(
                rows,
                grain,
                (from, to) -> {
                    FoldStack stack = SoftmaxRow.stack(n);
                    float[] strip = Scratch.floats(2 * n);
                    int ofWeight = from / grain * 2 * n;
                    for (int r = from; r < to; r++) {
                        int up = gyo + r * n;
                        row(x, xo + r * n, n, w, wo, eps, gy, up, gx, r * n, strip, stack);
                        DenseRows.addMul(n, sums, ofWeight, gy, up, strip, 0, sums, ofWeight);
                        DenseRows.add(n, sums, ofWeight + n, gy, up, sums, ofWeight + n);
                    }
                    Scratch.release(strip);
                });
        Arrays.fill(gw, 0, n, 0);
        Arrays.fill(gb, 0, n, 0);
        for (int c = 0; c < chunks; c++) {
            DenseRows.add(n, gw, 0, sums, 2 * c * n, gw, 0);
            DenseRows.add(n, gb, 0, sums, 2 * c * n + n, gb, 0);
        }
        Scratch.release(sums);
    }

    /// The gradient of one row.
    ///
    /// @param strip becomes the normalized row, then its gradient
    private static void row(
            float[] x,
            int xo,
            int n,
            float @Nullable [] w,
            int wo,
            double eps,
            float[] gy,
            int gyo,
            float[] gx,
            int gxo,
            float[] strip,
            FoldStack stack) {
        float mean = SoftmaxRow.sum(x, xo, n, stack) / n;
        float variance = squares(x, xo, n, mean, stack) / n;
        float scale = (float) (1 / Math.sqrt(variance + eps));
        standardize(x, xo, n, mean, scale, strip, 0);
        if (w == null) {
            System.arraycopy(gy, gyo, strip, n, n);
        } else {
            DenseRows.mul(n, gy, gyo, w, wo, strip, n);
        }
        float along = SoftmaxRow.dot(strip, n, strip, 0, n, stack) / n;
        float level = SoftmaxRow.sum(strip, n, n, stack) / n;
        slope(strip, n, level, along, scale, gx, gxo);
    }

    /// `gx := (g − level − v·along)·scale`, v and g side by side.
    private static void slope(
            float[] vg, int n, float level, float along, float scale, float[] gx, int gxo) {
        FloatVector minus = FloatVector.broadcast(S, -along);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector g = FloatVector.fromArray(S, vg, n + i).sub(level);
            FloatVector v = FloatVector.fromArray(S, vg, i);
            v.fma(minus, g).mul(scale).intoArray(gx, gxo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector g = FloatVector.fromArray(S, vg, n + i, m).sub(level);
            FloatVector v = FloatVector.fromArray(S, vg, i, m);
            v.fma(minus, g).mul(scale).intoArray(gx, gxo + i, m);
        }
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
