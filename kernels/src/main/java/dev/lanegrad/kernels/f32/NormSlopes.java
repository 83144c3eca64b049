package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The gradient of a normalization by the batch's own statistics, `gx := gy·k + (x − mean)·p + q`,
/// for all the rows of a wide row. Scratch arrays, to be released.
record NormSlopes(float[] k, float[] p, float[] q) {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// With `sum := Σ gy` and `dot := Σ gy·(x − mean)·invStd` of each channel: `k := invStd·w`, `p
    /// := −k·invStd·dot/rows`, `q := −k·sum/rows`; a missing w is 1.
    static NormSlopes of(
            Channels all,
            int rows,
            int channels,
            double[] sum,
            double[] dot,
            float[] invStd,
            int so,
            float @Nullable [] w,
            int wo) {
        float[] k = Scratch.floats(all.width);
        float[] p = Scratch.floats(all.width);
        float[] q = Scratch.floats(all.width);
        for (int c = 0; c < channels; c++) {
            double factor = invStd[so + c] * (w == null ? 1.0 : (double) w[wo + c]);
            k[c] = (float) factor;
            p[c] = (float) (-factor * invStd[so + c] * (dot[c] / rows));
            q[c] = (float) (-factor * (sum[c] / rows));
        }
        all.spread(k, 0, k);
        all.spread(p, 0, p);
        all.spread(q, 0, q);
        return new NormSlopes(k, p, q);
    }

    /// `g·k + d·p + q` for a vector of channels from c on.
    FloatVector result(FloatVector g, FloatVector d, int c) {
        FloatVector v = d.fma(FloatVector.fromArray(S, p, c), FloatVector.fromArray(S, q, c));
        return g.fma(FloatVector.fromArray(S, k, c), v);
    }

    FloatVector result(FloatVector g, FloatVector d, int c, VectorMask<Float> m) {
        FloatVector v = d.fma(FloatVector.fromArray(S, p, c, m), FloatVector.fromArray(S, q, c, m));
        return g.fma(FloatVector.fromArray(S, k, c, m), v);
    }

    void release() {
        Scratch.release(k);
        Scratch.release(p);
        Scratch.release(q);
    }
}
