package dev.lanegrad.nn;

/// `x / (1 + |x|)`, as `torch.nn.Softsign`.
public final class Softsign extends Activation {
    /// The function.
    public Softsign() {
        super(x -> x.softsign(), "");
    }
}
