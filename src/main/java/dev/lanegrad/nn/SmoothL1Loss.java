package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The size of the difference, a parabola near 0, as `torch.nn.SmoothL1Loss`.
public final class SmoothL1Loss extends Loss {
    private final LossReduction reduction;
    private final double beta;

    /// The mean of all elements, `beta` being 1.
    public SmoothL1Loss() {
        this(LossReduction.MEAN, 1);
    }

    /// @param beta where the parabola ends
    public SmoothL1Loss(LossReduction reduction, double beta) {
        this.reduction = reduction;
        this.beta = beta;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.smoothL1Loss(target, reduction, beta);
    }
}
