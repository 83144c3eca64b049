package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.any.Gemm;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Products of small integers are exact in any order of summation, so they are compared exactly;
/// everything around an operand is NaN, so a read beyond it shows, and so does a write.
class GemmTest {
    private static final int[] SIZES = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 19, 23, 24, 25, 31, 32, 33, 47, 48, 49,
        63, 64, 65, 66, 127, 128, 129, 207
    };

    private final int threads = Parallel.numThreads();

    @AfterEach
    void restoreThreads() {
        Parallel.setNumThreads(threads);
    }

    @Test
    void everySizeMatchesInEveryOrderOfMemory() {
        Random random = new Random(1);
        for (int size : SIZES) {
            for (int t = 0; t < 4; t++) {
                new GemmCase(size, any(random), any(random), random).run();
                new GemmCase(any(random), size, any(random), random).run();
                new GemmCase(any(random), any(random), size, random).run();
            }
        }
    }

    private static int any(Random random) {
        return SIZES[random.nextInt(SIZES.length)];
    }

    @Test
    void depthsAroundABlockMatch() {
        Random random = new Random(2);
        for (int k : new int[] {383, 384, 385, 767, 768, 769, 1000}) {
            new GemmCase(1, 40, k, random).run();
            new GemmCase(40, 1, k, random).run();
            new GemmCase(13, 70, k, random).run();
        }
    }

    @Test
    void productsOfManyBlocksMatch() {
        Random random = new Random(3);
        new GemmCase(250, 300, 390, random).run();
        new GemmCase(3, 2100, 40, random).run();
        new GemmCase(500, 10, 128, random).run();
        new GemmCase(4200, 1, 70, random).run();
        new GemmCase(1, 4200, 70, random).run();
    }

    @Test
    void anEmptySumIsZero() {
        float[] c = {1, 2, 3, 4, 5, 6};
        Gemm.gemm(2, 2, 0, new float[0], 0, 0, 1, new float[0], 0, 2, 1, c, 0, 3, true);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, c);
        Gemm.gemm(2, 2, 0, new float[0], 0, 0, 1, new float[0], 0, 2, 1, c, 0, 3, false);
        assertArrayEquals(new float[] {0, 0, 3, 0, 0, 6}, c);
    }

    @Test
    void anEmptyProductWritesNothing() {
        float[] c = {1};
        Gemm.gemm(0, 5, 3, new float[0], 0, 3, 1, new float[15], 0, 5, 1, c, 0, 5, false);
        Gemm.gemm(5, 0, 3, new float[15], 0, 3, 1, new float[0], 0, 0, 1, c, 0, 0, false);
        assertArrayEquals(new float[] {1}, c);
    }

    /// A sum of k products that are rounded once each differs from the exact one by at most
    /// k·u·Σ|a·b|, u half a unit in the last place of 1, in any order of summation; the last
    /// rounding and the reference's own, in double precision, are covered by the other u of an ulp.
    @Test
    void roundingStaysWithinItsBound() {
        Random random = new Random(4);
        for (int k : new int[] {1, 10, 100, 1000}) {
            int m = 9;
            int n = 41;
            float[] a = gaussian(m * k, random);
            float[] b = gaussian(k * n, random);
            float[] c = new float[m * n];
            Gemm.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    double size = 0;
                    for (int p = 0; p < k; p++) {
                        double product = (double) a[i * k + p] * b[p * n + j];
                        sum += product;
                        size += Math.abs(product);
                    }
                    double error = Math.abs(c[i * n + j] - sum);
                    assertTrue(error <= (k + 1) * (double) Math.ulp(1f) * size);
                }
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Random random = new Random(5);
        int[][] shapes = {
            {300, 200, 500}, {64, 1000, 70}, {1, 5000, 300}, {5000, 1, 300}, {90, 9, 800}
        };
        for (int[] s : shapes) {
            float[] a = gaussian(s[0] * s[2], random);
            float[] b = gaussian(s[1] * s[2], random);
            float[] first = null;
            for (int t : new int[] {1, 2, 3, 8}) {
                Parallel.setNumThreads(t);
                float[] c = new float[s[0] * s[1]];
                Gemm.gemm(s[0], s[1], s[2], a, 0, s[2], 1, b, 0, 1, s[2], c, 0, s[1], false);
                if (first == null) {
                    first = c;
                }
                assertArrayEquals(first, c);
            }
        }
    }

    @Test
    void aBatchIsItsProductsOneByOne() {
        Random random = new Random(6);
        int batch = 5;
        int m = 6;
        int n = 18;
        int k = 20;
        for (int abs : new int[] {0, m * k, m * k + 3}) {
            for (int bbs : new int[] {0, k * n, k * n + 1}) {
                float[] a = gaussian(batch * (m * k + 3), random);
                float[] b = gaussian(batch * (k * n + 1), random);
                float[] c = gaussian(batch * m * n, random);
                float[] expected = c.clone();
                for (int t = 0; t < batch; t++) {
                    int at = t * abs;
                    int bt = t * bbs;
                    int ct = t * m * n;
                    Gemm.gemm(m, n, k, a, at, k, 1, b, bt, n, 1, expected, ct, n, true);
                }
                Gemm.gemmBatched(
                        batch, m, n, k, a, 0, abs, k, 1, b, 0, bbs, n, 1, c, 0, m * n, n, true);
                assertArrayEquals(expected, c);
            }
        }
    }

    private static float[] gaussian(int n, Random random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
