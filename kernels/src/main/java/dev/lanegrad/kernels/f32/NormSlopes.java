package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// The gradient of a normalization by the batch's own statistics, `gx := gy·k + (x − mean)·p + q`,
/// for all the rows of a wide row. Scratch arrays, to be released.
record NormSlopes(float[] k, float[] p, float[] q) {
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

    void release() {
        Scratch.release(k);
        Scratch.release(p);
        Scratch.release(q);
    }
}
