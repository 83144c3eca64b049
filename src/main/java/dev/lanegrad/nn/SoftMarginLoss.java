package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// `ln(1 + exp(−target · input))` for targets of 1 and −1, as `torch.nn.SoftMarginLoss`.
public final class SoftMarginLoss extends Loss {
    private final LossReduction reduction;

    /// The mean of all elements.
    public SoftMarginLoss() {
        this(LossReduction.MEAN);
    }

    /// @param reduction what is made of the losses of the elements
    public SoftMarginLoss(LossReduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.softMarginLoss(target, reduction);
    }
}
