package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CrossEntropyLossTest {
    private static final Tensor X = random("x", 4, 3);
    private static final Tensor T = Tensor.of(2L, 0L, 1L, 2L);
    private static final Tensor W = Tensor.of(0.5, 2.0, 1.5);

    @Test
    void evenLogitsCostTheLogarithmOfTheClasses() {
        Tensor x = Tensor.zeros(2, 5).to(DType.FLOAT64);
        assertEquals(Math.log(5), (double) x.crossEntropy(Tensor.of(3L, 1L)).item(), 1e-15);
    }

    @Test
    void isThePickedLogSoftmax() {
        double[] logs = X.logSoftmax(1).toDoubleArray();
        double[] expected = {-logs[2], -logs[3], -logs[7], -logs[11]};
        assertArrayEquals(expected, X.crossEntropy(T, LossReduction.NONE).toDoubleArray(), 1e-15);
        double sum = expected[0] + expected[1] + expected[2] + expected[3];
        assertEquals(sum, (double) X.crossEntropy(T, LossReduction.SUM).item(), 1e-14);
        assertEquals(sum / 4, (double) X.crossEntropy(T).item(), 1e-14);
    }

    @Test
    void ignoredTargetsCountNothing() {
        Tensor t = Tensor.of(2L, -100L, 1L, -100L);
        double[] each = X.crossEntropy(T, LossReduction.NONE).toDoubleArray();
        assertEquals((each[0] + each[2]) / 2, (double) X.crossEntropy(t).item(), 1e-14);
        Tensor all = Tensor.of(-100L, -100L, -100L, -100L);
        Tensor x = X.clone().requiresGrad(true);
        Tensor loss = x.crossEntropy(all);
        assertTrue(Double.isNaN((double) loss.item()));
        loss.backward();
        assertArrayEquals(new double[12], x.grad().toDoubleArray());
    }

    @Test
    void meansWeighTheTargets() {
        double[] each = X.crossEntropy(T, LossReduction.NONE).toDoubleArray();
        double expected = (1.5 * (each[0] + each[3]) + 0.5 * each[1] + 2 * each[2]) / 5.5;
        Tensor y = X.crossEntropy(T, W, -100, LossReduction.MEAN, 0);
        assertEquals(expected, (double) y.item(), 1e-14);
    }

    @Test
    void smoothingIsAMixtureOfTargets() {
        Tensor mixed =
                Tensor.of(
                        new double[][] {
                            {0.1, 0.1, 0.8}, {0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.1, 0.8}
                        });
        assertEquals(
                (double) X.crossEntropy(mixed).item(),
                (double) X.crossEntropy(T, null, -100, LossReduction.MEAN, 0.3).item(),
                1e-14);
    }

    @Test
    void derivativesOfAnyOrderAreDerivatives() {
        Tensor t = Tensor.of(2L, -100L, 1L, 2L);
        LossReduction[] reductions = {LossReduction.MEAN, LossReduction.SUM, LossReduction.NONE};
        for (LossReduction reduction : reductions) {
            Differences.check(x -> x[0].crossEntropy(T, reduction), X);
            Differences.check(x -> x[0].crossEntropy(t, W, -100, reduction, 0.2), X);
        }
        Tensor images = random("images", 2, 3, 2, 2);
        Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, 1, 1, 2, 2}, Shape.of(2, 2, 2));
        Differences.check(x -> x[0].crossEntropy(labels, LossReduction.NONE), images);
        Differences.check(x -> x[0].crossEntropy(Tensor.scalar(1L)), random("row", 5));
        Differences.check(
                x -> x[0].crossEntropy(x[1], W, -100, LossReduction.SUM, 0.2),
                X,
                random("p", 4, 3));
    }

    @Test
    void softmaxesHaveDerivativesOfAnyOrder() {
        Differences.check(x -> x[0].softmax(0), X);
        Differences.check(x -> x[0].softmax(-1), random("t", 3, 4).t());
        Differences.check(x -> x[0].logSoftmax(1), random("y", 2, 3, 2));
        assertEquals(1.0, Tensor.scalar(3.0).softmax(0).item());
    }

    @Test
    void graphIsPyTorchs() {
        Tensor x = X.clone().requiresGrad(true);
        Node loss = x.mul(1).crossEntropy(T).gradFn();
        assertEquals("NllLossBackward0", loss.name());
        Node softmax = loss.nextFunctions().get(0).node();
        assertEquals("LogSoftmaxBackward0", softmax.name());
        assertEquals("MulBackward0", softmax.nextFunctions().get(0).node().name());
    }

    @Test
    void targetsWrittenToSinceAreNoticed() {
        Tensor x = X.clone().requiresGrad(true);
        Tensor t = T.clone();
        Tensor loss = x.crossEntropy(t);
        t.zero_();
        assertThrows(IllegalStateException.class, loss::backward);
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        Tensor x = Tensor.ones(2, 3);
        assertEquals(
                "crossEntropy: target -1 is out of bounds (3 classes, input [2, 3])",
                assertThrows(
                                IndexOutOfBoundsException.class,
                                () -> x.crossEntropy(Tensor.of(-1L, 0L)))
                        .getMessage());
        assertMessage(
                "crossEntropy: expected input batch_size (2) to match target batch_size (3) (input"
                        + " [2, 3], target [3])",
                () -> x.crossEntropy(Tensor.of(0L, 1L, 2L)));
        assertMessage(
                "crossEntropy: expected target dtype to be Long or Byte, but got Int (input [2, 3],"
                        + " target [2])",
                () -> x.crossEntropy(Tensor.of(0, 1)));
        assertMessage(
                "crossEntropy: weight tensor should be defined either for all 3 classes or no"
                        + " classes but got weight tensor of shape: [2] (input [2, 3], target [2])",
                () ->
                        x.crossEntropy(
                                Tensor.of(0L, 1L), Tensor.ones(2), -100, LossReduction.MEAN, 0));
        assertMessage(
                "softmax: not defined for int64 (input [2])", () -> Tensor.of(1L, 2L).softmax(0));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
