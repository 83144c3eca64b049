package dev.lanegrad.optim;

import java.util.function.IntToDoubleFunction;

/// The rate times a function of the epoch, every epoch, as
/// `torch.optim.lr_scheduler.MultiplicativeLR`.
public final class MultiplicativeLR extends Schedule {
    private final IntToDoubleFunction factor;

    /// @param factor the factor at an epoch
    public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        return epoch > 0 ? now * factor.applyAsDouble(epoch) : now;
    }
}
