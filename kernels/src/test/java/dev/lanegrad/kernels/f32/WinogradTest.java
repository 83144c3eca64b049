package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WinogradTest {
    private static final double R = Math.sqrt(2);

    private static final double[][] INPUT = {
        {1, 0, -2.5, 0, 1, 0},
        {0, -R, -2, R / 2, 1, 0},
        {0, R, -2, -R / 2, 1, 0},
        {0, -R / 2, -0.5, R, 1, 0},
        {0, R / 2, -0.5, -R, 1, 0},
        {0, 1, 0, -2.5, 0, 1}
    };
    private static final double[][] WEIGHT = {
        {1, 0, 0},
        {-2. / 3, -R / 3, -1. / 3},
        {-2. / 3, R / 3, -1. / 3},
        {1. / 6, R / 6, 1. / 3},
        {1. / 6, -R / 6, 1. / 3},
        {0, 0, 1}
    };
    private static final double[][] OUTPUT = {
        {1, 1, 1, 1, 1, 0},
        {0, R / 2, -R / 2, R, -R, 0},
        {0, 0.5, 0.5, 2, 2, 0},
        {0, R / 4, -R / 4, 2 * R, -2 * R, 1}
    };

    private final int threads = Parallel.numThreads();

    @AfterEach
    void restoreThreads() {
        Parallel.setNumThreads(threads);
    }

    @Test
    void usualShapesMatch() {
        Random random = new Random(1);
        check(ConvShape.of(2, 32, 9, 11, 48, 3, 3, 1, 1), random);
        check(ConvShape.of(1, 64, 8, 8, 64, 3, 3, 1, 1), random);
        check(ConvShape.of(12, 64, 7, 7, 64, 3, 3, 1, 1), random);
        check(ConvShape.of(5, 16, 14, 14, 160, 3, 3, 1, 1), random);
        check(ConvShape.of(13, 32, 13, 12, 48, 3, 3, 1, 1), random);
    }

    @Test
    void moreChannelsThanOneBlockOfRowsMatch() {
        check(ConvShape.of(3, 272, 5, 5, 16, 3, 3, 1, 1), new Random(2));
        check(ConvShape.of(3, 16, 5, 5, 272, 3, 3, 1, 1), new Random(3));
        check(ConvShape.of(6, 272, 9, 9, 16, 3, 3, 1, 1), new Random(4));
    }

    @Test
    void anyBorderAndImageMatch() {
        Random random = new Random(4);
        for (int i = 0; i < 40; i++) {
            ConvShape s =
                    new ConvShape(
                            1 + random.nextInt(4),
                            16 * (1 + random.nextInt(3)),
                            3 + random.nextInt(10),
                            3 + random.nextInt(10),
                            16 * (1 + random.nextInt(6)),
                            3,
                            3,
                            1,
                            1,
                            random.nextInt(3),
                            random.nextInt(3),
                            1,
                            1,
                            1);
            check(s, random);
        }
    }

    @Test
    void anImageSmallerThanTheWindowMatches() {
        check(ConvShape.of(2, 16, 1, 1, 16, 3, 3, 1, 1), new Random(5));
        check(ConvShape.of(2, 16, 1, 2, 16, 3, 3, 1, 2), new Random(6));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Random random = new Random(7);
        for (ConvShape s :
                new ConvShape[] {
                    ConvShape.of(15, 64, 13, 12, 80, 3, 3, 1, 1),
                    ConvShape.of(2, 272, 9, 9, 32, 3, 3, 1, 1)
                }) {
            WeightStrides ws = WeightStrides.rowMajor(s);
            float[] x = gaussian(s.n() * s.c() * s.h() * s.w(), random);
            float[] w = gaussian(9 * s.o() * s.c(), random);
            float[] gy = gaussian(s.n() * s.o() * s.outH() * s.outW(), random);
            float[][] first = null;
            for (int t : new int[] {1, 2, 3, 8}) {
                Parallel.setNumThreads(t);
                float[][] r = {new float[gy.length], new float[x.length], new float[w.length]};
                Conv2d.forward(x, 0, w, 0, ws, null, 0, r[0], 0, s, ConvAlgorithm.WINOGRAD);
                Conv2d.gradInput(gy, 0, w, 0, ws, r[1], 0, s, ConvAlgorithm.WINOGRAD);
                Conv2d.gradWeight(x, 0, gy, 0, r[2], 0, ws, s, ConvAlgorithm.WINOGRAD);
                first = first == null ? r : first;
                for (int i = 0; i < 3; i++) {
                    assertArrayEquals(first[i], r[i]);
                }
            }
        }
    }

    /// Each of the four maps is a sum of six products at most, the matrix product one of C, so an
    /// output's error is at most (C + 24)·u times the same formula over absolute values.
    @Test
    void roundingStaysWithinItsBound() {
        Random random = new Random(8);
        int channels = 48;
        ConvShape s = ConvShape.of(1, channels, 4, 4, 16, 3, 3, 1, 1);
        WeightStrides ws = WeightStrides.channelsLast(s);
        float[] x = gaussian(16 * channels, random);
        float[] w = gaussian(9 * channels * 16, random);
        float[] y = new float[16 * 16];
        Conv2d.forward(x, 0, w, 0, ws, null, 0, y, 0, s, ConvAlgorithm.WINOGRAD);
        for (int o = 0; o < 16; o++) {
            double[][] exact = tile(x, w, channels, o, false);
            double[][] size = tile(x, w, channels, o, true);
            for (int p = 0; p < 16; p++) {
                double bound = (channels + 24) * (double) Math.ulp(1f) / 2 * size[p / 4][p % 4];
                assertTrue(Math.abs(y[p * 16 + o] - exact[p / 4][p % 4]) <= bound);
            }
        }
    }

    @Test
    void theFasterAlgorithmServesTheShape() {
        Random random = new Random(9);
        for (int i = 0; i < 10_000; i++) {
            ConvShape s = Conv2dTest.shape(random);
            assertTrue(ConvAlgorithm.fastest(s).serves(s));
        }
        ConvShape layer = ConvShape.of(16, 64, 56, 56, 64, 3, 3, 1, 1);
        assertEquals(ConvAlgorithm.WINOGRAD, ConvAlgorithm.fastest(layer));
        ConvShape strided = ConvShape.of(16, 64, 56, 56, 64, 3, 3, 2, 1);
        assertEquals(ConvAlgorithm.DIRECT, ConvAlgorithm.fastest(strided));
    }

    /// The one tile of output channel `o`, by the algorithm's definition.
    private static double[][] tile(float[] x, float[] w, int channels, int o, boolean absolute) {
        double[][] sum = new double[6][6];
        for (int c = 0; c < channels; c++) {
            double[][] image = new double[6][6];
            double[][] window = new double[3][3];
            for (int i = 0; i < 16; i++) {
                image[i / 4 + 1][i % 4 + 1] = x[i * channels + c];
            }
            for (int i = 0; i < 9; i++) {
                window[i / 3][i % 3] = w[(i * channels + c) * 16 + o];
            }
            double[][] v = map(INPUT, image, absolute);
            double[][] u = map(WEIGHT, window, absolute);
            for (int i = 0; i < 36; i++) {
                sum[i / 6][i % 6] += v[i / 6][i % 6] * u[i / 6][i % 6];
            }
        }
        return map(OUTPUT, sum, absolute);
    }

    /// `M·X·Mᵀ`.
    private static double[][] map(double[][] m, double[][] x, boolean absolute) {
        double[][] y = new double[m.length][m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                for (int r = 0; r < x.length; r++) {
                    for (int q = 0; q < x.length; q++) {
                        double term = m[i][r] * x[r][q] * m[j][q];
                        y[i][j] += absolute ? Math.abs(term) : term;
                    }
                }
            }
        }
        return y;
    }

    private static void check(ConvShape s, Random random) {
        new ConvCase(s, ConvAlgorithm.WINOGRAD, random).run();
    }

    private static float[] gaussian(int n, Random random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
