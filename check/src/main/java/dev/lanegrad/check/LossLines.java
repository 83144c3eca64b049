package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import java.util.List;

/// Losses.
final class LossLines {
    private static final LossReduction MEAN = LossReduction.MEAN;

    static final List<Operation> CLASSES =
            List.of(
                    of("crossEntropy", x -> x.crossEntropy(classes(x)), in("n,3")),
                    of(
                            "crossEntropy",
                            x -> x.crossEntropy(classes(x), null, 1, MEAN, 0.2),
                            in("4,3")),
                    of(
                            "crossEntropy",
                            (x, p) -> x.crossEntropy(p),
                            in("n,3"),
                            within(0.1, 0.9, "n,3")),
                    of("nllLoss", x -> x.nllLoss(classes(x)), in("n,3")).linear(),
                    of("ctcLoss", LossLines::spelled, in("4,3,5")),
                    of(
                            "binaryCrossEntropy",
                            (x, y) -> x.binaryCrossEntropy(y),
                            within(0.1, 0.9),
                            within(0.1, 0.9, "=")),
                    of(
                            "binaryCrossEntropyWithLogits",
                            (x, y) -> x.binaryCrossEntropyWithLogits(y),
                            in("*"),
                            within(0.1, 0.9, "=")),
                    of(
                            "klDiv",
                            (x, y) -> x.klDiv(y, LossReduction.SUM, false),
                            in("*"),
                            within(0.1, 0.9, "=")),
                    of("klDiv", (x, y) -> x.klDiv(y, LossReduction.SUM, true), in("*"), in("=")));

    static final List<Operation> REGRESSION =
            List.of(
                    of("mseLoss", (x, y) -> x.mseLoss(y), in("m,n"), in("m,n")),
                    of("l1Loss", (x, y) -> x.l1Loss(y), within(1, 2, "m,n"), within(-2, -1, "m,n")),
                    of(
                            "smoothL1Loss",
                            (x, y) -> x.smoothL1Loss(y),
                            within(0.2, 0.4, "m,n"),
                            within(-0.4, -0.2, "m,n")),
                    of(
                            "smoothL1Loss",
                            (x, y) -> x.smoothL1Loss(y, LossReduction.SUM, 0.5),
                            within(1, 2, "m,n"),
                            within(-2, -1, "m,n")),
                    of(
                            "huberLoss",
                            (x, y) -> x.huberLoss(y),
                            within(1, 2, "m,n"),
                            within(-2, -1, "m,n")),
                    of(
                            "huberLoss",
                            (x, y) -> x.huberLoss(y, MEAN, 3),
                            within(0.2, 1, "m,n"),
                            within(-1, -0.2, "m,n")),
                    of(
                            "poissonNllLoss",
                            x -> x.poissonNllLoss(counts(x), true, true, 1e-8, MEAN),
                            in("n")),
                    ofAll(
                            "gaussianNllLoss",
                            t -> t[0].gaussianNllLoss(t[1], t[2], true, 1e-6, MEAN),
                            in("m,n"),
                            in("m,n"),
                            within(0.5, 2, "m,n")));

    static final List<Operation> MARGINS =
            List.of(
                    of("softMarginLoss", x -> x.softMarginLoss(signs(x), MEAN), in("n")),
                    of(
                            "hingeEmbeddingLoss",
                            x -> x.hingeEmbeddingLoss(signs(x), 1, MEAN),
                            clear("n")),
                    of(
                            "marginRankingLoss",
                            (x, y) -> x.marginRankingLoss(y, signs(x), 0.3, MEAN),
                            within(1, 2, "n"),
                            within(-2, -1, "n")),
                    of(
                            "cosineEmbeddingLoss",
                            (x, y) -> x.cosineEmbeddingLoss(y, signs(x.select(1, 0)), -2, MEAN),
                            within(0.5, 2, "m,3"),
                            within(0.5, 2, "m,3")),
                    ofAll(
                            "tripletMarginLoss",
                            t -> t[0].tripletMarginLoss(t[1], t[2], 9, 2, 1e-6, false, MEAN),
                            within(1, 2, "m,3"),
                            within(-1, 0.5, "m,3"),
                            within(-2, -1.5, "m,3")),
                    of(
                            "multiMarginLoss",
                            x -> x.multiMarginLoss(classes(x), 1, 5, null, MEAN),
                            in("n,3")),
                    of(
                            "multiMarginLoss",
                            x -> x.multiMarginLoss(classes(x), 2, 5, null, MEAN),
                            in("n,3")),
                    ofAll(
                            "tripletMarginWithDistanceLoss",
                            t ->
                                    t[0].tripletMarginWithDistanceLoss(
                                            t[1], t[2], (a, b) -> a.dist(b, 2), 9, true, MEAN),
                            within(1, 2, "3"),
                            within(-1, 0.5, "3"),
                            within(-2, -1.5, "3")),
                    of(
                            "multilabelMarginLoss",
                            x -> x.multilabelMarginLoss(labels(x), MEAN),
                            within(-0.4, 0.4, "n,4")),
                    of(
                            "multilabelSoftMarginLoss",
                            (x, y) -> x.multilabelSoftMarginLoss(y, null, MEAN),
                            in("m,n"),
                            within(0.1, 0.9, "m,n")));

    private static final Tensor LABELS = Tensor.of(1L, 1L, 2L, 3L);

    private LossLines() {}

    private static Tensor classes(Tensor x) {
        long[] numbers = new long[x.size(0)];
        java.util.Arrays.setAll(numbers, i -> i * 2 % 3);
        return Tensor.of(numbers);
    }

    /// One label in rows of even number, three in the others.
    private static Tensor labels(Tensor x) {
        long[] numbers = new long[x.numel()];
        for (int i = 0; i < numbers.length; i++) {
            int place = i % 4;
            boolean ends = i / 4 % 2 == 0 ? place > 0 : place > 2;
            numbers[i] = ends ? -1 : 3 - place;
        }
        return Tensor.of(numbers).reshape(x.shape());
    }

    private static Tensor counts(Tensor x) {
        double[] numbers = new double[x.numel()];
        java.util.Arrays.setAll(numbers, i -> i % 4);
        return Tensor.of(numbers).to(x.dtype());
    }

    private static Tensor signs(Tensor x) {
        double[] signs = new double[x.numel()];
        java.util.Arrays.setAll(signs, i -> i % 2 == 0 ? 1 : -1);
        return Tensor.of(signs).to(x.dtype());
    }

    /// Samples of 4, 3 and 2 steps that spell 2, 2 and no labels.
    private static Tensor spelled(Tensor x) {
        return x.logSoftmax(2)
                .ctcLoss(
                        LABELS,
                        new int[] {4, 3, 2},
                        new int[] {2, 2, 0},
                        0,
                        LossReduction.NONE,
                        false);
    }
}
