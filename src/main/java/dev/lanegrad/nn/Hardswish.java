package dev.lanegrad.nn;

/// `x·relu6(x + 3) / 6`, as `torch.nn.Hardswish`.
public final class Hardswish extends Activation {
    /// The function.
    public Hardswish() {
        super(x -> x.hardswish(), "");
    }
}
