package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A batch normalization's derivative at gy: [BatchNorm#backward], or [RectifiedNorm#backward]
/// where the result was rectified.
///
/// @param b not read unless rectified
/// @param last the largest result of which the gradient passes, if rectified
record NormGradient(
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
        boolean rectified,
        float last) {
    /// What is null is not computed.
    void put(
            float @Nullable [] gx,
            int gxo,
            float @Nullable [] gw,
            int gwo,
            float @Nullable [] gb,
            int gbo) {
        double[] sum = Scratch.doubles(channels);
        double[] dot = Scratch.doubles(channels);
        Arrays.fill(sum, 0, channels, 0.0);
        Arrays.fill(dot, 0, channels, 0.0);
        if (rows > 0 && channels > 0) {
            Channels all = Channels.sweep(rows, channels);
            NormFactors f = NormFactors.of(all, channels, mean, mo, invStd, so, w, wo, b, bo);
            sums(f, sum, dot);
            if (gx != null) {
                NormSlopes slopes = NormSlopes.of(all, rows, channels, sum, dot, invStd, so, w, wo);
                all.sweep((from, n) -> {
                    int g = gyo + from;
                    int i = xo + from;
                    int to = gxo + from;
                    if (rectified) {
                        RectifiedLoops.gradient(gy, g, x, i, f, last, slopes, n, gx, to);
                    } else {
                        ChannelLoops.gradient(gy, g, x, i, f, slopes, n, gx, to);
                    }
                });
                slopes.release();
            }
            f.release();
        }
        put(sum, gb, gbo);
        put(dot, gw, gwo);
        Scratch.release(sum);
        Scratch.release(dot);
    }

    /// `sum := Σ gy`, `dot := Σ gy·(x − mean)·invStd`
    ///
    /// @param f for wide rows at least as wide as those that are summed
    private void sums(NormFactors f, double[] sum, double[] dot) {
        Channels all = Channels.sums(rows, channels);
        float[] sums = Scratch.floats(all.parts());
        float[] dots = Scratch.floats(all.parts());
        int ld = all.width;
        all.blocks((from, count, n, to) -> {
            int g = gyo + from;
            int i = xo + from;
            if (rectified) {
                RectifiedLoops.gradientSums(gy, g, x, i, f, last, ld, count, n, sums, dots, to);
            } else {
                ChannelLoops.gradientSums(gy, g, x, i, f, ld, count, n, sums, dots, to);
            }
        });
        all.add(sums, sum);
        all.add(dots, dot);
        Scratch.release(sums);
        Scratch.release(dots);
        for (int c = 0; c < channels; c++) {
            dot[c] *= invStd[so + c];
        }
    }

    private void put(double[] x, float @Nullable [] y, int yo) {
        if (y != null) {
            for (int c = 0; c < channels; c++) {
                y[yo + c] = (float) x[c];
            }
        }
    }
}
