package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Convolution of every channel by itself, and its gradient to the input: lanes are channels.
/// Arguments are those of [Conv2d].
final class Depthwise {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    /// Products of one chunk of work.
    private static final int CHUNK = 1 << 17;

    private Depthwise() {}

    /// The weight is one of [DenseWeights].
    static void forward(
            float[] x,
            int xo,
            float[] weights,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            ConvShape s,
            @Nullable Epilogue epilogue) {
        Place place = new Place(yo, s.outH(), s.outW(), s.c(), 0, 0, 1, 1);
        gather(Window.forward(s), x, xo, weights, bias, bo, y, place, s.c(), epilogue);
    }

    static void gradInput(
            float[] gy,
            int gyo,
            float[] w,
            int wo,
            WeightStrides ws,
            float[] gx,
            int gxo,
            ConvShape s) {
        float[] weights = Scratch.floats(Math.max(1, DenseWeights.length(s)));
        for (int i = 0; i < Math.min(s.strideH(), s.h()); i++) {
            for (int j = 0; j < Math.min(s.strideW(), s.w()); j++) {
                Place place = new Place(gxo, s.h(), s.w(), s.c(), i, j, s.strideH(), s.strideW());
                Window window = Window.gradInput(s, i, j);
                int t = 0;
                for (int r : window.tapRows()) {
                    for (int q : window.tapColumns()) {
                        int at = wo + r * ws.kh() + q * ws.kw();
                        Copy.strided(w, at, ws.o(), weights, t++ * s.c(), 1, s.c());
                    }
                }
                gather(window, gy, gyo, weights, null, 0, gx, place, s.c(), null);
            }
        }
        Scratch.release(weights);
    }

    private static void gather(
            Window window,
            float[] x,
            int xo,
            float[] weights,
            float @Nullable [] bias,
            int bo,
            float[] y,
            Place place,
            int channels,
            @Nullable Epilogue epilogue) {
        if (DepthwiseRow.serves(window) && place.dense()) {
            rows(window, x, xo, weights, bias, bo, y, place.at(0), channels, epilogue);
            return;
        }
        int taps = window.taps();
        int grain = Math.max(1, CHUNK / Math.max(1, channels * taps));
        Parallel.run(
                window.pixels(),
                grain,
                (from, to) -> {
                    int[] xAt = new int[taps];
                    int[] wAt = new int[taps];
                    for (int p = from; p < to; p++) {
                        int n = seen(window, p, xo, channels, xAt, wAt);
                        sum(n, x, xAt, weights, wAt, bias, bo, y, place.at(p), 0, channels);
                    }
                    if (epilogue != null) {
                        epilogue.apply(y, place.at(from), to - from, channels, 0, channels);
                    }
                });
    }

    /// What [DepthwiseRow] serves, row by row; its channels that fill no vector, and rows at an
    /// image's edge, pixel by pixel.
    private static void rows(
            Window v,
            float[] x,
            int xo,
            float[] weights,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            int channels,
            @Nullable Epilogue epilogue) {
        int width = v.targetW();
        int grain = Math.max(1, CHUNK / Math.max(1, width * channels * v.taps()));
        Parallel.run(
                v.n() * v.targetH(),
                grain,
                (from, to) -> {
                    int[] xAt = new int[v.taps()];
                    int[] wAt = new int[v.taps()];
                    for (int row = from; row < to; row++) {
                        int at = yo + row * width * channels;
                        int done = DepthwiseRow.isInside(v, row) ? S.loopBound(channels) : 0;
                        DepthwiseRow.forward(
                                v, row, x, xo, weights, bias, bo, y, at, channels, done);
                        for (int j = 0; j < width && done < channels; j++) {
                            int n = seen(v, row * width + j, xo, channels, xAt, wAt);
                            int target = at + j * channels;
                            sum(n, x, xAt, weights, wAt, bias, bo, y, target, done, channels);
                        }
                        if (epilogue != null) {
                            epilogue.apply(y, at, width, channels, 0, channels);
                        }
                    }
                });
    }

    /// Where the source pixels begin that target pixel `p` sees, and their weights; returns how
    /// many.
    private static int seen(Window v, int p, int xo, int channels, int[] xAt, int[] wAt) {
        int j = p % v.targetW() * v.stepW();
        int i = p / v.targetW() % v.targetH() * v.stepH();
        int image = p / v.targetW() / v.targetH();
        int n = 0;
        int tap = 0;
        for (int row : v.rows()) {
            for (int column : v.columns()) {
                int h = i + row;
                int c = j + column;
                if (h >= 0 && c >= 0 && h < v.sourceH() && c < v.sourceW()) {
                    xAt[n] = xo + ((image * v.sourceH() + h) * v.sourceW() + c) * channels;
                    wAt[n] = tap * channels;
                    n++;
                }
                tap++;
            }
        }
        return n;
    }

    /// Channels from the `from`-th on, a multiple of W.
    private static void sum(
            int taps,
            float[] x,
            int[] xAt,
            float[] w,
            int[] wAt,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            int from,
            int channels) {
        int c = from;
        for (; c < S.loopBound(channels); c += W) {
            FloatVector sum =
                    bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, bo + c);
            for (int t = 0; t < taps; t++) {
                FloatVector v = FloatVector.fromArray(S, w, wAt[t] + c);
                sum = FloatVector.fromArray(S, x, xAt[t] + c).fma(v, sum);
            }
            sum.intoArray(y, yo + c);
        }
        if (c < channels) {
            VectorMask<Float> m = S.indexInRange(c, channels);
            FloatVector sum =
                    bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, bo + c, m);
            for (int t = 0; t < taps; t++) {
                FloatVector v = FloatVector.fromArray(S, w, wAt[t] + c, m);
                sum = FloatVector.fromArray(S, x, xAt[t] + c, m).fma(v, sum);
            }
            sum.intoArray(y, yo + c, m);
        }
    }
}
