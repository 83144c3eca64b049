package dev.lanegrad.nn;

/// `max(x, 0)`, as `torch.nn.ReLU`.
public final class ReLU extends Activation {
    /// The function.
    public ReLU() {
        this(false);
    }

    /// The function, its result written over its input if `inplace`.
    public ReLU(boolean inplace) {
        super(x -> x.relu(), x -> x.relu_(), "", inplace);
    }
}
