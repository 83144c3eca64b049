package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// Half the squared difference, linear from `delta` on, as `torch.nn.HuberLoss`.
public final class HuberLoss extends Loss {
    private final LossReduction reduction;
    private final double delta;

    /// The mean of all elements, `delta` being 1.
    public HuberLoss() {
        this(LossReduction.MEAN, 1);
    }

    /// @param delta where the parabola ends
    public HuberLoss(LossReduction reduction, double delta) {
        this.reduction = reduction;
        this.delta = delta;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.huberLoss(target, reduction, delta);
    }
}
