package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The mean over the classes of the logistic loss of each, as `torch.nn.MultiLabelSoftMarginLoss`.
public final class MultiLabelSoftMarginLoss extends Loss {
    private final @Nullable Tensor weight;
    private final LossReduction reduction;

    /// The mean of all samples.
    public MultiLabelSoftMarginLoss() {
        this(null, LossReduction.MEAN);
    }

    /// With this reduction.
    public MultiLabelSoftMarginLoss(LossReduction reduction) {
        this(null, reduction);
    }

    /// @param weight of each label, or null for ones
    public MultiLabelSoftMarginLoss(@Nullable Tensor weight, LossReduction reduction) {
        this.weight = weight == null ? null : buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.multilabelSoftMarginLoss(target, now(weight), reduction);
    }
}
