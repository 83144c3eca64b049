package dev.lanegrad.nn;

/// `x − tanh(x)`, as `torch.nn.Tanhshrink`.
public final class Tanhshrink extends Activation {
    /// The function.
    public Tanhshrink() {
        super(x -> x.tanhshrink(), "");
    }
}
