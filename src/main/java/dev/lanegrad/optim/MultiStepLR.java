package dev.lanegrad.optim;

/// The rate times `gamma` at each of some epochs, as `torch.optim.lr_scheduler.MultiStepLR`.
public final class MultiStepLR extends Schedule {
    private final int[] milestones;
    private final double gamma;

    /// With gamma 0.1.
    public MultiStepLR(Optimizer optimizer, int... milestones) {
        this(optimizer, milestones, 0.1);
    }

    /// @param milestones the epochs, in any order; one that comes twice counts twice
    /// @param gamma factor
    public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma) {
        super(optimizer);
        this.milestones = milestones.clone();
        this.gamma = gamma;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        double lr = now;
        for (int milestone : milestones) {
            lr = milestone == epoch ? lr * gamma : lr;
        }
        return lr;
    }
}
