package dev.lanegrad.kernels.f32;

import org.jspecify.annotations.Nullable;

/// Batch normalization that a limit to 0 and `high` follows, in one pass: rows as for [BatchNorm].
/// A rectifier has the limit infinity.
public final class RectifiedNorm {
    private RectifiedNorm() {}

    /// `y := clamp((x − mean)·invStd·w + b + z, 0, high)` for each channel; NaN stays. A missing w
    /// is 1, a missing b or z is 0.
    public static void normalize(
            float[] x,
            int xo,
            int rows,
            int channels,
            float[] mean,
            int mo,
            float[] invStd,
            int so,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo,
            float @Nullable [] z,
            int zo,
            float high,
            float[] y,
            int yo) {
        if (rows == 0 || channels == 0) {
            return;
        }
        Channels all = Channels.sweep(rows, channels);
        NormFactors f = NormFactors.of(all, channels, mean, mo, invStd, so, w, wo, b, bo);
        if (z == null) {
            all.sweep(
                    (from, n) -> RectifiedLoops.normalize(x, xo + from, f, high, n, y, yo + from));
        } else {
            all.sweep((from, n) ->
                    RectifiedLoops.normalizeAdd(
                            x, xo + from, f, z, zo + from, high, n, y, yo + from));
        }
        f.release();
    }

    /// [BatchNorm#backward] of what `clamp((x − mean)·invStd·w + b, 0, high)` lets through of gy.
    ///
    /// mean and invStd are the batch's own. What is null is not computed.
    public static void backward(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            int rows,
            int channels,
            float[] mean,
            int mo,
            float[] invStd,
            int so,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo,
            float high,
            float @Nullable [] gx,
            int gxo,
            float @Nullable [] gw,
            int gwo,
            float @Nullable [] gb,
            int gbo) {
        new NormGradient(
                        gy,
                        gyo,
                        x,
                        xo,
                        rows,
                        channels,
                        mean,
                        mo,
                        invStd,
                        so,
                        w,
                        wo,
                        b,
                        bo,
                        true,
                        RectifiedLoops.last(high))
                .put(gx, gxo, gw, gwo, gb, gbo);
    }
}
