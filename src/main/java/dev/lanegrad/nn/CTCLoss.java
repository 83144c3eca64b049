package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// How improbable it is that log-probabilities spell sequences of labels, as `torch.nn.CTCLoss`.
public final class CTCLoss extends Module {
    private final int blank;
    private final LossReduction reduction;
    private final boolean zeroInfinity;

    /// The mean over the samples, class 0 being the blank.
    public CTCLoss() {
        this(0, LossReduction.MEAN, false);
    }

    /// With this class as the blank; `zeroInfinity` lets samples too short for their targets count
    /// 0.
    public CTCLoss(int blank, LossReduction reduction, boolean zeroInfinity) {
        this.blank = blank;
        this.reduction = reduction;
        this.zeroInfinity = zeroInfinity;
    }

    /// The loss of log-probabilities `[T, N, C]` or `[T, C]`.
    ///
    /// @param targets int64 classes, `[N, S]`, or all one after another
    /// @param inputLengths steps of each sample, at most T
    /// @param targetLengths labels of each sample
    public Tensor forward(
            Tensor logProbs, Tensor targets, int[] inputLengths, int[] targetLengths) {
        return logProbs.ctcLoss(
                targets, inputLengths, targetLengths, blank, reduction, zeroInfinity);
    }

    /// The loss needs targets and lengths, too.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                typeName() + ": needs targets and lengths beside the input " + x.shape());
    }
}
