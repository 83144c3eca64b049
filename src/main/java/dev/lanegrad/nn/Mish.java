package dev.lanegrad.nn;

/// `x·tanh(softplus(x))`, as `torch.nn.Mish`.
public final class Mish extends Activation {
    /// The function.
    public Mish() {
        this(false);
    }

    /// The function, its result written over its input if `inplace`.
    public Mish(boolean inplace) {
        super(x -> x.mish(), x -> x.mish_(), "", inplace);
    }
}
