package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;

/// A convolution's weight in the order of [WeightStrides#channelsLast], whatever order it came in:
/// for each tap and each input channel of a group a row of output channels.
final class DenseWeights {
    private DenseWeights() {}

    static int length(ConvShape s) {
        return s.kh() * s.kw() * s.groupC() * s.o();
    }

    /// A scratch array, to be released.
    static float[] of(float[] w, int wo, WeightStrides ws, ConvShape s) {
        float[] dense = Scratch.floats(Math.max(1, length(s)));
        fill(dense, w, wo, ws, s);
        return dense;
    }

    static void fill(float[] dense, float[] w, int wo, WeightStrides ws, ConvShape s) {
        int row = 0;
        for (int t = 0; t < s.kh() * s.kw(); t++) {
            for (int c = 0; c < s.groupC(); c++) {
                int from = wo + t / s.kw() * ws.kh() + t % s.kw() * ws.kw() + c * ws.c();
                Copy.strided(w, from, ws.o(), dense, row, 1, s.o());
                row += s.o();
            }
        }
    }
}
