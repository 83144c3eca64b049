package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.LayerNorm;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayerNormTest {
    private static final double EPSILON = Math.ulp(1f);
    private static final int GUARD = 3;

    private final Random random = new Random(6);

    @Test
    void rowsOfEveryLength() {
        for (int n = 2; n <= 70; n++) {
            check(3, n, 1, 1, true, true);
        }
        for (int n : new int[] {127, 1025, 5000}) {
            check(2, n, 1, 1, true, false);
            check(2, n, 1, 1, false, true);
        }
    }

    @Test
    void groupsThatShareWeights() {
        check(6, 40, 3, 10, true, true);
        check(4, 33, 2, 11, false, true);
        check(4, 36, 4, 36, true, false);
        check(4, 36, 4, 36, false, false);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        float[] x = values(70 * 1000);
        float[] y = new float[x.length];
        SameBits.forAnyThreads(
                () -> LayerNorm.forward(x, GUARD, 70, 1000, 1, 1, null, 0, null, 0, 1e-5, y, GUARD),
                y);
        float[] g = new float[70 * 1000];
        float[] gw = new float[1000];
        float[] gb = new float[1000];
        SameBits.forAnyThreads(
                () -> LayerNorm.backward(x, GUARD, 70, 1000, null, 0, 1e-5, y, GUARD, g, gw, gb),
                gw);
    }

    private void check(int rows, int n, int groups, int inner, boolean weighs, boolean shifts) {
        float[] x = values(rows * n);
        float[] w = weighs ? values(groups * (n / inner)) : null;
        float[] b = shifts ? values(groups * (n / inner)) : null;
        float[] y = new float[x.length];
        LayerNorm.forward(x, GUARD, rows, n, groups, inner, w, GUARD, b, GUARD, 1e-3, y, GUARD);
        for (int r = 0; r < rows; r++) {
            double mean = 0;
            for (int j = 0; j < n; j++) {
                mean += x[GUARD + r * n + j] / (double) n;
            }
            double variance = 0;
            for (int j = 0; j < n; j++) {
                variance += Math.pow(x[GUARD + r * n + j] - mean, 2) / n;
            }
            for (int j = 0; j < n; j++) {
                int k = r % groups * (n / inner) + j / inner;
                double v = (x[GUARD + r * n + j] - mean) / Math.sqrt(variance + 1e-3);
                double want = v * at(w, k, 1) + at(b, k, 0);
                assertEquals(want, y[GUARD + r * n + j], 40 * EPSILON * (1 + Math.abs(v)));
            }
        }
        for (int i = 0; i < GUARD; i++) {
            assertEquals(0, y[i]);
            assertEquals(0, y[y.length - 1 - i]);
        }
    }

    private static double at(float @Nullable [] x, int i, double otherwise) {
        return x == null ? otherwise : x[GUARD + i];
    }

    private float[] values(int n) {
        float[] x = new float[n + 2 * GUARD];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
