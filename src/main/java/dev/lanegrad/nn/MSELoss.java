package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The squared difference, as `torch.nn.MSELoss`.
public final class MSELoss extends Loss {
    private final LossReduction reduction;

    /// The mean of all elements.
    public MSELoss() {
        this(LossReduction.MEAN);
    }

    /// With this reduction.
    public MSELoss(LossReduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.mseLoss(target, reduction);
    }
}
