package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DistributionsTest {
    private final Generator g = new Generator().manualSeed(1);

    @Test
    void onlyTheGivenPartIsFilled() {
        float[] y = new float[40];
        Arrays.fill(y, 9);
        Distributions.normal(g, y, 3, 33, 0, 1);
        float[] whole = new float[33];
        Distributions.normal(g.manualSeed(1), whole, 0, 33, 0, 1);
        assertArrayEquals(whole, Arrays.copyOfRange(y, 3, 36));
        assertArrayEquals(new float[] {9, 9, 9}, Arrays.copyOf(y, 3));
        assertArrayEquals(new float[] {9, 9, 9, 9}, Arrays.copyOfRange(y, 36, 40));
    }

    @Test
    void uniformValuesNeverReachTheUpperEnd() {
        float[] y = new float[100_000];
        float high = Math.nextUp(Math.nextUp(1f));
        Distributions.uniform(g, y, 0, y.length, 1, high);
        for (float v : y) {
            assertTrue(v == 1 || v == Math.nextUp(1f));
        }
        NarrowDistributions.uniform(g, DType.BFLOAT16, y, 0, y.length, 0, 1);
        for (float v : y) {
            assertTrue(v >= 0 && v <= 1 - 0x1p-8f);
        }
    }

    @Test
    void narrowTypesRoundTiesToEven() {
        assertEquals(1, NarrowDistributions.round(DType.BFLOAT16, 1 + 0x1p-8f));
        assertEquals(1 + 0x1p-6f, NarrowDistributions.round(DType.BFLOAT16, 1 + 0x1.8p-7f));
        assertEquals(1, NarrowDistributions.round(DType.FLOAT16, 1 + 0x1p-11f));
    }

    @Test
    void narrowNormalValuesSkipTheFirstDrawOfTheRest() {
        float[] y = new float[20];
        NarrowDistributions.normal(g, DType.FLOAT16, y, 0, 20, 0, 1);
        float[] blocks = new float[32];
        Distributions.normal(g.manualSeed(1), blocks, 0, 32, 0, 1);
        for (int i = 0; i < 20; i++) {
            float expected = blocks[i < 4 ? i : i + 12];
            assertEquals(NarrowDistributions.round(DType.FLOAT16, expected), y[i]);
        }
    }

    @Test
    void momentsAreThoseOfTheDistributions() {
        int n = 200_000;
        double[] y = new double[n];
        Distributions.exponential(g, y, 0, n, 4);
        assertEquals(0.25, mean(y), 5 * 0.25 / Math.sqrt(n));
        Distributions.geometric(g, y, 0, n, 0.3);
        assertEquals(1 / 0.3, mean(y), 5 * Math.sqrt(0.7) / 0.3 / Math.sqrt(n));
        Distributions.logNormal(g, y, 0, n, 0, 0.5);
        double spread = Math.sqrt((Math.exp(0.25) - 1) * Math.exp(0.25));
        assertEquals(Math.exp(0.125), mean(y), 5 * spread / Math.sqrt(n));
        Distributions.cauchy(g, y, 0, n, 3, 2);
        double within = Arrays.stream(y).filter(v -> Math.abs(v - 3) < 2).count() / (double) n;
        assertEquals(0.5, within, 5 * 0.5 / Math.sqrt(n));
        boolean[] ones = new boolean[n];
        Distributions.bernoulli(g, ones, 0, n, 0.2);
        int count = 0;
        for (boolean one : ones) {
            count += one ? 1 : 0;
        }
        assertEquals(0.2, count / (double) n, 5 * 0.4 / Math.sqrt(n));
    }

    @Test
    void certainOutcomesAreCertain() {
        boolean[] y = new boolean[1000];
        Distributions.bernoulli(g, y, 0, 1000, 1.0);
        for (boolean one : y) {
            assertTrue(one);
        }
        Distributions.bernoulli(g, y, 0, 2, new float[] {0, 1});
        assertFalse(y[0]);
        assertTrue(y[1]);
    }

    @Test
    void parametersOutsideTheirRangeAreRefused() {
        double[] y = new double[20];
        refused(
                "uniform_: from 2.0 is greater than to 1.0",
                () -> Distributions.uniform(g, y, 0, 1, 2, 1));
        refused(
                "uniform_: the range from 0.0 to 1.0E39 is wider than 3.4028234663852886E38",
                () -> Distributions.uniform(g, new float[1], 0, 1, 0, 1e39));
        refused(
                "normal_: std must be at least 0, got -1.0",
                () -> Distributions.normal(g, y, 0, 1, 0, -1));
        refused(
                "normal_: std must be at least 0, got NaN",
                () -> Distributions.normal(g, y, 0, 20, 0, Double.NaN));
        refused(
                "exponential_: the rate must be above 0, got 0.0",
                () -> Distributions.exponential(g, y, 0, 1, 0));
        refused(
                "geometric_: the probability must lie between 0 and 1, got 1.0",
                () -> Distributions.geometric(g, y, 0, 1, 1));
        refused(
                "log_normal_: std must be above 0, got 0.0",
                () -> Distributions.logNormal(g, y, 0, 1, 0, 0));
        refused(
                "cauchy_: sigma must be above 0, got -2.0",
                () -> Distributions.cauchy(g, y, 0, 1, 0, -2));
        refused(
                "bernoulli_: a probability must lie in [0, 1], got 2.0",
                () -> Distributions.bernoulli(g, new boolean[1], 0, 1, 2));
        refused(
                "bernoulli: a probability must lie in [0, 1], got 1.5",
                () -> Distributions.bernoulli(g, new boolean[1], 0, 1, new double[] {1.5}));
    }

    private static double mean(double[] y) {
        return Arrays.stream(y).sum() / y.length;
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
