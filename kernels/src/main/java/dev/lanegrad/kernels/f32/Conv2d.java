package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Two-dimensional convolution of channels-last images and its gradients.
///
/// Callers choose the algorithm, one that serves the shape ([ConvAlgorithm#serves]).
public final class Conv2d {
    private Conv2d() {}

    /// `y[n, o, i, j] := bias[o] + Σ w[o, c, r, q] · x[n, g·C/groups + c, i·strideH + r·dilationH −
    /// padH, j·strideW + q·dilationW − padW]`, the sum over c, r and q inside the image, where g is
    /// o's group.
    ///
    /// x is dense channels-last `[N, C, H, W]` from `xo`, y likewise `[N, O, outH, outW]` from
    /// `yo`; w is `[O, C / groups, KH, KW]` at any strides from `wo`; a null bias is zero. y is not
    /// read.
    public static void forward(
            float[] x,
            int xo,
            float[] w,
            int wo,
            WeightStrides ws,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            ConvShape s,
            ConvAlgorithm algorithm) {
        if (algorithm == ConvAlgorithm.WINOGRAD) {
            Winograd.forward(x, xo, w, wo, ws, bias, bo, y, yo, s);
            return;
        }
        if (s.isDepthwise() || Grouped.serves(s)) {
            float[] weights = DenseWeights.of(w, wo, ws, s);
            if (s.isDepthwise()) {
                Depthwise.forward(x, xo, weights, bias, bo, y, yo, s, null);
            } else {
                Grouped.forward(x, xo, weights, bias, bo, y, yo, s, null);
            }
            Scratch.release(weights);
            return;
        }
        Window window = Window.forward(s);
        int channels = s.groupC();
        int outputs = s.groupO();
        for (int g = 0; g < s.groups() && window.pixels() > 0; g++) {
            int wg = wo + g * outputs * ws.o();
            ConvWeights weights =
                    ConvWeights.pack(
                            window, channels, outputs, w, wg, ws.kh(), ws.kw(), ws.c(), ws.o());
            new ConvBlocks(window, x, xo + g * channels, s.c(), channels, weights, outputs)
                    .run(
                            bias,
                            bo + g * outputs,
                            y,
                            new Place(yo + g * outputs, s.outH(), s.outW(), s.o(), 0, 0, 1, 1),
                            null);
            weights.release();
        }
    }

    /// `gx := ` the gradient of `Σ gy · y` with respect to x, for y of [#forward].
    ///
    /// gy is dense channels-last `[N, O, outH, outW]` from `gyo`, gx likewise `[N, C, H, W]` from
    /// `gxo`, w as for [#forward]. gx is not read.
    public static void gradInput(
            float[] gy,
            int gyo,
            float[] w,
            int wo,
            WeightStrides ws,
            float[] gx,
            int gxo,
            ConvShape s,
            ConvAlgorithm algorithm) {
        if (algorithm == ConvAlgorithm.WINOGRAD) {
            Winograd.gradInput(gy, gyo, w, wo, ws, gx, gxo, s);
            return;
        }
        if (s.isDepthwise()) {
            Depthwise.gradInput(gy, gyo, w, wo, ws, gx, gxo, s);
            return;
        }
        if (Grouped.serves(s)) {
            Grouped.gradInput(gy, gyo, w, wo, ws, gx, gxo, s);
            return;
        }
        for (int i = 0; i < Math.min(s.strideH(), s.h()); i++) {
            for (int j = 0; j < Math.min(s.strideW(), s.w()); j++) {
                gradInputPhase(gy, gyo, w, wo, ws, gx, gxo, s, i, j);
            }
        }
    }

    /// The pixels of gx at `[i, j]` modulo the strides.
    private static void gradInputPhase(
            float[] gy,
            int gyo,
            float[] w,
            int wo,
            WeightStrides ws,
            float[] gx,
            int gxo,
            ConvShape s,
            int i,
            int j) {
        Window window = Window.gradInput(s, i, j);
        int channels = s.groupO();
        int outputs = s.groupC();
        for (int g = 0; g < s.groups() && window.pixels() > 0; g++) {
            int at = gxo + g * outputs;
            Place place = new Place(at, s.h(), s.w(), s.c(), i, j, s.strideH(), s.strideW());
            if (window.taps() == 0 || s.outH() == 0 || s.outW() == 0) {
                for (int p = 0; p < window.pixels(); p++) {
                    Arrays.fill(gx, place.at(p), place.at(p) + outputs, 0);
                }
                continue;
            }
            int wg = wo + g * channels * ws.o();
            ConvWeights weights =
                    ConvWeights.pack(
                            window, channels, outputs, w, wg, ws.kh(), ws.kw(), ws.o(), ws.c());
            new ConvBlocks(window, gy, gyo + g * channels, s.o(), channels, weights, outputs)
                    .run(null, 0, gx, place, null);
            weights.release();
        }
    }

    /// `gw := ` the gradient of `Σ gy · y` with respect to w, for y of [#forward].
    ///
    /// x and gy are dense channels-last `[N, C, H, W]` from `xo` and `[N, O, outH, outW]` from
    /// `gyo`; gw is `[O, C / groups, KH, KW]` at any strides from `gwo`, fastest at
    /// [WeightStrides#channelsLast]. gw is not read.
    public static void gradWeight(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] gw,
            int gwo,
            WeightStrides ws,
            ConvShape s,
            ConvAlgorithm algorithm) {
        if (algorithm == ConvAlgorithm.WINOGRAD) {
            Winograd.gradWeight(x, xo, gy, gyo, gw, gwo, ws, s);
            return;
        }
        if (s.isDepthwise()) {
            DepthwiseGradWeight.run(x, xo, gy, gyo, gw, gwo, ws, s);
            return;
        }
        if (Grouped.serves(s)) {
            Grouped.gradWeight(x, xo, gy, gyo, gw, gwo, ws, s);
            return;
        }
        Window window = Window.forward(s);
        int channels = s.groupC();
        int outputs = s.groupO();
        int depth = window.taps() * channels;
        boolean inPlace = ws.equals(WeightStrides.channelsLast(s));
        float[] rows = inPlace ? gw : Scratch.floats(depth * s.o());
        int ro = inPlace ? gwo : 0;
        if (window.pixels() == 0) {
            Arrays.fill(rows, ro, ro + depth * s.o(), 0);
        }
        for (int g = 0; g < s.groups() && window.pixels() > 0; g++) {
            int o = g * outputs;
            new ConvGradWeight(
                            window,
                            x,
                            xo + g * channels,
                            s.c(),
                            channels,
                            gy,
                            gyo + o,
                            s.o(),
                            outputs)
                    .run(rows, ro + o, s.o());
        }
        if (!inPlace) {
            place(rows, gw, gwo, ws, s);
            Scratch.release(rows);
        }
    }

    /// Copies a dense gradient `[KH, KW, C / groups, O]` to its strides.
    static void place(float[] rows, float[] gw, int gwo, WeightStrides ws, ConvShape s) {
        int k = 0;
        for (int r = 0; r < s.kh(); r++) {
            for (int q = 0; q < s.kw(); q++) {
                for (int c = 0; c < s.groupC(); c++) {
                    int at = gwo + r * ws.kh() + q * ws.kw() + c * ws.c();
                    Copy.strided(rows, k * s.o(), 1, gw, at, ws.o(), s.o());
                    k++;
                }
            }
        }
    }
}
