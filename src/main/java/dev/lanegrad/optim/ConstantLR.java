package dev.lanegrad.optim;

/// The rate times `factor` for the first `totalIters` epochs, as
/// `torch.optim.lr_scheduler.ConstantLR`.
public final class ConstantLR extends Schedule {
    private final double factor;
    private final int totalIters;

    /// PyTorch's defaults: a third for 5 epochs.
    public ConstantLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 5);
    }

    /// @param factor factor
    /// @param totalIters epochs that it holds for
    public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
        super(optimizer);
        this.factor = factor;
        this.totalIters = totalIters;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        if (epoch == 0) {
            return now * factor;
        }
        return epoch == totalIters ? now / factor : now;
    }
}
