package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;

/// Maximum over windows of channels-last images.
public final class MaxPool2d {
    private MaxPool2d() {}

    /// `y[n, oh, ow, c] := max x[n, ih, iw, c]` over the window; `index` becomes the pixel
    /// `ih·width + iw` of the first maximum, or of the last NaN if there is one, as in PyTorch.
    public static void forward(
            float[] x, int xo, PoolShape s, float[] y, int yo, int[] index, int io) {
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        int channels = s.channels();
        int o = 0;
        for (int n = 0; n < s.batch(); n++) {
            int image = xo + n * h.in() * w.in() * channels;
            for (int oh = 0; oh < h.out(); oh++) {
                for (int ow = 0; ow < w.out(); ow++) {
                    for (int c = 0; c < channels; c++, o++) {
                        float best = Float.NEGATIVE_INFINITY;
                        int where =
                                Math.min(h.first(oh), h.in() - 1) * w.in()
                                        + Math.min(w.first(ow), w.in() - 1);
                        for (int ih = h.first(oh); ih < h.end(oh); ih += h.dilation()) {
                            for (int iw = w.first(ow); iw < w.end(ow); iw += w.dilation()) {
                                int pixel = ih * w.in() + iw;
                                float v = x[image + pixel * channels + c];
                                if (v > best || Float.isNaN(v)) {
                                    best = v;
                                    where = pixel;
                                }
                            }
                        }
                        y[yo + o] = best;
                        index[io + o] = where;
                    }
                }
            }
        }
    }

    /// `gx[n, index[n, oh, ow, c], c] += gy[n, oh, ow, c]`, from `gx = 0` on.
    public static void backward(
            float[] gy, int gyo, PoolShape s, int[] index, int io, float[] gx, int gxo) {
        int channels = s.channels();
        int pixelsOut = s.height().out() * s.width().out();
        int pixelsIn = s.height().in() * s.width().in();
        java.util.Arrays.fill(gx, gxo, gxo + s.inputs(), 0);
        for (int n = 0; n < s.batch(); n++) {
            int image = gxo + n * pixelsIn * channels;
            for (int p = 0; p < pixelsOut; p++) {
                for (int c = 0; c < channels; c++) {
                    int o = (n * pixelsOut + p) * channels + c;
                    gx[image + index[io + o] * channels + c] += gy[gyo + o];
                }
            }
        }
    }
}
