package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x, but 0 within ±lambda, as `torch.nn.Hardshrink`.
public final class Hardshrink extends Activation {
    /// With PyTorch's default, `lambd=0.5`.
    public Hardshrink() {
        this(0.5);
    }

    /// @param lambda half the width of the gap
    public Hardshrink(Number lambda) {
        super(x -> x.hardshrink(lambda.doubleValue()), PythonText.of(lambda));
    }
}
