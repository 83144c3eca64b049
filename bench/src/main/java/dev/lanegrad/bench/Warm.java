package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import dev.lanegrad.kernels.any.Gemm;
import java.util.Random;

/// Other work before a measurement, so that no kernel is compiled for the one shape that is
/// measured.
final class Warm {
    private static final ConvShape[] LAYERS = {
        ConvShape.of(1, 64, 14, 14, 64, 3, 3, 1, 1),
        ConvShape.of(1, 32, 14, 14, 96, 3, 3, 2, 1),
        ConvShape.of(1, 3, 28, 28, 16, 7, 7, 2, 3),
        ConvShape.of(2, 48, 9, 9, 128, 1, 1, 1, 0)
    };
    private static final int[][] PRODUCTS = {
        {64, 64, 64}, {100, 130, 300}, {37, 10, 90}, {250, 64, 500}, {1, 200, 300}, {16, 48, 33}
    };

    private Warm() {}

    /// `n` values between -0.5 and 0.5.
    static float[] values(int n, int seed) {
        Random random = new Random(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    /// Other shapes and operations, at least two seconds and 30 rounds of them.
    static void up() {
        float[] a = values(1 << 18, 1);
        float[] b = values(1 << 18, 2);
        float[] c = new float[1 << 18];
        long end = System.nanoTime() + 2_000_000_000L;
        for (int round = 0; round < 30 || System.nanoTime() < end; round++) {
            for (int[] p : PRODUCTS) {
                Gemm.gemm(p[0], p[1], p[2], a, 0, p[2], 1, b, 0, p[1], 1, c, 0, p[1], false);
                Gemm.gemm(p[0], p[1], p[2], a, 0, 1, p[0], b, 0, 1, p[2], c, 0, p[1], true);
            }
            for (ConvShape s : LAYERS) {
                WeightStrides ws = WeightStrides.channelsLast(s);
                for (ConvAlgorithm algorithm : ConvAlgorithm.values()) {
                    if (algorithm.serves(s)) {
                        Conv2d.forward(a, 0, b, 0, ws, null, 0, c, 0, s, algorithm);
                        Conv2d.gradInput(a, 0, b, 0, ws, c, 0, s, algorithm);
                        Conv2d.gradWeight(a, 0, b, 0, c, 0, ws, s, algorithm);
                    }
                }
            }
        }
    }
}
