package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.BatchNorm1d;
import dev.lanegrad.nn.Linear;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Tensor SCORES =
            Tensor.of(
                    new float[][] {
                        {5, 1, 0, 2}, {0, 1, 2, 3}, {1, 4, 3, 2}, {7, 7, 7, 7}, {0, 0, 1, 9}
                    });
    private static final Tensor TARGETS = Tensor.of(new long[] {0, 2, 3, 1, 3});

    @Test
    void accuracyCountsTheKHighestScores() {
        double[] expected = {2 / 5.0, 4 / 5.0, 1};
        for (int k = 1; k <= 3; k++) {
            Accuracy accuracy = new Accuracy(k);
            accuracy.add(SCORES.narrow(0, 0, 2), TARGETS.narrow(0, 0, 2));
            accuracy.add(SCORES.narrow(0, 2, 3), TARGETS.narrow(0, 2, 3));
            assertEquals(expected[k - 1], accuracy.value(), "k " + k);
            accuracy.reset();
            assertTrue(Double.isNaN(accuracy.value()));
        }
    }

    @Test
    void scoresThatAreNoNumbersAreWrong() {
        Accuracy accuracy = new Accuracy();
        accuracy.add(Tensor.of(new float[][] {{Float.NaN, Float.NaN}}), Tensor.of(new long[] {0}));
        assertEquals(0, accuracy.right());
    }

    @Test
    void confusionsAreCountedByClass() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "bb", "c", "d"));
        matrix.add(SCORES, TARGETS);
        assertEquals("a  1 0 0 0\nbb 1 0 0 0\nc  0 0 0 1\nd  0 1 0 1\n", matrix.toString());
        assertEquals(0.4, matrix.value());
        assertEquals(0.5, matrix.precision(0));
        assertEquals(1, matrix.recall(0));
        assertEquals(2 / 3.0, matrix.f1(0), 1e-15);
        assertEquals(0, matrix.f1(1));
        assertTrue(Double.isNaN(matrix.precision(2)));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> matrix.add(SCORES, Tensor.of(new long[] {0, 1, 2, 3, 4})));
        assertEquals("confusionMatrix: class 4 is not in 0 to 3", e.getMessage());
    }

    /// Pairs of one of the class and one that is not: 0.8 and 0.4 against 0.1, 0.4 and 0.35 give 1,
    /// 1, 1, 1, ½, 1 of 6.
    @Test
    void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
        RocAuc auc = new RocAuc();
        auc.add(Tensor.of(0.1f, 0.4f, 0.35f), Tensor.of(0, 0, 0));
        assertTrue(Double.isNaN(auc.value()));
        auc.add(Tensor.of(0.8f, 0.4f), Tensor.of(1, 1));
        assertEquals(5.5 / 6, auc.value(), 1e-15);
        auc.reset();
        auc.add(Tensor.of(0f, 1f), Tensor.of(1, 0));
        assertEquals(0, auc.value());
    }

    @Test
    void trainingStopsWhenNothingBetterComesForTooLong() {
        EarlyStopping loss = new EarlyStopping(1, 0.1, false);
        assertFalse(loss.stopsAfter(1));
        assertTrue(loss.isBest());
        assertFalse(loss.stopsAfter(0.95));
        assertFalse(loss.isBest());
        assertFalse(loss.stopsAfter(0.8));
        assertFalse(loss.stopsAfter(Double.NaN));
        assertTrue(loss.stopsAfter(0.8));
    }

    @Test
    void averagesFollowTheWeightsAndMakeWayForThem() {
        Linear model = new Linear(1, 1);
        float first = set(model, 1);
        WeightAverage ema = WeightAverage.exponential(model, 0.5);
        WeightAverage mean = WeightAverage.mean(model);
        for (int value : new int[] {3, 5}) {
            set(model, value);
            ema.update();
            mean.update();
        }
        double decay = 2 / 11.0; // the second step of an average that is to keep half
        double expected = decay * (0.1 * first + 0.9 * 3) + (1 - decay) * 5;
        assertEquals(expected, weight(ema), 1e-6);
        assertEquals(4, weight(mean), 1e-6);
        try (var _ = mean.inPlace()) {
            assertEquals(4f, model.weight().item());
        }
        assertEquals(5f, model.weight().item());
        assertThrows(IllegalArgumentException.class, () -> WeightAverage.exponential(model, 1.5));
    }

    @Test
    void whatCountsIsTakenAsItIs() {
        BatchNorm1d norm = new BatchNorm1d(2);
        WeightAverage ema = WeightAverage.exponential(norm, 0.9);
        norm.forward(Tensor.rand(4, 2));
        ema.update();
        assertEquals(1L, ema.stateDict().get("num_batches_tracked").item());
    }

    private static float set(Linear model, float value) {
        model.weight().data().fill_(value);
        return value;
    }

    private static double weight(WeightAverage average) {
        return ((Number) average.stateDict().get("weight").item()).doubleValue();
    }
}
