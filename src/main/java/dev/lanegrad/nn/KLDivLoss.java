package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The divergence of a target distribution from one given as logarithms, as `torch.nn.KLDivLoss`.
public final class KLDivLoss extends Loss {
    private final LossReduction reduction;
    private final boolean logTarget;

    /// The mean of all elements; [LossReduction#BATCH_MEAN] is the divergence as mathematics has
    /// it.
    public KLDivLoss() {
        this(LossReduction.MEAN, false);
    }

    /// @param logTarget whether the target too is given as logarithms
    public KLDivLoss(LossReduction reduction, boolean logTarget) {
        this.reduction = reduction;
        this.logTarget = logTarget;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.klDiv(target, reduction, logTarget);
    }
}
