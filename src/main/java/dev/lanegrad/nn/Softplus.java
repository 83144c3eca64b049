package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// `log(1 + e^(beta·x)) / beta`, as `torch.nn.Softplus`.
public final class Softplus extends Activation {
    /// With PyTorch's defaults, `beta=1.0` and `threshold=20.0`.
    public Softplus() {
        this(1.0, 20.0);
    }

    /// @param beta how sharp the bend at 0 is
    /// @param threshold where `beta·x` is above it, the result is x
    public Softplus(Number beta, Number threshold) {
        super(
                x -> x.softplus(beta.doubleValue(), threshold.doubleValue()),
                "beta=" + PythonText.of(beta) + ", threshold=" + PythonText.of(threshold));
    }
}
