package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchNormalizationTest {
    private static final Tensor X = Tensor.of(new double[][] {{1, 10}, {3, 10}, {5, 40}});

    @Test
    void normalizesWithTheBatchInTraining() {
        Tensor y = X.batchNorm(null, null, Tensor.of(1.0, 2.0), Tensor.of(0.0, 1.0), true, 0.1, 0);
        double s = Math.sqrt(8.0 / 3);
        double t = Math.sqrt(200);
        assertArrayEquals(
                new double[] {-2 / s, 1 - 20 / t, 0, 1 - 20 / t, 2 / s, 1 + 40 / t},
                y.toDoubleArray(),
                1e-14);
    }

    @Test
    void runningStatisticsMoveTowardsTheUnbiasedOnes() {
        Tensor mean = Tensor.of(1.0, 0.0);
        Tensor var = Tensor.of(1.0, 0.0);
        X.batchNorm(mean, var, null, null, true, 0.25, 1e-5);
        assertArrayEquals(new double[] {1.5, 5}, mean.toDoubleArray(), 1e-14);
        assertArrayEquals(new double[] {1.75, 75}, var.toDoubleArray(), 1e-13);
    }

    @Test
    void runningStatisticsStayInEvaluation() {
        Tensor mean = Tensor.of(1.0, 0.0);
        Tensor var = Tensor.of(4.0, 25.0);
        Tensor y = X.batchNorm(mean, var, null, null, false, 0.1, 0);
        assertArrayEquals(new double[] {0, 2, 1, 2, 2, 8}, y.toDoubleArray(), 1e-14);
        assertArrayEquals(new double[] {1, 0}, mean.toDoubleArray());
        assertArrayEquals(new double[] {4, 25}, var.toDoubleArray());
    }

    @Test
    void derivativesInTrainingAreDerivatives() {
        Differences.check(
                t -> t[0].batchNorm(null, null, t[1], t[2], true, 0.1, 1e-2),
                random("x", 3, 2, 2, 3),
                random("w", 2),
                random("b", 2));
        Differences.check(
                t -> t[0].batchNorm(null, null, null, null, true, 0.1, 1e-2), random("x", 4, 2, 3));
    }

    @Test
    void derivativesInEvaluationAreDerivatives() {
        Tensor mean = random("mean", 2);
        Tensor var = random("var", 2).abs();
        Differences.check(
                t -> t[0].batchNorm(mean, var, t[1], t[2], false, 0.1, 1e-2),
                random("x", 4, 2, 3),
                random("w", 2),
                random("b", 2));
    }

    @Test
    void anyLayoutGivesTheSame() {
        Tensor x = random("x", 4, 3, 2, 2);
        double[] expected = x.batchNorm(null, null, null, null, true, 0.1, 1e-5).toDoubleArray();
        Tensor turned = x.permute(3, 1, 0, 2).contiguous().permute(2, 1, 3, 0);
        assertArrayEquals(
                expected,
                turned.batchNorm(null, null, null, null, true, 0.1, 1e-5).toDoubleArray());
        assertArrayEquals(
                expected,
                x.channelsLast()
                        .batchNorm(null, null, null, null, true, 0.1, 1e-5)
                        .toDoubleArray());
    }

    @Test
    void fixedStatisticsGiveTheSameBitsWhereverChannelsLie() {
        for (long side = 1; side < 9; side++) {
            Tensor x = random("x", 2, 3, side, 5).to(DType.FLOAT32);
            Tensor mean = random("m", 3).to(DType.FLOAT32);
            Tensor scale = random("w", 3).to(DType.FLOAT32);
            Tensor variance = scale.abs().add(0.5);
            Tensor planes = x.batchNorm(mean, variance, scale, mean, false, 0.1, 1e-5);
            Tensor pixels =
                    x.channelsLast().batchNorm(mean, variance, scale, mean, false, 0.1, 1e-5);
            assertArrayEquals(pixels.toFloatArray(), planes.toFloatArray());
            assertTrue(planes.isContiguous());
            Tensor bare = x.batchNorm(mean, variance, null, null, false, 0.1, 1e-5);
            Tensor barePixels =
                    x.channelsLast().batchNorm(mean, variance, null, null, false, 0.1, 1e-5);
            assertArrayEquals(barePixels.toFloatArray(), bare.toFloatArray());
        }
    }

    @Test
    void nodeIsNamedAsInPyTorch() {
        Tensor x = random("x", 4, 3).requiresGrad(true);
        Node node = x.batchNorm(null, null, null, null, true, 0.1, 1e-5).gradFn();
        assertEquals("NativeBatchNormBackward0", node.name());
        assertEquals(3, node.nextFunctions().size());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        assertMessage(
                "Expected more than 1 value per channel when training, got input size [1, 512, 1,"
                        + " 1]",
                () -> Tensor.ones(1, 512, 1, 1).batchNorm(null, null, null, null, true, 0.1, 1e-5));
        assertMessage(
                "batchNorm: running_mean should contain 3 elements not 4 (input [2, 3],"
                        + " running_mean [4])",
                () ->
                        Tensor.ones(2, 3)
                                .batchNorm(
                                        Tensor.zeros(4),
                                        Tensor.ones(4),
                                        null,
                                        null,
                                        false,
                                        0.1,
                                        1e-5));
        assertMessage(
                "batchNorm: types float32 and float64 differ (input [2, 3], weight [3])",
                () ->
                        Tensor.ones(2, 3)
                                .batchNorm(null, null, random("w", 3), null, true, 0.1, 1e-5));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
