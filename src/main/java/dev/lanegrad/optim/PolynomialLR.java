package dev.lanegrad.optim;

/// The rate falls to 0 as a power of the epochs that remain, as
/// `torch.optim.lr_scheduler.PolynomialLR`.
public final class PolynomialLR extends Schedule {
    private final int totalIters;
    private final double power;

    /// PyTorch's defaults: evenly in 5 epochs.
    public PolynomialLR(Optimizer optimizer) {
        this(optimizer, 5, 1);
    }

    /// @param totalIters epochs until 0
    /// @param power the power
    public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
        super(optimizer);
        this.totalIters = totalIters;
        this.power = power;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        if (epoch == 0 || epoch > totalIters) {
            return now;
        }
        double left = 1 - (double) epoch / totalIters;
        double before = 1 - (double) (epoch - 1) / totalIters;
        return now * Math.pow(left / before, power);
    }
}
