package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CtcLossTest {
    private static final int[] TIMES = {5, 4, 3};
    private static final int[] LENGTHS = {2, 3, 0};
    private static final Tensor TARGETS = Tensor.of(new long[][] {{1, 1, 0}, {2, 1, 2}, {0, 0, 0}});

    private static Tensor logProbs() {
        return Differences.random("ctc", 5, 3, 3).mul(3).logSoftmax(2);
    }

    /// The sum over all sequences of classes that spell the labels.
    private static double bySumming(Tensor logProbs, int sample, int times, List<Long> labels) {
        double sum = 0;
        int ways = (int) Math.pow(3, times);
        for (int way = 0; way < ways; way++) {
            double p = 0;
            List<Long> spelled = new ArrayList<>();
            long before = 0;
            for (int t = 0, rest = way; t < times; t++, rest /= 3) {
                long c = rest % 3;
                p += (double) logProbs.select(0, t).select(0, sample).select(0, c).item();
                if (c != 0 && c != before) {
                    spelled.add(c);
                }
                before = c;
            }
            sum += spelled.equals(labels) ? Math.exp(p) : 0;
        }
        return -Math.log(sum);
    }

    @Test
    void sumsOverAllWaysToSpellTheLabels() {
        Tensor x = logProbs();
        Tensor each = x.ctcLoss(TARGETS, TIMES, LENGTHS, 0, LossReduction.NONE, false);
        double[] expected = {
            bySumming(x, 0, 5, List.of(1L, 1L)),
            bySumming(x, 1, 4, List.of(2L, 1L, 2L)),
            bySumming(x, 2, 3, List.of())
        };
        assertArrayEquals(expected, each.toDoubleArray(), 1e-12);
        Tensor inRow = Tensor.of(1L, 1L, 2L, 1L, 2L);
        Tensor sum = x.ctcLoss(inRow, TIMES, LENGTHS, 0, LossReduction.SUM, false);
        assertEquals(Arrays.stream(expected).sum(), (double) sum.item(), 1e-12);
        Tensor mean = x.ctcLoss(inRow, TIMES, LENGTHS, 0, LossReduction.MEAN, false);
        double perLabel = (expected[0] / 2 + expected[1] / 3 + expected[2]) / 3;
        assertEquals(perLabel, (double) mean.item(), 1e-12);
    }

    @Test
    void oneSampleNeedsNoBatchAxis() {
        Tensor x = logProbs();
        Tensor one = x.select(1, 0);
        int[] times = {5};
        int[] lengths = {2};
        Tensor loss = one.ctcLoss(Tensor.of(1L, 1L), times, lengths, 0, LossReduction.NONE, false);
        assertEquals(Shape.of(), loss.shape());
        assertEquals(bySumming(x, 0, 5, List.of(1L, 1L)), (double) loss.item(), 1e-12);
    }

    /// exp(x) less the share of the ways through each class, so that a step's gradients sum to 0.
    @Test
    void theGradientIsThatOfScoresUnderALogSoftmax() {
        Tensor x = logProbs().detach().requiresGrad(true);
        x.ctcLoss(TARGETS, TIMES, LENGTHS, 0, LossReduction.SUM, false).backward();
        assertTrue(x.grad().sum(2).abs().max().lt(1e-12).isTrue());
        assertEquals(0.0, x.grad().select(0, 4).narrow(0, 1, 2).abs().sum().item());
    }

    @Test
    void aSampleTooShortForItsTargetIsInfiniteOrNothing() {
        Tensor x = Tensor.zeros(2, 1, 3).logSoftmax(2).requiresGrad(true);
        Tensor target = Tensor.of(1L, 1L);
        int[] two = {2};
        Tensor endless = x.ctcLoss(target, two, two, 0, LossReduction.SUM, false);
        assertEquals(Float.POSITIVE_INFINITY, endless.item());
        Tensor none = x.ctcLoss(target, two, two, 0, LossReduction.SUM, true);
        assertEquals(0f, none.item());
        none.backward();
        assertEquals(0f, x.grad().abs().sum().item());
    }

    @Test
    void lengthsThatDoNotFitAreRefusedWithTheNumbers() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                logProbs()
                                        .ctcLoss(
                                                TARGETS,
                                                new int[] {6, 4, 3},
                                                LENGTHS,
                                                0,
                                                LossReduction.MEAN,
                                                false));
        assertEquals(
                "ctcLoss: lengths, targets or blank 0 do not fit (input [T, N, C] = [5, 3, 3] with"
                        + " lengths [6, 4, 3], targets [3, 3] with lengths [2, 3, 0])",
                e.getMessage());
    }
}
