package dev.lanegrad.nn;

/// The scaled exponential linear unit, as `torch.nn.SELU`.
public final class SELU extends Activation {
    /// The function.
    public SELU() {
        this(false);
    }

    /// The function, its result written over its input if `inplace`.
    public SELU(boolean inplace) {
        super(x -> x.selu(), x -> x.selu_(), "", inplace);
    }
}
