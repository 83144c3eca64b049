package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The size of the difference, as `torch.nn.L1Loss`.
public final class L1Loss extends Loss {
    private final LossReduction reduction;

    /// The mean of all elements.
    public L1Loss() {
        this(LossReduction.MEAN);
    }

    /// With this reduction.
    public L1Loss(LossReduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.l1Loss(target, reduction);
    }
}
