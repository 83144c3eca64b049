package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;

/// What dropout layers have in common.
abstract class RandomZeros extends Module {
    private final Number p;
    private final boolean inplace;

    RandomZeros(Number p, boolean inplace) {
        if (!(p.doubleValue() >= 0 && p.doubleValue() <= 1)) {
            throw new IllegalArgumentException(
                    "dropout probability has to be between 0 and 1, but got " + PythonText.of(p));
        }
        this.p = p;
        this.inplace = inplace;
    }

    /// A new tensor, or `x` itself if nothing is dropped.
    abstract Tensor drop(Tensor x, double p);

    @Override
    public final Tensor forward(Tensor x) {
        Tensor y = drop(x, p.doubleValue());
        return inplace && y != x ? x.copy_(y) : y;
    }

    @Override
    protected final String extraRepr() {
        return "p=%s, inplace=%s".formatted(PythonText.of(p), PythonText.of(inplace));
    }
}
