package dev.lanegrad.optim;

import java.util.function.IntToDoubleFunction;

/// The first rate times a function of the epoch, as `torch.optim.lr_scheduler.LambdaLR`.
public final class LambdaLR extends Schedule {
    private final IntToDoubleFunction factor;

    /// @param factor the factor at an epoch
    public LambdaLR(Optimizer optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        return base * factor.applyAsDouble(epoch);
    }
}
