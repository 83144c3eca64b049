package dev.lanegrad.optim;

/// The rate times `gamma` every `stepSize` epochs, as `torch.optim.lr_scheduler.StepLR`.
public final class StepLR extends Schedule {
    private final int stepSize;
    private final double gamma;

    /// With gamma 0.1.
    public StepLR(Optimizer optimizer, int stepSize) {
        this(optimizer, stepSize, 0.1);
    }

    /// @param stepSize epochs between changes
    /// @param gamma factor
    public StepLR(Optimizer optimizer, int stepSize, double gamma) {
        super(optimizer);
        this.stepSize = stepSize;
        this.gamma = gamma;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        return epoch > 0 && epoch % stepSize == 0 ? now * gamma : now;
    }
}
