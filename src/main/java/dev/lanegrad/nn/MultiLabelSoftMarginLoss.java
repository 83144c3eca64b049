package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The mean over the classes of the logistic loss of each, as `torch.nn.MultiLabelSoftMarginLoss`.
public final class MultiLabelSoftMarginLoss extends Loss {
    private final LossReduction reduction;

    /// The mean of all samples.
    public MultiLabelSoftMarginLoss() {
        this(LossReduction.MEAN);
    }

    /// With this reduction.
    public MultiLabelSoftMarginLoss(LossReduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.multilabelSoftMarginLoss(target, null, reduction);
    }
}
