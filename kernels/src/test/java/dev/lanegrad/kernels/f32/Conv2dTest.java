package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Conv2dTest {
    private final int threads = Parallel.numThreads();

    @AfterEach
    void restoreThreads() {
        Parallel.setNumThreads(threads);
    }

    @Test
    void usualShapesMatch() {
        Random random = new Random(1);
        check(ConvShape.of(2, 16, 9, 9, 16, 3, 3, 1, 1), random);
        check(ConvShape.of(1, 64, 7, 7, 64, 3, 3, 1, 1), random);
        check(ConvShape.of(2, 3, 17, 13, 20, 7, 7, 2, 3), random);
        check(ConvShape.of(2, 24, 8, 8, 40, 1, 1, 1, 0), random);
        check(ConvShape.of(2, 8, 9, 7, 17, 1, 1, 2, 0), random);
        check(ConvShape.of(1, 5, 8, 8, 70, 3, 3, 2, 1), random);
        check(ConvShape.of(3, 130, 3, 3, 5, 3, 3, 1, 1), random);
    }

    @Test
    void fewChannelsMatch() {
        Random random = new Random(8);
        check(ConvShape.of(2, 16, 28, 28, 16, 3, 3, 1, 1), random);
        check(ConvShape.of(1, 3, 9, 25, 32, 3, 3, 1, 1), random);
        check(ConvShape.of(3, 64, 7, 7, 5, 3, 3, 1, 0), random);
        check(ConvShape.of(3, 64, 5, 29, 70, 3, 3, 1, 1), random);
        check(ConvShape.of(2, 9, 51, 27, 50, 3, 3, 1, 1), random);
        check(new ConvShape(2, 37, 9, 30, 100, 3, 3, 2, 1, 1, 2, 1, 1, 1), random);
        check(new ConvShape(2, 40, 9, 26, 72, 4, 3, 3, 1, 2, 0, 2, 1, 2), random);
        check(new ConvShape(2, 20, 11, 13, 4, 5, 3, 2, 1, 3, 2, 2, 1, 2), random);
        for (int w = 6; w <= 19; w++) {
            check(ConvShape.of(1, 2, 3, w, 7, 3, 3, 1, 1), random);
        }
    }

    @Test
    void manyChannelsMatch() {
        Random random = new Random(10);
        check(ConvShape.of(3, 100, 5, 7, 70, 3, 3, 1, 1), random);
        check(ConvShape.of(9, 96, 4, 5, 690, 2, 2, 1, 1), random);
        check(ConvShape.of(3, 150, 6, 6, 20, 1, 3, 1, 2), random);
        check(ConvShape.of(2, 96, 7, 2, 9, 5, 1, 1, 0), random);
        check(ConvShape.of(2, 10, 9, 9, 100, 3, 3, 2, 1), random);
        check(new ConvShape(2, 100, 9, 8, 20, 3, 2, 1, 1, 2, 0, 2, 3, 1), random);
        check(new ConvShape(2, 260, 5, 6, 40, 3, 3, 1, 1, 1, 1, 1, 1, 2), random);
        check(new ConvShape(2, 97, 4, 6, 5, 3, 3, 1, 1, 9, 9, 4, 4, 1), random);
    }

    @Test
    void oneByOneImagesMatch() {
        Random random = new Random(2);
        check(ConvShape.of(3, 4, 1, 1, 6, 1, 1, 1, 0), random);
        check(ConvShape.of(3, 4, 1, 1, 6, 3, 3, 1, 1), random);
        check(ConvShape.of(1, 9, 1, 1, 33, 3, 3, 2, 1), random);
    }

    @Test
    void anEmptyBatchGivesAnEmptyOutputAndAZeroWeightGradient() {
        Random random = new Random(3);
        check(ConvShape.of(0, 4, 5, 5, 6, 3, 3, 1, 1), random);
        check(new ConvShape(0, 4, 5, 5, 4, 3, 3, 1, 1, 1, 1, 1, 1, 4), random);
    }

    @Test
    void aWindowLargerThanTheImageSeesItsBorder() {
        check(ConvShape.of(1, 2, 2, 3, 4, 5, 7, 1, 3), new Random(4));
    }

    @Test
    void depthwiseAndGroupedShapesMatch() {
        Random random = new Random(5);
        check(new ConvShape(2, 19, 9, 8, 19, 3, 3, 1, 1, 1, 1, 1, 1, 19), random);
        check(new ConvShape(1, 35, 9, 8, 35, 5, 3, 2, 1, 2, 0, 1, 2, 35), random);
        check(new ConvShape(2, 12, 7, 7, 24, 3, 3, 1, 1, 1, 1, 1, 1, 12), random);
        check(new ConvShape(2, 36, 7, 7, 18, 3, 3, 2, 2, 1, 1, 1, 1, 2), random);
    }

    @Test
    void rowsOfDepthwiseWindowsOfThreeByThreeMatch() {
        Random random = new Random(16);
        for (int w = 1; w <= 9; w++) {
            for (int step = 1; step <= 2; step++) {
                check(new ConvShape(2, 35, 6, w, 35, 3, 3, step, step, 1, 1, 1, 1, 35), random);
                check(new ConvShape(1, 35, 5, w, 35, 3, 3, 3 - step, step, 2, 1, 2, 1, 35), random);
            }
        }
    }

    @Test
    void groupsThatShareVectorsMatch() {
        Random random = new Random(9);
        for (int channels : new int[] {4, 8, 16}) {
            int c = 64;
            int groups = c / channels;
            check(new ConvShape(2, c, 7, 6, c, 3, 3, 1, 1, 1, 1, 1, 1, groups), random);
            check(new ConvShape(1, c, 9, 8, c, 3, 2, 2, 3, 2, 0, 1, 2, groups), random);
            check(new ConvShape(0, c, 5, 5, c, 3, 3, 1, 1, 1, 1, 1, 1, groups), random);
        }
    }

    @Test
    void randomShapesMatch() {
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            check(shape(random), random);
        }
    }

    /// Every step, border, spacing and grouping, with a window that fits.
    static ConvShape shape(Random random) {
        int groups = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        int kh = 1 + random.nextInt(4);
        int kw = 1 + random.nextInt(4);
        int dilationH = 1 + random.nextInt(3);
        int dilationW = 1 + random.nextInt(3);
        int padH = random.nextInt(4);
        int padW = random.nextInt(4);
        int h = Math.max(1, dilationH * (kh - 1) + 1 - 2 * padH) + random.nextInt(9);
        int w = Math.max(1, dilationW * (kw - 1) + 1 - 2 * padW) + random.nextInt(9);
        int channels = 1 + random.nextInt(random.nextBoolean() ? 5 : 40);
        int outputs = 1 + random.nextInt(random.nextBoolean() ? 5 : 70);
        return new ConvShape(
                1 + random.nextInt(3),
                groups * channels,
                h,
                w,
                groups * outputs,
                kh,
                kw,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                padH,
                padW,
                dilationH,
                dilationW,
                groups);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Random random = new Random(7);
        ConvShape[] shapes = {
            ConvShape.of(5, 20, 12, 12, 70, 3, 3, 1, 1),
            ConvShape.of(5, 20, 12, 12, 8, 3, 3, 1, 1),
            ConvShape.of(3, 40, 9, 9, 30, 3, 3, 2, 1),
            ConvShape.of(5, 130, 12, 12, 130, 3, 3, 1, 1),
            new ConvShape(4, 40, 12, 12, 40, 3, 3, 1, 1, 1, 1, 1, 1, 40),
            new ConvShape(4, 128, 12, 12, 128, 3, 3, 1, 1, 1, 1, 1, 1, 16)
        };
        for (ConvShape s : shapes) {
            WeightStrides ws = WeightStrides.channelsLast(s);
            float[] x = gaussian(s.n() * s.c() * s.h() * s.w(), random);
            float[] w = gaussian(s.o() * s.groupC() * s.kh() * s.kw(), random);
            float[] gy = gaussian(s.n() * s.o() * s.outH() * s.outW(), random);
            float[][] first = null;
            for (int t : new int[] {1, 2, 3, 8}) {
                Parallel.setNumThreads(t);
                float[][] r = {new float[gy.length], new float[x.length], new float[w.length]};
                Conv2d.forward(x, 0, w, 0, ws, null, 0, r[0], 0, s, ConvAlgorithm.DIRECT);
                Conv2d.gradInput(gy, 0, w, 0, ws, r[1], 0, s, ConvAlgorithm.DIRECT);
                Conv2d.gradWeight(x, 0, gy, 0, r[2], 0, ws, s, ConvAlgorithm.DIRECT);
                if (first == null) {
                    first = r;
                }
                for (int i = 0; i < 3; i++) {
                    assertArrayEquals(first[i], r[i]);
                }
            }
        }
    }

    /// As for matrix products: a sum of k products differs from the exact one by at most
    /// k·u·Σ|x·w|, whatever its order.
    @Test
    void roundingStaysWithinItsBound() {
        Random random = new Random(8);
        ConvShape s = ConvShape.of(1, 50, 6, 6, 10, 3, 3, 1, 0);
        WeightStrides ws = WeightStrides.channelsLast(s);
        float[] x = gaussian(s.c() * s.h() * s.w(), random);
        float[] w = gaussian(s.o() * s.c() * 9, random);
        float[] y = new float[s.o() * s.outH() * s.outW()];
        Conv2d.forward(x, 0, w, 0, ws, null, 0, y, 0, s, ConvAlgorithm.DIRECT);
        for (int i = 0; i < y.length; i++) {
            int p = i / s.o();
            double sum = 0;
            double size = 0;
            for (int k = 0; k < 9 * s.c(); k++) {
                int tap = k / s.c();
                int row = p / s.outW() + tap / 3;
                int column = p % s.outW() + tap % 3;
                double product =
                        (double) x[(row * s.w() + column) * s.c() + k % s.c()]
                                * w[k * s.o() + i % s.o()];
                sum += product;
                size += Math.abs(product);
            }
            double bound = (9 * s.c() + 1) * (double) Math.ulp(1f) * size;
            assertTrue(Math.abs(y[i] - sum) <= bound);
        }
    }

    private static void check(ConvShape s, Random random) {
        new ConvCase(s, ConvAlgorithm.DIRECT, random).run();
    }

    private static float[] gaussian(int n, Random random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
