package dev.lanegrad.optim;

/// A factor on the rate that changes evenly, as in a warm-up, as
/// `torch.optim.lr_scheduler.LinearLR`.
public final class LinearLR extends Schedule {
    private final double startFactor;
    private final double endFactor;
    private final int totalIters;

    /// PyTorch's defaults: from a third to 1 in 5 epochs.
    public LinearLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 1, 5);
    }

    /// @param startFactor factor at the start, above 0
    /// @param endFactor factor at the end
    /// @param totalIters epochs from the one to the other
    public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
        super(optimizer);
        this.startFactor = startFactor;
        this.endFactor = endFactor;
        this.totalIters = totalIters;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        if (epoch == 0) {
            return now * startFactor;
        }
        double rise = endFactor - startFactor;
        return epoch > totalIters
                ? now
                : now * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
    }
}
