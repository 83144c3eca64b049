package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The negative logarithm of the Poisson probability of counts, as `torch.nn.PoissonNLLLoss`.
public final class PoissonNLLLoss extends Loss {
    private final boolean logInput;
    private final boolean full;
    private final double eps;
    private final LossReduction reduction;

    /// The mean of all elements, of inputs that are logarithms.
    public PoissonNLLLoss() {
        this(true, false, 1e-8, LossReduction.MEAN);
    }

    /// @param logInput whether inputs are logarithms of the rates
    /// @param full whether Stirling's term, which does not depend on the input, is added
    /// @param eps added to rates before their logarithm is taken
    public PoissonNLLLoss(boolean logInput, boolean full, double eps, LossReduction reduction) {
        this.logInput = logInput;
        this.full = full;
        this.eps = eps;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.poissonNllLoss(target, logInput, full, eps, reduction);
    }
}
