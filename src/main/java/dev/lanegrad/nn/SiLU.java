package dev.lanegrad.nn;

/// `x·sigmoid(x)`, as `torch.nn.SiLU`.
public final class SiLU extends Activation {
    /// The function.
    public SiLU() {
        this(false);
    }

    /// The function, its result written over its input if `inplace`.
    public SiLU(boolean inplace) {
        super(x -> x.silu(), x -> x.silu_(), "", inplace);
    }
}
