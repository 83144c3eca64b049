package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MultinomialTest {
    private final Generator g = new Generator().manualSeed(1);

    @Test
    void categoriesComeAsOftenAsTheirWeights() {
        int n = 100_000;
        double[] weights = {1, 0, 3, 6};
        for (boolean single : new boolean[] {true, false}) {
            long[] y = new long[n];
            Multinomial.draw(g, weights, single, 1, 4, n, true, y);
            for (int j = 0; j < 4; j++) {
                int category = j;
                double share = Arrays.stream(y).filter(v -> v == category).count() / (double) n;
                double p = weights[j] / 10;
                assertEquals(p, share, 5 * Math.sqrt(p * (1 - p) / n));
            }
        }
    }

    @Test
    void withoutReplacementEachComesOnceAndHeavyOnesFirst() {
        int rows = 2000;
        double[] weights = new double[rows * 3];
        for (int i = 0; i < rows; i++) {
            weights[3 * i] = 1;
            weights[3 * i + 1] = 8;
            weights[3 * i + 2] = 1;
        }
        long[] y = new long[rows * 3];
        Multinomial.draw(g, weights, true, rows, 3, 3, false, y);
        int first = 0;
        for (int i = 0; i < rows; i++) {
            assertEquals(0b111, 1 << y[3 * i] | 1 << y[3 * i + 1] | 1 << y[3 * i + 2]);
            first += y[3 * i] == 1 ? 1 : 0;
        }
        assertEquals(0.8, first / (double) rows, 5 * 0.4 / Math.sqrt(rows));
    }

    @Test
    void aCategoryWithoutWeightComesLast() {
        long[] y = new long[3];
        Multinomial.draw(g, new double[] {0, 2, 5}, false, 1, 3, 3, false, y);
        assertEquals(0, y[2]);
        assertTrue(y[0] + y[1] == 3);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        refused("multinomial: cannot draw 0 samples", 0, 1, 2);
        refused(
                "multinomial: cannot draw 3 samples of 2 categories, the size of axis -1, without replacement",
                3,
                1,
                2);
        refused("multinomial: the weights of a row sum to 0", 1, 0, 0);
        refused("multinomial: a weight must be finite and at least 0, got -1.0", 1, 3, -1);
        refused("multinomial: a weight must be finite and at least 0, got NaN", 1, 3, Double.NaN);
    }

    private void refused(String message, int count, double... weights) {
        Executable call =
                () ->
                        Multinomial.draw(
                                g, weights, false, 1, weights.length, count, false, new long[3]);
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
