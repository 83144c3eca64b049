package dev.lanegrad.nn;

/// The hyperbolic tangent, as `torch.nn.Tanh`.
public final class Tanh extends Activation {
    /// The function.
    public Tanh() {
        super(x -> x.tanh(), "");
    }
}
