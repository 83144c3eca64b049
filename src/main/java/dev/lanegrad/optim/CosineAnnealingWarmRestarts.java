package dev.lanegrad.optim;

/// The rate falls along a cosine to `etaMin`, jumps back, and falls again, each time `mult` times
/// as long, as `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
public final class CosineAnnealingWarmRestarts extends Schedule {
    private final int first;
    private final int mult;
    private final double etaMin;

    /// Down to 0, always in as many epochs.
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int first) {
        this(optimizer, first, 1, 0);
    }

    /// @param first epochs of the first fall
    /// @param mult how many times as long each fall is as the one before
    /// @param etaMin the lowest rate
    /// @throws IllegalArgumentException if `first` or `mult` is below 1
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int first, int mult, double etaMin) {
        super(optimizer);
        if (first < 1) {
            throw new IllegalArgumentException("Expected positive integer T_0, but got " + first);
        }
        if (mult < 1) {
            throw new IllegalArgumentException("Expected integer T_mult >= 1, but got " + mult);
        }
        this.first = first;
        this.mult = mult;
        this.etaMin = etaMin;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        int length = first;
        int since = epoch;
        while (since >= length) {
            since -= length;
            length *= mult;
        }
        return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * since / length)) / 2;
    }
}
