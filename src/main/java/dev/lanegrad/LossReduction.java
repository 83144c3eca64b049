package dev.lanegrad;

/// What a loss makes of the losses of the single elements.
public enum LossReduction {
    /// Their mean, weighted where the loss has weights.
    MEAN,
    /// Their sum.
    SUM,
    /// Themselves.
    NONE;

    /// The sum or mean of `losses`, or `losses`.
    Tensor of(Tensor losses) {
        return switch (this) {
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
            case NONE -> losses;
        };
    }
}
