package dev.lanegrad.kernels.f32;

import org.jspecify.annotations.Nullable;

/// Batch normalization of rows `[rows, channels]`, dense: images are channels-last, a row is a
/// pixel.
public final class BatchNorm {
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
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += x[xo + r * channels + c];
            }
            double m = sum / rows;
            double squares = 0;
            for (int r = 0; r < rows; r++) {
                double d = x[xo + r * channels + c] - m;
                squares += d * d;
            }
            mean[mo + c] = (float) m;
            variance[vo + c] = (float) (squares / rows);
        }
    }

    /// `y := (x − mean)·invStd·w + b` for each channel, then `max(y, 0)` if `relu`; a missing w is
    /// 1, a missing b is 0.
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
            boolean relu,
            float[] y,
            int yo) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < channels; c++) {
                int i = r * channels + c;
                float v = (x[xo + i] - mean[mo + c]) * invStd[so + c];
                v = w == null ? v : v * w[wo + c];
                v = b == null ? v : v + b[bo + c];
                y[yo + i] = relu ? Math.max(v, 0) : v;
            }
        }
    }

    /// `invStd := 1 / √(variance + ε)`, n channels.
    public static void invStd(
            float[] variance, int vo, int n, double epsilon, float[] invStd, int so) {
        for (int c = 0; c < n; c++) {
            invStd[so + c] = (float) (1 / Math.sqrt(variance[vo + c] + epsilon));
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
        gradients(
                true, gy, gyo, x, xo, rows, channels, mean, mo, invStd, so, w, wo, gx, gxo, gw, gwo,
                gb, gbo);
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
        gradients(
                false, gy, gyo, x, xo, rows, channels, mean, mo, invStd, so, w, wo, gx, gxo, gw,
                gwo, gb, gbo);
    }

    private static void gradients(
            boolean train,
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
        for (int c = 0; c < channels; c++) {
            float m = mean[mo + c];
            float s = invStd[so + c];
            double sum = 0;
            double dot = 0;
            for (int r = 0; r < rows; r++) {
                int i = r * channels + c;
                sum += gy[gyo + i];
                dot += gy[gyo + i] * (double) ((x[xo + i] - m) * s);
            }
            if (gb != null) {
                gb[gbo + c] = (float) sum;
            }
            if (gw != null) {
                gw[gwo + c] = (float) dot;
            }
            if (gx != null) {
                float k = w == null ? s : w[wo + c] * s;
                float a = train ? (float) (sum / rows) : 0;
                float b = train ? (float) (dot / rows) : 0;
                for (int r = 0; r < rows; r++) {
                    int i = r * channels + c;
                    gx[gxo + i] = k * (gy[gyo + i] - a - (x[xo + i] - m) * s * b);
                }
            }
        }
    }
}
