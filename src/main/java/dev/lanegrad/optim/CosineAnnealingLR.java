package dev.lanegrad.optim;

/// The rate falls along a cosine to `etaMin` in `tMax` epochs, and rises again after, as
/// `torch.optim.lr_scheduler.CosineAnnealingLR`.
public final class CosineAnnealingLR extends Schedule {
    private final int tMax;
    private final double etaMin;

    /// Down to 0.
    public CosineAnnealingLR(Optimizer optimizer, int tMax) {
        this(optimizer, tMax, 0);
    }

    /// @param tMax epochs from the top to the bottom
    /// @param etaMin the lowest rate
    public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
        super(optimizer);
        this.tMax = tMax;
        this.etaMin = etaMin;
        set();
    }

    @Override
    double lr(int epoch, double base, double now) {
        if (epoch == 0) {
            return now;
        }
        if ((epoch - 1 - tMax) % (2 * tMax) == 0) {
            return now + (base - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
        }
        return (1 + Math.cos(Math.PI * epoch / tMax))
                        / (1 + Math.cos(Math.PI * (epoch - 1) / tMax))
                        * (now - etaMin)
                + etaMin;
    }
}
