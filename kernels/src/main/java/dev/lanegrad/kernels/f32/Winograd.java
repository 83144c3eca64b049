package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import org.jspecify.annotations.Nullable;

/// Two-dimensional convolution of channels-last images with a window of three by three pixels, and
/// its gradients, by Winograd's algorithm F(4×4, 3×3): a quarter of the multiplications of
/// [Conv2d], and about ten times its rounding error.
///
/// For shapes that [dev.lanegrad.kernels.ConvAlgorithm#WINOGRAD] serves.
final class Winograd {
    private Winograd() {}

    /// As [Conv2d#forward].
    static void forward(
            float[] x,
            int xo,
            float[] w,
            int wo,
            WeightStrides ws,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            ConvShape s) {
        TileGrid target = TileGrid.covering(s.outH(), s.outW(), s.o());
        TileGrid source = target.seen(s.h(), s.w(), s.c(), s.padH(), s.padW());
        var window = new WinogradWindow(w, wo, ws.kh(), ws.kw(), ws.c(), ws.o());
        new WinogradBlocks(source, target, s.n() * target.tiles(), window)
                .run(x, xo, bias, bo, y, yo);
    }

    /// As [PackedConv2d#forward].
    static void forward(
            float[] x,
            int xo,
            float[] packed,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            ConvShape s,
            @Nullable Epilogue epilogue) {
        TileGrid target = TileGrid.covering(s.outH(), s.outW(), s.o());
        TileGrid source = target.seen(s.h(), s.w(), s.c(), s.padH(), s.padW());
        WinogradWeights weights = WinogradWeights.in(packed, s.c(), s.o());
        new WinogradBlocks(source, target, s.n() * target.tiles(), weights, epilogue)
                .run(x, xo, bias, bo, y, yo);
    }

    /// As [Conv2d#gradInput]: the convolution of gy, with a border two pixels wide less x's, and
    /// the window turned round.
    static void gradInput(
            float[] gy,
            int gyo,
            float[] w,
            int wo,
            WeightStrides ws,
            float[] gx,
            int gxo,
            ConvShape s) {
        TileGrid target = TileGrid.covering(s.h(), s.w(), s.c());
        TileGrid source = target.seen(s.outH(), s.outW(), s.o(), 2 - s.padH(), 2 - s.padW());
        int last = wo + 2 * ws.kh() + 2 * ws.kw();
        var window = new WinogradWindow(w, last, -ws.kh(), -ws.kw(), ws.o(), ws.c());
        new WinogradBlocks(source, target, s.n() * target.tiles(), window)
                .run(gy, gyo, null, 0, gx, gxo);
    }

    /// As [Conv2d#gradWeight].
    static void gradWeight(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] gw,
            int gwo,
            WeightStrides ws,
            ConvShape s) {
        TileGrid target = TileGrid.covering(s.outH(), s.outW(), s.o());
        TileGrid source = target.seen(s.h(), s.w(), s.c(), s.padH(), s.padW());
        boolean inPlace = ws.equals(WeightStrides.channelsLast(s));
        float[] dense = inPlace ? gw : Scratch.floats(9 * s.c() * s.o());
        int at = inPlace ? gwo : 0;
        new WinogradGradWeight(source, target, s.n() * target.tiles())
                .run(x, xo, gy, gyo, dense, at);
        if (!inPlace) {
            Conv2d.place(dense, gw, gwo, ws, s);
            Scratch.release(dense);
        }
    }
}
