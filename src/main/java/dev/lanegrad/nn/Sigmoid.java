package dev.lanegrad.nn;

/// `1 / (1 + e⁻ˣ)`, as `torch.nn.Sigmoid`.
public final class Sigmoid extends Activation {
    /// The function.
    public Sigmoid() {
        super(x -> x.sigmoid(), "");
    }
}
