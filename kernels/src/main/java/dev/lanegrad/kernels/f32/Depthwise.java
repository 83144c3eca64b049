package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Convolution of every channel by itself, and its gradients: lanes are channels. Arguments are
/// those of [Conv2d].
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
                        int i = row % v.targetH() * v.stepH();
                        int done = 0;
                        if (DepthwiseRow.isInside(v, i)) {
                            done = S.loopBound(channels);
                            vectors(v, row, x, xo, weights, bias, bo, y, at, channels, done);
                        }
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

    /// Channels 0 to `end` of a row inside.
    private static void vectors(
            Window v,
            int row,
            float[] x,
            int xo,
            float[] w,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            int channels,
            int end) {
        int n = v.targetW();
        boolean whole = DepthwiseRow.isWhole(v);
        int x0 = source(v, row, 0, xo, channels);
        int x1 = source(v, row, 1, xo, channels);
        int x2 = source(v, row, 2, xo, channels);
        float[] starts = bias == null ? Blocking.ZEROS : bias;
        for (int c = 0; c < end; c += W) {
            int start = bias == null ? 0 : bo + c;
            if (v.stepW() == 1) {
                DepthwiseRow.dense(
                        x, x0 + c, x1 + c, x2 + c, channels, w, c, channels, starts, start, y,
                        yo + c, n);
            } else {
                DepthwiseRow.strided(
                        x, x0 + c, x1 + c, x2 + c, channels, w, c, channels, starts, start, y,
                        yo + c, n, whole);
            }
        }
    }

    /// Where the source row begins that belongs to row `r` of the window, for a row of target
    /// pixels counted through all images.
    private static int source(Window v, int row, int r, int xo, int channels) {
        int h = row % v.targetH() * v.stepH() + v.rows()[r];
        return xo + (row / v.targetH() * v.sourceH() + h) * v.sourceW() * channels;
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

    static void gradWeight(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] gw,
            int gwo,
            WeightStrides ws,
            ConvShape s) {
        Window window = Window.forward(s);
        int strips = Blocking.parts(s.c(), W);
        int length = window.taps() * strips * W;
        int rows = window.n() * window.targetH();
        int blocks = Math.clamp(rows, 1, Blocking.CHUNKS);
        float[] sums = Scratch.floats(blocks * length);
        Arrays.fill(sums, 0, blocks * length, 0);
        Parallel.run(
                blocks,
                1,
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        int next = Blocking.start(b + 1, rows, blocks);
                        for (int row = Blocking.start(b, rows, blocks); row < next; row++) {
                            addRow(x, xo, gy, gyo, sums, b * length, window, row, s.c());
                        }
                    }
                });
        for (int b = 1; b < blocks; b++) {
            for (int i = 0; i < length; i++) {
                sums[i] += sums[b * length + i];
            }
        }
        for (int i = 0; i < window.taps() * strips; i++) {
            int tap = i / strips;
            int c = i % strips * W;
            int at = gwo + tap / s.kw() * ws.kh() + tap % s.kw() * ws.kw() + c * ws.o();
            Copy.strided(sums, i * W, 1, gw, at, ws.o(), Math.min(W, s.c() - c));
        }
        Scratch.release(sums);
    }

    /// `sums := sums + Σ x·gy` over a row of target pixels, for all taps: of few channels at a
    /// time, which stay in the first-level cache meanwhile.
    private static void addRow(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            Window v,
            int row,
            int channels) {
        int image = row / v.targetH();
        int i = row % v.targetH() * v.stepH();
        int taps = v.columns().length;
        int strips = Blocking.parts(channels, W);
        boolean inside = DepthwiseRow.serves(v) && DepthwiseRow.isInside(v, i);
        int x0 = inside ? source(v, row, 0, xo, channels) : 0;
        int x1 = inside ? source(v, row, 1, xo, channels) : 0;
        int x2 = inside ? source(v, row, 2, xo, channels) : 0;
        boolean whole = DepthwiseRow.isWhole(v);
        int go = gyo + row * v.targetW() * channels;
        for (int c = 0; c < channels; c += W) {
            int n = Math.min(W, channels - c);
            if (inside && n == W) {
                int ld = strips * W;
                int at = so + c;
                if (v.stepW() == 1) {
                    DepthwiseRow.denseGradient(
                            x,
                            x0 + c,
                            x1 + c,
                            x2 + c,
                            channels,
                            gy,
                            go + c,
                            sums,
                            at,
                            ld,
                            v.targetW());
                } else {
                    DepthwiseRow.stridedGradient(
                            x,
                            x0 + c,
                            x1 + c,
                            x2 + c,
                            channels,
                            gy,
                            go + c,
                            sums,
                            at,
                            ld,
                            v.targetW(),
                            whole);
                }
                continue;
            }
            for (int tap = 0; tap < v.taps(); tap++) {
                int h = i + v.rows()[tap / taps];
                int column = v.columns()[tap % taps];
                int j0 = v.firstTarget(column);
                int count = v.endOfTargets(column) - j0;
                if (h < 0 || h >= v.sourceH() || count <= 0) {
                    continue;
                }
                int source = (image * v.sourceH() + h) * v.sourceW() + j0 * v.stepW() + column;
                int xi = xo + source * channels + c;
                int yi = gyo + (row * v.targetW() + j0) * channels + c;
                int at = so + tap * strips * W + c;
                addProducts(count, x, xi, v.stepW() * channels, gy, yi, channels, sums, at, n);
            }
        }
    }

    /// Sums along one image row, in four partial sums.
    private static void addProducts(
            int count,
            float[] x,
            int xo,
            int ldx,
            float[] gy,
            int gyo,
            int ldy,
            float[] sums,
            int so,
            int n) {
        VectorMask<Float> m = S.indexInRange(0, n);
        FloatVector s0 = FloatVector.fromArray(S, sums, so);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            int xj = xo + j * ldx;
            int yj = gyo + j * ldy;
            FloatVector y0 = FloatVector.fromArray(S, gy, yj, m);
            s0 = FloatVector.fromArray(S, x, xj, m).fma(y0, s0);
            FloatVector y1 = FloatVector.fromArray(S, gy, yj + ldy, m);
            s1 = FloatVector.fromArray(S, x, xj + ldx, m).fma(y1, s1);
            FloatVector y2 = FloatVector.fromArray(S, gy, yj + 2 * ldy, m);
            s2 = FloatVector.fromArray(S, x, xj + 2 * ldx, m).fma(y2, s2);
            FloatVector y3 = FloatVector.fromArray(S, gy, yj + 3 * ldy, m);
            s3 = FloatVector.fromArray(S, x, xj + 3 * ldx, m).fma(y3, s3);
        }
        for (; j < count; j++) {
            FloatVector y0 = FloatVector.fromArray(S, gy, gyo + j * ldy, m);
            s0 = FloatVector.fromArray(S, x, xo + j * ldx, m).fma(y0, s0);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, so);
    }
}
