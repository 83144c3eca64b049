package dev.lanegrad.nn;

/// `min(max(x, 0), 6)`, as `torch.nn.ReLU6`.
public final class ReLU6 extends Activation {
    /// The function.
    public ReLU6() {
        this(false);
    }

    /// The function, its result written over its input if `inplace`.
    public ReLU6(boolean inplace) {
        super(x -> x.relu6(), x -> x.relu6_(), "", inplace);
    }
}
