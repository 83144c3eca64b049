package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// Batch normalization that `max(·, 0)` follows, in one pass: rows as for [BatchNorm].
public final class RectifiedNorm {
    private RectifiedNorm() {}

    /// `y := max((x − mean)·invStd·w + b + z, 0)` for each channel; NaN stays. A missing w is 1, a
    /// missing b or z is 0.
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
            float[] y,
            int yo) {
        if (rows == 0 || channels == 0) {
            return;
        }
        Channels all = Channels.sweep(rows, channels);
        NormFactors f = NormFactors.of(all, channels, mean, mo, invStd, so, w, wo, b, bo);
        if (z == null) {
            all.sweep((from, n) ->
                    RectifiedLoops.normalize(
                            x, xo + from, f.mean(), f.scale(), f.shift(), n, y, yo + from));
        } else {
            all.sweep((from, n) ->
                    RectifiedLoops.normalizeAdd(
                            x, xo + from, f.mean(), f.scale(), f.shift(), z, zo + from, n, y,
                            yo + from));
        }
        f.release();
    }

    /// [BatchNorm#backward] of what `max((x − mean)·invStd·w + b, 0)` lets through of gy.
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
            float @Nullable [] gx,
            int gxo,
            float @Nullable [] gw,
            int gwo,
            float @Nullable [] gb,
            int gbo) {
        if (rows == 0 || channels == 0) {
            BatchNorm.zero(channels, gw, gwo, gb, gbo);
            return;
        }
        Channels blocks = Channels.sums(rows, channels);
        NormFactors near = NormFactors.of(blocks, channels, mean, mo, invStd, so, w, wo, b, bo);
        float[] sums = Scratch.floats(blocks.parts());
        float[] dots = Scratch.floats(blocks.parts());
        double[] sum = Scratch.doubles(channels);
        double[] dot = Scratch.doubles(channels);
        int ld = blocks.width;
        blocks.blocks((from, count, n, to) ->
                RectifiedLoops.gradientSums(
                        gy,
                        gyo + from,
                        x,
                        xo + from,
                        near.mean(),
                        near.scale(),
                        near.shift(),
                        ld,
                        count,
                        n,
                        sums,
                        to,
                        dots,
                        to));
        near.release();
        blocks.add(sums, sum);
        blocks.add(dots, dot);
        Scratch.release(sums);
        Scratch.release(dots);
        for (int c = 0; c < channels; c++) {
            dot[c] *= invStd[so + c];
        }
        BatchNorm.put(sum, channels, gb, gbo);
        BatchNorm.put(dot, channels, gw, gwo);
        if (gx != null) {
            Channels all = Channels.sweep(rows, channels);
            NormFactors f = NormFactors.of(all, channels, mean, mo, invStd, so, w, wo, b, bo);
            NormSlopes d = NormSlopes.of(all, rows, channels, sum, dot, invStd, so, w, wo);
            all.sweep((from, n) ->
                    RectifiedLoops.gradient(
                            gy,
                            gyo + from,
                            x,
                            xo + from,
                            f.mean(),
                            f.scale(),
                            f.shift(),
                            d.k(),
                            d.p(),
                            d.q(),
                            n,
                            gx,
                            gxo + from));
            f.release();
            d.release();
        }
        Scratch.release(sum);
        Scratch.release(dot);
    }
}
