package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final Tensor X = Tensor.of(0.5, -1.0, 2.0, 0.25);
    private static final Tensor T = Tensor.of(0.25, 1.0, 2.0, -3.0);
    private static final Tensor SIGNS = Tensor.of(1.0, -1.0, -1.0, 1.0);

    @Test
    void valuesAreThoseOfTheFormulas() {
        double[] d = {0.25, 2, 0, 3.25};
        assertEach(X.mseLoss(T, LossReduction.NONE), d[0] * d[0], 4, 0, d[3] * d[3]);
        assertEach(X.l1Loss(T, LossReduction.NONE), d);
        assertEach(X.smoothL1Loss(T, LossReduction.NONE, 0.5), 0.0625, 1.75, 0, 3);
        assertEach(X.huberLoss(T, LossReduction.NONE, 2), 0.03125, 2, 0, 4.5);
        assertEach(X.marginRankingLoss(T, SIGNS, 0.5, LossReduction.NONE), 0.25, 0, 0.5, 0);
        assertEach(X.hingeEmbeddingLoss(SIGNS, 1, LossReduction.NONE), 0.5, 2, 0, 0.25);
        Tensor rows = Tensor.of(new double[][] {{1, 2, 0.5}, {3, -1, 0}});
        Tensor t = Tensor.of(0L, 0L);
        assertEach(rows.multiMarginLoss(t, 1, 1, null, LossReduction.NONE), (2 + 0.5) / 3, 0);
        assertEach(
                rows.multiMarginLoss(t, 2, 1, Tensor.of(2.0, 1.0, 1.0), LossReduction.NONE),
                (4 + 0.25) / 3 * 2,
                0);
    }

    @Test
    void reductionsAreMeanSumAndMeanOfTheBatch() {
        Tensor x = X.reshape(2, 2);
        Tensor t = T.reshape(2, 2);
        assertEquals(5.5, x.l1Loss(t, LossReduction.SUM).item());
        assertEquals(1.375, x.l1Loss(t).item());
        assertEquals(2.75, x.l1Loss(t, LossReduction.BATCH_MEAN).item());
        assertEquals(
                (double) x.mseLoss(t, LossReduction.SUM).item() / 2,
                x.mseLoss(t, LossReduction.BATCH_MEAN).item());
    }

    @Test
    void logarithmsOfProbabilitiesEndAtMinusHundred() {
        Tensor x = Tensor.of(0.0, 1.0, 0.0, 1.0).requiresGrad(true);
        Tensor loss = x.binaryCrossEntropy(Tensor.of(0.0, 1.0, 1.0, 0.0));
        assertEquals(50.0, loss.item());
        loss.backward();
        assertArrayEquals(
                new double[] {0, 0, -0.25 / 1e-12f, 0.25 / 1e-12f}, x.grad().toDoubleArray());
    }

    @Test
    void logitsNeverOverflow() {
        Tensor x = Tensor.of(1000.0, -1000.0);
        Tensor t = Tensor.of(0.0, 1.0);
        assertEach(x.binaryCrossEntropyWithLogits(t, null, null, LossReduction.NONE), 1000, 1000);
        assertEach(x.softMarginLoss(Tensor.of(-1.0, 1.0), LossReduction.NONE), 1000, 1000);
        assertEquals(1000 + Math.log(2), (double) Tensor.of(1000.0, 1000.0).logsumexp(0).item());
    }

    @Test
    void anEmptyOrInfiniteSumHasItsLogarithm() {
        double inf = Double.POSITIVE_INFINITY;
        assertEquals(-inf, Tensor.of(-inf, -inf).logsumexp(0).item());
        assertEquals(inf, Tensor.of(inf, 1).logsumexp(0).item());
        assertEach(Tensor.zeros(2, 0).logsumexp(1), -inf, -inf);
        assertEquals(DType.FLOAT32, Tensor.of(1L, 2L).logsumexp(0).dtype());
    }

    @Test
    void picksTheLogarithmOfTheTarget() {
        Tensor logs = random("logs", 3, 2).requiresGrad(true);
        double[] v = logs.toDoubleArray();
        Tensor t = Tensor.of(1L, -100L, 0L);
        assertEquals(-(v[1] + v[4]) / 2, (double) logs.nllLoss(t).item(), 1e-15);
        logs.nllLoss(t, Tensor.of(3.0, 1.0), -100, LossReduction.SUM).backward();
        assertArrayEquals(new double[] {0, -1, 0, 0, -3, 0}, logs.grad().toDoubleArray());
    }

    @Test
    void derivativesOfAnyOrderAreDerivatives() {
        for (LossReduction r : LossReduction.values()) {
            Differences.check(x -> x[0].mseLoss(x[1], r), X, T);
        }
        Tensor t = random("t", 2, 1);
        Differences.check(x -> x[0].mseLoss(x[1]), random("x", 3, 2, 4), t);
        Differences.check(x -> x[0].l1Loss(x[1]), X, T.add(0.1));
        Differences.check(x -> x[0].smoothL1Loss(x[1], LossReduction.SUM, 0.7), X, T);
        Differences.check(x -> x[0].huberLoss(x[1], LossReduction.NONE, 0.7), X, T);
        Differences.check(x -> x[0].logsumexp(new int[] {0, 2}, true), random("l", 2, 3, 2));
        Differences.check(x -> x[0].softmin(1), random("l", 2, 3));
        Differences.check(x -> x[0].softMarginLoss(x[1], LossReduction.NONE), X, T);
        Tensor vectors = random("v", 3, 4);
        Tensor more = random("m", 3, 4);
        Tensor most = random("n", 3, 4);
        Differences.check(
                x -> x[0].cosineEmbeddingLoss(x[1], Tensor.of(1, -1, 1), 0.1, LossReduction.NONE),
                vectors,
                more);
        Differences.check(
                x -> x[0].tripletMarginLoss(x[1], x[2], 1, 2, 1e-6, true, LossReduction.NONE),
                vectors,
                more,
                most);
        Tensor classes = Tensor.of(3L, 0L, 2L);
        for (int p = 1; p <= 2; p++) {
            int power = p;
            Differences.check(
                    x -> x[0].multiMarginLoss(classes, power, 0.7, null, LossReduction.MEAN),
                    vectors);
        }
        Differences.check(
                x -> x[0].multilabelSoftMarginLoss(x[1], null, LossReduction.NONE), vectors, more);
        Differences.check(
                x ->
                        x[0].tripletMarginWithDistanceLoss(
                                x[1],
                                x[2],
                                (a, b) -> a.cosineSimilarity(b, 1, 1e-8).rsub(1),
                                1,
                                true,
                                LossReduction.NONE),
                vectors,
                more,
                most);
        Tensor labels = Tensor.of(new long[] {3, 0, -1, 2, 1, -1, 0, 0, -1, 1, 1, 1}).reshape(3, 4);
        for (LossReduction r : LossReduction.values()) {
            Differences.check(x -> x[0].multilabelMarginLoss(labels, r), vectors);
        }
    }

    @Test
    void labelsKeepAMarginFromAllOtherClasses() {
        // labels 3 and 0: 1 - 0.8 + 0.2, 1 - 0.8 + 0.4, 1 - 0.1 + 0.2, 1 - 0.1 + 0.4
        Tensor x = Tensor.of(0.1, 0.2, 0.4, 0.8).requiresGrad(true);
        Tensor loss = x.multilabelMarginLoss(Tensor.of(3L, 0L, -1L, 1L), LossReduction.MEAN);
        assertEquals((0.4 + 0.6 + 1.1 + 1.3) / 4, (double) loss.item(), 1e-15);
        assertEquals("MultilabelMarginLossBackward0", loss.gradFn().name());
        loss.backward();
        assertArrayEquals(new double[] {-0.5, 0.5, 0.5, -0.5}, x.grad().toDoubleArray());

        Tensor rows = Tensor.of(new double[][] {{1, 0, 3}, {5, 0, 0}, {1, 2, 3}});
        // all of them, one far ahead, none
        Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, -1, -1, -1, 0, 0}).reshape(3, 3);
        assertEach(rows.multilabelMarginLoss(labels, LossReduction.NONE), 0, 0, 0);
        Tensor twice = Tensor.of(new long[] {0, 0, -1}).reshape(1, 3);
        assertEach(
                rows.narrow(0, 0, 1).multilabelMarginLoss(twice, LossReduction.SUM),
                2 * (0 + 3.0) / 3);
        assertEquals(
                Double.NaN,
                Tensor.zeros(0, 3)
                        .to(DType.FLOAT64)
                        .multilabelMarginLoss(
                                Tensor.zeros(0, 3).to(DType.INT64), LossReduction.MEAN)
                        .item());
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        Tensor x = Tensor.zeros(2, 3);
        var e =
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () ->
                                x.multilabelMarginLoss(
                                        Tensor.of(new long[] {0, 3, 0, 0, 0, 0}).reshape(2, 3),
                                        LossReduction.MEAN));
        assertEquals(
                "multilabelMarginLoss: target 3 is out of range (3 classes, input [2, 3])",
                e.getMessage());
        for (Tensor wrong : new Tensor[] {Tensor.zeros(2, 3), Tensor.of(0L, 1L, 2L)}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> x.multilabelMarginLoss(wrong, LossReduction.MEAN));
        }
    }

    @Test
    void tripletsAreMeasuredByAnyDistance() {
        Tensor anchor = Tensor.of(new double[][] {{0, 0}, {1, 1}});
        Tensor positive = Tensor.of(new double[][] {{3, 4}, {1, 2}});
        Tensor negative = Tensor.of(new double[][] {{0, 6}, {1, 4}});
        BinaryOperator<Tensor> city = (a, b) -> a.sub(b).abs().sum(1);
        // 7 and 1 to the positive ones, 6 and 3 to the negative ones, 5 and 2 between those
        assertEach(
                anchor.tripletMarginWithDistanceLoss(
                        positive, negative, city, 2.5, false, LossReduction.NONE),
                3.5,
                0.5);
        assertEach(
                anchor.tripletMarginWithDistanceLoss(
                        positive, negative, city, 2.5, true, LossReduction.NONE),
                4.5,
                1.5);
        assertEquals(
                4.0,
                anchor.tripletMarginWithDistanceLoss(
                                positive, negative, city, 2.5, false, LossReduction.SUM)
                        .item());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                anchor.tripletMarginWithDistanceLoss(
                                        positive, negative, city, 0, false, LossReduction.SUM));
        assertEquals(
                "tripletMarginWithDistanceLoss: margin must be greater than 0, got 0.0",
                e.getMessage());
        Tensor one = Tensor.of(0.0, 0.0);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        anchor.tripletMarginWithDistanceLoss(
                                one, negative, city, 1, false, LossReduction.SUM));
    }

    @Test
    void cosinesAreThoseOfTheAngles() {
        Tensor x = Tensor.of(new double[][] {{3, 4}, {1, 0}, {0, 0}});
        Tensor y = Tensor.of(new double[][] {{4, 3}, {-2, 0}, {1, 1}});
        assertArrayEquals(
                new double[] {0.96, -1, 0}, x.cosineSimilarity(y, 1, 1e-8).toDoubleArray(), 1e-15);
        assertArrayEquals(
                new double[] {3 / Math.sqrt(10), 4 / 4.0},
                x.cosineSimilarity(Tensor.of(1.0, 0.0, 0.0).unsqueeze(1), 0, 1e-8).toDoubleArray(),
                1e-15);
        Differences.check(
                t -> t[0].cosineSimilarity(t[1], -1, 1e-8), random("c", 3, 4), random("d", 4));
    }

    @Test
    void derivativesOfLikelihoodsAreDerivatives() {
        Tensor p = Tensor.of(0.2, 0.7, 0.4, 0.9);
        Tensor q = Tensor.of(0.1, 0.6, 0.5, 0.3);
        Tensor w = Tensor.of(1.0, 2.0, 0.5, 3.0);
        Differences.check(x -> x[0].binaryCrossEntropy(x[1], w, LossReduction.NONE), p, q);
        Differences.check(
                x -> x[0].binaryCrossEntropyWithLogits(x[1], w, null, LossReduction.NONE), X, q);
        Differences.check(
                x -> x[0].binaryCrossEntropyWithLogits(x[1], null, w, LossReduction.MEAN), X, q);
        Differences.check(x -> x[0].klDiv(x[1], LossReduction.NONE, false), X, q);
        Differences.check(x -> x[0].klDiv(x[1], LossReduction.NONE, true), X, q);
        Differences.check(
                x -> x[0].gaussianNllLoss(x[1], x[2], true, 1e-6, LossReduction.NONE), X, T, w);
        Differences.check(
                x -> x[0].poissonNllLoss(x[1], true, false, 1e-8, LossReduction.NONE), X, q);
        Differences.check(x -> x[0].poissonNllLoss(w, false, true, 1e-8, LossReduction.NONE), p);
    }

    @Test
    void nodesAreNamedAsInPyTorch() {
        Tensor x = Tensor.of(0.5, 0.25).requiresGrad(true);
        Tensor t = Tensor.of(1.0, 0.0);
        Map<String, Tensor> losses =
                Map.of(
                        "MseLossBackward0", x.mseLoss(t),
                        "SmoothL1LossBackward0", x.smoothL1Loss(t),
                        "HuberLossBackward0", x.huberLoss(t),
                        "MeanBackward0", x.l1Loss(t),
                        "BinaryCrossEntropyBackward0", x.binaryCrossEntropy(t),
                        "BinaryCrossEntropyWithLogitsBackward0", x.binaryCrossEntropyWithLogits(t),
                        "SoftMarginLossBackward0", x.softMarginLoss(t, LossReduction.MEAN),
                        "LogsumexpBackward0", x.logsumexp(0));
        assertEquals(1, losses.get("SoftMarginLossBackward0").gradFn().nextFunctions().size());
        losses.forEach((name, loss) -> assertEquals(name, loss.gradFn().name()));
        assertEquals(2, losses.get("MseLossBackward0").gradFn().nextFunctions().size());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        Tensor two = Tensor.ones(2);
        Tensor three = Tensor.ones(3);
        assertMessage(
                "binaryCrossEntropy: target size must be the same as input size (input [2], target"
                        + " [3])",
                () -> two.binaryCrossEntropy(three));
        assertMessage(
                "binaryCrossEntropy: all elements of target should be between 0 and 1 (target [2])",
                () -> two.binaryCrossEntropy(two.mul(1.5)));
        assertMessage(
                "huberLoss: does not support non-positive values for delta, but it is -1.0",
                () -> two.huberLoss(two, LossReduction.MEAN, -1));
        assertMessage(
                "mseLoss: not defined for int64 (input [1], target [1])",
                () -> Tensor.of(1L).mseLoss(Tensor.of(2L)));
        assertMessage(
                "cosineEmbeddingLoss: 0D or 1D target tensor expected, and inputs with one axis more"
                        + " (inputs [2] and [2], target [2])",
                () -> two.cosineEmbeddingLoss(two, two, 0, LossReduction.MEAN));
        assertMessage(
                "nllLoss: BATCH_MEAN is not a valid reduction",
                () -> Tensor.ones(1, 2).nllLoss(Tensor.of(0L), null, 0, LossReduction.BATCH_MEAN));
    }

    private static void assertEach(Tensor losses, double... expected) {
        assertArrayEquals(expected, losses.toDoubleArray(), 1e-14);
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
