package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// By how much the scores of other classes come nearer to those of a row's labels than 1, as
/// `torch.nn.MultiLabelMarginLoss`.
public final class MultiLabelMarginLoss extends Loss {
    private final LossReduction reduction;

    /// The mean of all samples.
    public MultiLabelMarginLoss() {
        this(LossReduction.MEAN);
    }

    /// With this reduction.
    public MultiLabelMarginLoss(LossReduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.multilabelMarginLoss(target, reduction);
    }
}
