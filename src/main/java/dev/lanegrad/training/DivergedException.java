package dev.lanegrad.training;

/// The loss of a training is no finite number any more.
public final class DivergedException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    private final double loss;
    private final int step;

    DivergedException(double loss, int step) {
        super("trainer: the loss is %s in step %d".formatted(loss, step));
        this.loss = loss;
        this.step = step;
    }

    /// The loss, infinite or NaN.
    public double loss() {
        return loss;
    }

    /// The step whose loss it is, from 1; it was not done.
    public int step() {
        return step;
    }
}
