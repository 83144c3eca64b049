package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x moved towards 0 by lambda, as `torch.nn.Softshrink`.
public final class Softshrink extends Activation {
    /// With PyTorch's default, `lambd=0.5`.
    public Softshrink() {
        this(0.5);
    }

    /// @param lambda how far
    public Softshrink(Number lambda) {
        super(x -> x.softshrink(lambda.doubleValue()), PythonText.of(lambda));
    }
}
