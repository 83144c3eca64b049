package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// Batch normalization of rows `[rows, channels]`, dense: images are channels-last, a row is a
/// pixel.
public final class BatchNorm {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    private BatchNorm() {}

    /// `mean := Σ x / rows`, `variance := Σ (x − mean)² / rows` for each channel.
    public static void statistics(
            float[] x,
            int xo,
            int rows,
            int channels,
            float[] mean,
            int mo,
            float[] variance,
            int vo) {
        if (rows == 0 || channels == 0) {
            java.util.Arrays.fill(mean, mo, mo + channels, Float.NaN);
            java.util.Arrays.fill(variance, vo, vo + channels, Float.NaN);
            return;
        }
        Channels all = Channels.sums(rows, channels);
        float[] means = Scratch.floats(all.parts());
        float[] squares = Scratch.floats(all.parts());
        float[] near = Scratch.floats(all.width);
        double[] m = Scratch.doubles(channels);
        double[] q = Scratch.doubles(channels);
        int ld = all.width;
        all.spread(x, xo, near);
        all.blocks((from, count, n, to) ->
                ChannelLoops.moments(x, xo + from, near, ld, count, n, means, squares, to));
        all.join(means, squares, m, q);
        for (int c = 0; c < channels; c++) {
            mean[mo + c] = (float) (near[c] + m[c]);
            variance[vo + c] = (float) (q[c] / rows);
        }
        Scratch.release(means);
        Scratch.release(squares);
        Scratch.release(near);
        Scratch.release(m);
        Scratch.release(q);
    }

    /// `y := (x − mean)·invStd·w + b` for each channel; a missing w is 1, a missing b is 0.
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
            float[] y,
            int yo) {
        if (rows == 0 || channels == 0) {
            return;
        }
        Channels all = Channels.sweep(rows, channels);
        NormFactors f = NormFactors.of(all, channels, mean, mo, invStd, so, w, wo, b, bo);
        all.sweep((from, n) -> ChannelLoops.normalize(x, xo + from, f, n, y, yo + from));
        f.release();
    }

    /// The same of images whose channels are planes, `[images, channels, plane]`, dense.
    public static void normalizePlanes(
            float[] x,
            int xo,
            int images,
            int channels,
            int plane,
            float[] mean,
            int mo,
            float[] invStd,
            int so,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo,
            float[] y,
            int yo) {
        Parallel.run(
                images * channels,
                Math.max(1, GRAIN / Math.max(1, plane)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int c = i % channels;
                        float scale = w == null ? invStd[so + c] : invStd[so + c] * w[wo + c];
                        float shift = b == null ? 0 : b[bo + c];
                        int at = i * plane;
                        ChannelLoops.normalizePlane(
                                x, xo + at, mean[mo + c], scale, shift, plane, y, yo + at);
                    }
                });
    }

    /// `invStd := 1 / √(variance + ε)`, n channels.
    public static void invStd(
            float[] variance, int vo, int n, double epsilon, float[] invStd, int so) {
        for (int c = 0; c < n; c++) {
            invStd[so + c] = (float) (1 / Math.sqrt(variance[vo + c] + epsilon));
        }
    }

    /// `scale := w / √(variance + epsilon)`, `shift := b − mean·scale`: normalization by fixed
    /// statistics is `scale·x + shift`. Without a variance scale is w; a missing w is 1, a missing
    /// mean and a missing b are 0.
    public static void fold(
            float @Nullable [] mean,
            int mo,
            float @Nullable [] variance,
            int vo,
            int n,
            double epsilon,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo,
            float[] scale,
            float[] shift) {
        if (variance == null) {
            java.util.Arrays.fill(scale, 0, n, 1);
        } else {
            invStd(variance, vo, n, epsilon, scale, 0);
        }
        for (int c = 0; c < n; c++) {
            scale[c] = w == null ? scale[c] : scale[c] * w[wo + c];
            float center = mean == null ? 0 : mean[mo + c] * scale[c];
            shift[c] = (b == null ? 0 : b[bo + c]) - center;
        }
    }

    /// With `x̂ := (x − mean)·invStd`: `gb := Σ gy`, `gw := Σ gy·x̂`, `gx := w·invStd·(gy − gb/rows
    /// − x̂·gw/rows)`.
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
            float @Nullable [] gx,
            int gxo,
            float @Nullable [] gw,
            int gwo,
            float @Nullable [] gb,
            int gbo) {
        new NormGradient(
                        gy, gyo, x, xo, rows, channels, mean, mo, invStd, so, w, wo, null, 0, false,
                        0)
                .put(gx, gxo, gw, gwo, gb, gbo);
    }

    /// `gb := Σ gy`, `gw := Σ gy·(x − mean)·invStd`, `gx := gy·w·invStd`, where mean and invStd are
    /// constants (running statistics).
    ///
    /// What is null is not computed.
    public static void evalBackward(
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
            float @Nullable [] gx,
            int gxo,
            float @Nullable [] gw,
            int gwo,
            float @Nullable [] gb,
            int gbo) {
        if (gw != null || gb != null) {
            backward(
                    gy, gyo, x, xo, rows, channels, mean, mo, invStd, so, w, wo, null, 0, gw, gwo,
                    gb, gbo);
        }
        if (gx != null) {
            float[] zero = Scratch.floats(channels);
            java.util.Arrays.fill(zero, 0, channels, 0);
            normalize(gy, gyo, rows, channels, zero, 0, invStd, so, w, wo, null, 0, gx, gxo);
            Scratch.release(zero);
        }
    }
}
