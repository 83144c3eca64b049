package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Convolution in groups of a few channels each, several of which fill a vector, and its gradients.
/// Arguments are those of [Conv2d].
///
/// Lanes are output channels. What lane l multiplies for input channel c of its group stands in the
/// same vector of x, at the group's beginning plus c: one rearrangement for each product. An
/// image's vector of channels is packed first: in its own place its pixels are a power of two apart
/// as a rule, and compete for a few lines of the cache.
final class Grouped {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    /// Input channels at a time: as many sums as hide a multiply-add's latency.
    private static final int STEP = 4;

    private Grouped() {}

    /// Whether groups take as many channels as they give, and whole groups fill whole vectors.
    static boolean serves(ConvShape s) {
        int g = s.groupC();
        return s.groups() > 1 && g == s.groupO() && g % STEP == 0 && W % g == 0 && s.c() % W == 0;
    }

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
        gather(Window.forward(s), x, xo, weights, bias, bo, y, place, s, epilogue);
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
        float[] weights = Scratch.floats(DenseWeights.length(s));
        for (int i = 0; i < Math.min(s.strideH(), s.h()); i++) {
            for (int j = 0; j < Math.min(s.strideW(), s.w()); j++) {
                Place place = new Place(gxo, s.h(), s.w(), s.c(), i, j, s.strideH(), s.strideW());
                Window window = Window.gradInput(s, i, j);
                adjoint(w, wo, ws, s, window, weights);
                gather(window, gy, gyo, weights, null, 0, gx, place, s, null);
            }
        }
        Scratch.release(weights);
    }

    /// For each tap of the window, each output channel of a group and each input channel.
    private static void adjoint(
            float[] w, int wo, WeightStrides ws, ConvShape s, Window window, float[] to) {
        int g = s.groupC();
        int row = 0;
        for (int r : window.tapRows()) {
            for (int q : window.tapColumns()) {
                int tap = wo + r * ws.kh() + q * ws.kw();
                for (int o = 0; o < g; o++) {
                    for (int c = 0; c < s.c(); c++) {
                        to[row + c] = w[tap + (c - c % g + o) * ws.o() + c % g * ws.c()];
                    }
                    row += s.c();
                }
            }
        }
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
            ConvShape s,
            @Nullable Epilogue epilogue) {
        int targets = window.targetH() * window.targetW();
        int sources = window.sourceH() * window.sourceW();
        int strips = s.c() / W;
        Parallel.run(
                window.n() * strips,
                1,
                (from, to) -> {
                    float[] source = Scratch.floats(sources * W);
                    float[] target = Scratch.floats(targets * W);
                    for (int i = from; i < to; i++) {
                        int o = i % strips * W;
                        int first = i / strips * targets;
                        pack(x, xo + i / strips * sources * s.c() + o, s.c(), sources, source);
                        fill(bias, bo + o, target, targets);
                        for (int row = 0; row < window.targetH(); row++) {
                            addRow(source, weights, o, target, s, window, row);
                        }
                        for (int p = 0; p < targets; p++) {
                            FloatVector.fromArray(S, target, p * W)
                                    .intoArray(y, place.at(first + p) + o);
                        }
                        if (epilogue != null) {
                            epilogue.apply(y, place.at(first) + o, targets, s.c(), o, W);
                        }
                    }
                    Scratch.release(source);
                    Scratch.release(target);
                });
    }

    private static void fill(float @Nullable [] bias, int bo, float[] target, int pixels) {
        FloatVector first = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, bo);
        for (int p = 0; p < pixels; p++) {
            first.intoArray(target, p * W);
        }
    }

    /// One vector of each pixel, one after the other.
    private static void pack(float[] x, int xo, int pitch, int pixels, float[] strip) {
        for (int p = 0; p < pixels; p++) {
            FloatVector.fromArray(S, x, xo + p * pitch).intoArray(strip, p * W);
        }
    }

    /// `y := y + w·x` over the pixels of one target row of packed images.
    private static void addRow(
            float[] x, float[] w, int o, float[] y, ConvShape s, Window v, int row) {
        int g = s.groupC();
        int at = o;
        for (int r : v.rows()) {
            int h = row * v.stepH() + r;
            for (int column : v.columns()) {
                int j0 = v.firstTarget(column);
                int j1 = v.endOfTargets(column);
                if (h >= 0 && h < v.sourceH() && j0 < j1) {
                    int xi = (h * v.sourceW() + j0 * v.stepW() + column) * W;
                    int yi = (row * v.targetW() + j0) * W;
                    for (int c = 0; c < g; c += STEP) {
                        int wi = at + c * s.c();
                        addProducts(j1 - j0, x, xi, v.stepW() * W, w, wi, s.c(), y, yi, g, c);
                    }
                }
                at += g * s.c();
            }
        }
    }

    /// For STEP input channels from `c` on.
    private static void addProducts(
            int count,
            float[] x,
            int xo,
            int ldx,
            float[] w,
            int wo,
            int ldw,
            float[] y,
            int yo,
            int g,
            int c) {
        VectorShuffle<Float> p0 = Lanes.member(g, c);
        VectorShuffle<Float> p1 = Lanes.member(g, c + 1);
        VectorShuffle<Float> p2 = Lanes.member(g, c + 2);
        VectorShuffle<Float> p3 = Lanes.member(g, c + 3);
        FloatVector w0 = FloatVector.fromArray(S, w, wo);
        FloatVector w1 = FloatVector.fromArray(S, w, wo + ldw);
        FloatVector w2 = FloatVector.fromArray(S, w, wo + 2 * ldw);
        FloatVector w3 = FloatVector.fromArray(S, w, wo + 3 * ldw);
        for (int j = 0; j < count; j++) {
            FloatVector v = FloatVector.fromArray(S, x, xo + j * ldx);
            FloatVector s0 = v.rearrange(p0).fma(w0, FloatVector.fromArray(S, y, yo + j * W));
            FloatVector s1 = v.rearrange(p1).mul(w1);
            s0 = v.rearrange(p2).fma(w2, s0);
            s1 = v.rearrange(p3).fma(w3, s1);
            s0.add(s1).intoArray(y, yo + j * W);
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
        int g = s.groupC();
        int taps = window.taps();
        int sources = window.sourceH() * window.sourceW();
        int targets = window.targetH() * window.targetW();
        Parallel.run(
                s.c() / W,
                1,
                (from, to) -> {
                    float[] sums = Scratch.floats(taps * g * W);
                    float[] source = Scratch.floats(sources * W);
                    float[] target = Scratch.floats(targets * W);
                    for (int o = from * W; o < to * W; o += W) {
                        Arrays.fill(sums, 0, taps * g * W, 0);
                        for (int image = 0; image < s.n(); image++) {
                            pack(x, xo + image * sources * s.c() + o, s.c(), sources, source);
                            pack(gy, gyo + image * targets * s.c() + o, s.c(), targets, target);
                            for (int row = 0; row < window.targetH(); row++) {
                                gradRow(source, target, sums, g, window, row);
                            }
                        }
                        for (int i = 0; i < taps * g; i++) {
                            int tap = i / g;
                            int at =
                                    tap / s.kw() * ws.kh()
                                            + tap % s.kw() * ws.kw()
                                            + i % g * ws.c();
                            Copy.strided(sums, i * W, 1, gw, gwo + at + o * ws.o(), ws.o(), W);
                        }
                    }
                    Scratch.release(sums);
                    Scratch.release(source);
                    Scratch.release(target);
                });
    }

    /// `sums := sums + x·gy` over the pixels of one target row of packed images, for every tap and
    /// input channel.
    private static void gradRow(float[] x, float[] gy, float[] sums, int g, Window v, int row) {
        int sum = 0;
        for (int r : v.rows()) {
            int h = row * v.stepH() + r;
            for (int column : v.columns()) {
                int j0 = v.firstTarget(column);
                int j1 = v.endOfTargets(column);
                if (h >= 0 && h < v.sourceH() && j0 < j1) {
                    int xi = (h * v.sourceW() + j0 * v.stepW() + column) * W;
                    int yi = (row * v.targetW() + j0) * W;
                    for (int c = 0; c < g; c += STEP) {
                        addDots(j1 - j0, x, xi, v.stepW() * W, gy, yi, sums, sum + c * W, g, c);
                    }
                }
                sum += g * W;
            }
        }
    }

    /// Along one image row.
    private static void addDots(
            int count,
            float[] x,
            int xo,
            int ldx,
            float[] gy,
            int gyo,
            float[] sums,
            int at,
            int g,
            int c) {
        VectorShuffle<Float> p0 = Lanes.member(g, c);
        VectorShuffle<Float> p1 = Lanes.member(g, c + 1);
        VectorShuffle<Float> p2 = Lanes.member(g, c + 2);
        VectorShuffle<Float> p3 = Lanes.member(g, c + 3);
        FloatVector s0 = FloatVector.fromArray(S, sums, at);
        FloatVector s1 = FloatVector.fromArray(S, sums, at + W);
        FloatVector s2 = FloatVector.fromArray(S, sums, at + 2 * W);
        FloatVector s3 = FloatVector.fromArray(S, sums, at + 3 * W);
        for (int j = 0; j < count; j++) {
            FloatVector v = FloatVector.fromArray(S, x, xo + j * ldx);
            FloatVector d = FloatVector.fromArray(S, gy, gyo + j * W);
            s0 = v.rearrange(p0).fma(d, s0);
            s1 = v.rearrange(p1).fma(d, s1);
            s2 = v.rearrange(p2).fma(d, s2);
            s3 = v.rearrange(p3).fma(d, s3);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + W);
        s2.intoArray(sums, at + 2 * W);
        s3.intoArray(sums, at + 3 * W);
    }
}
