package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Average over windows of channels-last images, with lanes along the channels.
///
/// The divisor is `divisor` if that is not 0, else the size of the window inside the image, with
/// the padding if `countIncludePad`. Windows have no dilation.
public final class AvgPool2d {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    /// Window elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 16;

    private AvgPool2d() {}

    /// `y[n, oh, ow, c] := Σ x[n, ih, iw, c] / divisor` over the window, row by row.
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
        int line = w.in() * channels;
        int work = w.out() * channels * h.longest() * w.longest();
        Parallel.run(
                s.batch() * h.out(),
                Math.max(1, GRAIN / Math.max(1, work)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int oh = i % h.out();
                        int top = h.first(oh);
                        int rows = h.end(oh) - top;
                        int at = xo + (i / h.out() * h.in() + top) * line;
                        for (int ow = 0; ow < w.out(); ow++) {
                            int left = w.first(ow);
                            int out = yo + (i * w.out() + ow) * channels;
                            float count = divisor(s, oh, ow, countIncludePad, divisor);
                            int columns = w.end(ow) - left;
                            window(
                                    x,
                                    at + left * channels,
                                    line,
                                    rows,
                                    columns,
                                    channels,
                                    count,
                                    y,
                                    out);
                        }
                    }
                });
    }

    private static void window(
            float[] x,
            int xo,
            int line,
            int rows,
            int columns,
            int n,
            float count,
            float[] y,
            int yo) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector sum0 = FloatVector.zero(S);
            FloatVector sum1 = sum0;
            for (int r = 0; r < rows; r++) {
                FloatVector row0 = FloatVector.zero(S);
                FloatVector row1 = row0;
                for (int k = 0, i = xo + c + r * line; k < columns; k++, i += n) {
                    row0 = row0.add(FloatVector.fromArray(S, x, i));
                    row1 = row1.add(FloatVector.fromArray(S, x, i + LANES));
                }
                sum0 = sum0.add(row0);
                sum1 = sum1.add(row1);
            }
            sum0.div(count).intoArray(y, yo + c);
            sum1.div(count).intoArray(y, yo + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector sum = FloatVector.zero(S);
            for (int r = 0; r < rows; r++) {
                FloatVector row = FloatVector.zero(S);
                for (int k = 0, i = xo + c + r * line; k < columns; k++, i += n) {
                    row = row.add(FloatVector.fromArray(S, x, i, m));
                }
                sum = sum.add(row);
            }
            sum.div(count).intoArray(y, yo + c, m);
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
        int[] top = h.firstWindows();
        int[] bottom = h.endWindows();
        int[] left = w.firstWindows();
        int[] right = w.endWindows();
        int channels = s.channels();
        float[] shares = shares(s, countIncludePad, divisor);
        Parallel.run(
                s.batch() * h.in(),
                Math.max(1, GRAIN / Math.max(1, w.in() * channels)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int ih = i % h.in();
                        int image = gyo + i / h.in() * h.out() * w.out() * channels;
                        for (int iw = 0; iw < w.in(); iw++) {
                            pixel(
                                    gy,
                                    image,
                                    w.out(),
                                    top[ih],
                                    bottom[ih],
                                    left[iw],
                                    right[iw],
                                    shares,
                                    channels,
                                    gx,
                                    gxo + (i * w.in() + iw) * channels);
                        }
                    }
                });
    }

    /// What a pixel has in the average of each window.
    private static float[] shares(PoolShape s, boolean countIncludePad, int divisor) {
        int rows = s.height().out();
        int columns = s.width().out();
        float[] shares = new float[rows * columns];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 1f / divisor(s, i / columns, i % columns, countIncludePad, divisor);
        }
        return shares;
    }

    /// `gx := Σ gy·share` over the windows from `top` to `bottom` and from `left` to `right`.
    private static void pixel(
            float[] gy,
            int image,
            int line,
            int top,
            int bottom,
            int left,
            int right,
            float[] shares,
            int n,
            float[] gx,
            int gxo) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector sum0 = FloatVector.zero(S);
            FloatVector sum1 = sum0;
            for (int oh = top; oh < bottom; oh++) {
                for (int o = oh * line + left; o < oh * line + right; o++) {
                    FloatVector share = FloatVector.broadcast(S, shares[o]);
                    int at = image + o * n + c;
                    sum0 = FloatVector.fromArray(S, gy, at).fma(share, sum0);
                    sum1 = FloatVector.fromArray(S, gy, at + LANES).fma(share, sum1);
                }
            }
            sum0.intoArray(gx, gxo + c);
            sum1.intoArray(gx, gxo + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector sum = FloatVector.zero(S);
            for (int oh = top; oh < bottom; oh++) {
                for (int o = oh * line + left; o < oh * line + right; o++) {
                    FloatVector share = FloatVector.broadcast(S, shares[o]);
                    sum = FloatVector.fromArray(S, gy, image + o * n + c, m).fma(share, sum);
                }
            }
            sum.intoArray(gx, gxo + c, m);
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
