package dev.lanegrad;

/// What a loss makes of the losses of the single elements.
public enum LossReduction {
    /// Their mean, weighted where the loss has weights.
    MEAN,
    /// Their sum.
    SUM,
    /// Themselves.
    NONE,
    /// Their sum divided by the size of axis 0; not for losses of numbered classes.
    BATCH_MEAN;

    /// What is made of `losses`.
    Tensor of(Tensor losses) {
        return switch (this) {
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
            case NONE -> losses;
            case BATCH_MEAN -> losses.sum().div(losses.size(0));
        };
    }

    /// What the sum of losses of this shape is divided by.
    int divisor(Shape shape) {
        return switch (this) {
            case MEAN -> shape.numel();
            case SUM, NONE -> 1;
            case BATCH_MEAN -> shape.size(0);
        };
    }

    IllegalArgumentException notFor(String op) {
        return new IllegalArgumentException(op + ": " + this + " is not a valid reduction");
    }
}
