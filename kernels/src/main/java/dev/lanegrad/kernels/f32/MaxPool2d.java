package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import dev.lanegrad.kernels.Scratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Maximum over windows of channels-last images, with lanes along the channels.
public final class MaxPool2d {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    /// Window elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 16;

    /// Channels of one task where images are too few to share out.
    private static final int SLAB = 32;

    private MaxPool2d() {}

    /// `y[n, oh, ow, c] := max x[n, ih, iw, c]` over the window; `index` becomes the pixel
    /// `ih·width + iw` of the first maximum, or of the last NaN if there is one, as in PyTorch.
    public static void forward(
            float[] x, int xo, PoolShape s, float[] y, int yo, int[] index, int io) {
        int lines = s.batch() * s.height().out();
        int work = s.width().out() * s.channels() * s.height().longest() * s.width().longest();
        Parallel.run(
                lines,
                Math.max(1, GRAIN / Math.max(1, work)),
                (from, to) -> {
                    float[] place = Scratch.floats(s.channels());
                    for (int line = from; line < to; line++) {
                        line(x, xo, s, line, y, yo, index, io, place);
                    }
                    Scratch.release(place);
                });
    }

    /// One row of pixels of one output image.
    private static void line(
            float[] x,
            int xo,
            PoolShape s,
            int line,
            float[] y,
            int yo,
            int[] index,
            int io,
            float[] place) {
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        int channels = s.channels();
        int oh = line % h.out();
        int image = xo + line / h.out() * h.in() * w.in() * channels;
        int top = h.first(oh);
        int bottom = h.end(oh);
        int down = h.dilation() * w.in();
        for (int ow = 0; ow < w.out(); ow++) {
            int left = w.first(ow);
            int rows = steps(top, bottom, h.dilation());
            int columns = steps(left, w.end(ow), w.dilation());
            int pixel = Math.min(top, h.in() - 1) * w.in() + Math.min(left, w.in() - 1);
            int out = (line * w.out() + ow) * channels;
            window(
                    x,
                    image + pixel * channels,
                    down,
                    w.dilation(),
                    rows,
                    columns,
                    channels,
                    y,
                    yo + out,
                    place);
            for (int c = 0; c < channels; c++) {
                index[io + out + c] = pixel + (int) place[c];
            }
        }
    }

    private static int steps(int first, int end, int step) {
        return end <= first ? 0 : (end - first + step - 1) / step;
    }

    /// The maximum of one window, and how many pixels after the window's first one it is found:
    /// numbers that are exact in any precision, as a shape's windows are bounded. Taps are `down`
    /// and `right` pixels apart.
    private static void window(
            float[] x,
            int xo,
            int down,
            int right,
            int rows,
            int columns,
            int n,
            float[] y,
            int yo,
            float[] place) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector best0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            FloatVector best1 = best0;
            FloatVector place0 = FloatVector.zero(S);
            FloatVector place1 = place0;
            for (int r = 0; r < rows; r++) {
                for (int k = 0, pixel = r * down; k < columns; k++, pixel += right) {
                    int i = xo + pixel * n + c;
                    FloatVector at = FloatVector.broadcast(S, pixel);
                    FloatVector v0 = FloatVector.fromArray(S, x, i);
                    FloatVector v1 = FloatVector.fromArray(S, x, i + LANES);
                    VectorMask<Float> m0 = beats(v0, best0);
                    VectorMask<Float> m1 = beats(v1, best1);
                    best0 = best0.blend(v0, m0);
                    best1 = best1.blend(v1, m1);
                    place0 = place0.blend(at, m0);
                    place1 = place1.blend(at, m1);
                }
            }
            best0.intoArray(y, yo + c);
            best1.intoArray(y, yo + c + LANES);
            place0.intoArray(place, c);
            place1.intoArray(place, c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            FloatVector found = FloatVector.zero(S);
            for (int r = 0; r < rows; r++) {
                for (int k = 0, pixel = r * down; k < columns; k++, pixel += right) {
                    int i = xo + pixel * n + c;
                    FloatVector at = FloatVector.broadcast(S, pixel);
                    FloatVector v = FloatVector.fromArray(S, x, i, m);
                    VectorMask<Float> better = beats(v, best);
                    best = best.blend(v, better);
                    found = found.blend(at, better);
                }
            }
            best.intoArray(y, yo + c, m);
            found.intoArray(place, c, m);
        }
    }

    private static VectorMask<Float> beats(FloatVector v, FloatVector best) {
        return v.compare(VectorOperators.GT, best).or(v.compare(VectorOperators.NE, v));
    }

    /// `gx[n, index[n, oh, ow, c], c] := Σ gy[n, oh, ow, c]`, 0 where no output found its maximum.
    public static void backward(
            float[] gy, int gyo, PoolShape s, int[] index, int io, float[] gx, int gxo) {
        int channels = s.channels();
        int slab = s.batch() >= 16 ? channels : Math.min(SLAB, channels);
        int slabs = slab == 0 ? 0 : (channels + slab - 1) / slab;
        int pixels = s.height().in() * s.width().in();
        Parallel.run(
                s.batch() * slabs,
                Math.max(1, GRAIN / (pixels * Math.max(1, slab))),
                (from, to) -> {
                    for (int task = from; task < to; task++) {
                        int first = task % slabs * slab;
                        int n = Math.min(slab, channels - first);
                        scatter(gy, gyo, s, index, io, gx, gxo, task / slabs, first, n);
                    }
                });
    }

    /// The gradient of n channels of one image.
    private static void scatter(
            float[] gy,
            int gyo,
            PoolShape s,
            int[] index,
            int io,
            float[] gx,
            int gxo,
            int image,
            int first,
            int n) {
        int channels = s.channels();
        int pixelsIn = s.height().in() * s.width().in();
        int pixelsOut = s.height().out() * s.width().out();
        int in = gxo + image * pixelsIn * channels + first;
        int out = image * pixelsOut * channels + first;
        if (n == channels) {
            java.util.Arrays.fill(gx, in, in + pixelsIn * channels, 0);
        } else {
            for (int p = 0; p < pixelsIn; p++) {
                java.util.Arrays.fill(gx, in + p * channels, in + p * channels + n, 0);
            }
        }
        for (int p = 0; p < pixelsOut; p++) {
            int at = out + p * channels;
            for (int c = 0; c < n; c++) {
                gx[in + index[io + at + c] * channels + c] += gy[gyo + at + c];
            }
        }
    }
}
