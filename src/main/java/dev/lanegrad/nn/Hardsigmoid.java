package dev.lanegrad.nn;

/// `relu6(x + 3) / 6`, as `torch.nn.Hardsigmoid`.
public final class Hardsigmoid extends Activation {
    /// The function.
    public Hardsigmoid() {
        super(x -> x.hardsigmoid(), "");
    }
}
