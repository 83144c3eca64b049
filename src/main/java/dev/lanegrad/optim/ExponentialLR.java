package dev.lanegrad.optim;

/// The rate times `gamma` every epoch, as `torch.optim.lr_scheduler.ExponentialLR`.
public final class ExponentialLR extends Schedule {
    private final double gamma;

    /// @param gamma factor
    public ExponentialLR(Optimizer optimizer, double gamma) {
        super(optimizer);
        this.gamma = gamma;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        return epoch > 0 ? now * gamma : now;
    }
}
