package dev.lanegrad.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void sixPairsOfOneSignHaveTheExactP() {
        Comparison c = Comparison.of(logs(1.04, 1.05, 1.06, 1.045, 1.055, 1.051));
        assertEquals(1.0 / 64, c.p(), 1e-12);
        assertEquals(1.05, c.ratio(), 0.001);
        assertTrue(c.low() > 1.03 && c.high() < 1.07, c.toString());
        assertEquals(6, c.pairs());
    }

    @Test
    void fasterIsNotSlower() {
        assertEquals(1, Comparison.of(logs(0.9, 0.91, 0.92, 0.93, 0.94)).p(), 1e-12);
    }

    @Test
    void equalTimesAreEqual() {
        assertEquals(new Comparison(5, 1, 1, 1, 1), Comparison.of(new double[5]));
    }

    @Test
    void oneWildPairHardlyMovesTheRatio() {
        assertEquals(1, Comparison.of(logs(1, 1.01, 0.99, 1, 1.005, 3)).ratio(), 0.02);
    }

    @Test
    void theSameNumbersHaveTheSameInterval() {
        double[] x = logs(1.01, 0.97, 1.03, 1.02, 0.99);
        assertEquals(Comparison.of(x), Comparison.of(x));
    }

    @Test
    void onePairIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(0.1));
    }

    /// Of few numbers, plain bootstrap intervals cover the truth far too seldom.
    @Test
    void intervalsOfSixPairsCoverTheTruth() {
        Random random = new Random(1);
        int covered = 0;
        for (int run = 0; run < 300; run++) {
            Comparison c =
                    Comparison.of(random.doubles(6).map(_ -> random.nextGaussian()).toArray());
            covered += c.low() <= 1 && 1 <= c.high() ? 1 : 0;
        }
        assertTrue(covered >= 0.92 * 300, covered + " of 300");
    }

    @Test
    void holmAdjustsStepByStep() {
        double[] adjusted = Holm.adjust(0.01, 0.04, 0.03, 0.005);
        double[] expected = {0.03, 0.06, 0.06, 0.02};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], adjusted[i], 1e-12);
        }
        assertEquals(0, Holm.adjust().length);
    }

    private static double[] logs(double... ratios) {
        double[] logs = new double[ratios.length];
        java.util.Arrays.setAll(logs, i -> Math.log(ratios[i]));
        return logs;
    }
}
