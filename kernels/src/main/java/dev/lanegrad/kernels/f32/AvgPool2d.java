package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;

/// Average over windows of channels-last images.
///
/// The divisor is `divisor` if that is not 0, else the size of the window inside the image, with
/// the padding if `countIncludePad`.
public final class AvgPool2d {
    private AvgPool2d() {}

    /// `y[n, oh, ow, c] := Σ x[n, ih, iw, c] / divisor` over the window.
    public static void forward(
            float[] x,
            int xo,
            PoolShape s,
            boolean countIncludePad,
            int divisor,
            float[] y,
            int yo) {
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        int channels = s.channels();
        int o = yo;
        for (int n = 0; n < s.batch(); n++) {
            int image = xo + n * h.in() * w.in() * channels;
            for (int oh = 0; oh < h.out(); oh++) {
                for (int ow = 0; ow < w.out(); ow++) {
                    float count = divisor(s, oh, ow, countIncludePad, divisor);
                    for (int c = 0; c < channels; c++, o++) {
                        float sum = 0;
                        for (int ih = h.first(oh); ih < h.end(oh); ih += h.dilation()) {
                            for (int iw = w.first(ow); iw < w.end(ow); iw += w.dilation()) {
                                sum += x[image + (ih * w.in() + iw) * channels + c];
                            }
                        }
                        y[o] = sum / count;
                    }
                }
            }
        }
    }

    /// `gx[n, ih, iw, c] := Σ gy[n, oh, ow, c] / divisor` over the windows that cover the pixel.
    public static void backward(
            float[] gy,
            int gyo,
            PoolShape s,
            boolean countIncludePad,
            int divisor,
            float[] gx,
            int gxo) {
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        int channels = s.channels();
        java.util.Arrays.fill(gx, gxo, gxo + s.inputs(), 0);
        int o = gyo;
        for (int n = 0; n < s.batch(); n++) {
            int image = gxo + n * h.in() * w.in() * channels;
            for (int oh = 0; oh < h.out(); oh++) {
                for (int ow = 0; ow < w.out(); ow++) {
                    float count = divisor(s, oh, ow, countIncludePad, divisor);
                    for (int c = 0; c < channels; c++, o++) {
                        float g = gy[o] / count;
                        for (int ih = h.first(oh); ih < h.end(oh); ih += h.dilation()) {
                            for (int iw = w.first(ow); iw < w.end(ow); iw += w.dilation()) {
                                gx[image + (ih * w.in() + iw) * channels + c] += g;
                            }
                        }
                    }
                }
            }
        }
    }

    private static int divisor(PoolShape s, int oh, int ow, boolean countIncludePad, int divisor) {
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        if (divisor != 0) {
            return divisor;
        }
        return countIncludePad
                ? h.padded(oh) * w.padded(ow)
                : (h.end(oh) - h.first(oh)) * (w.end(ow) - w.first(ow));
    }
}
