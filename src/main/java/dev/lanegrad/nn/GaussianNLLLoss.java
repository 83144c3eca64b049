package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The negative logarithm of the density of targets under normal distributions, as
/// `torch.nn.GaussianNLLLoss`: forward takes means, targets and variances.
public final class GaussianNLLLoss extends PairLoss {
    private final boolean full;
    private final double eps;
    private final LossReduction reduction;

    /// Without the constant term, the mean of all.
    public GaussianNLLLoss() {
        this(false, 1e-6, LossReduction.MEAN);
    }

    /// @param full whether the constant term is added
    /// @param eps the least variance
    public GaussianNLLLoss(boolean full, double eps, LossReduction reduction) {
        this.full = full;
        this.eps = eps;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor mean, Tensor target, Tensor variance) {
        return mean.gaussianNllLoss(target, variance, full, eps, reduction);
    }
}
