package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x where positive, `slope·x` elsewhere, as `torch.nn.LeakyReLU`.
public final class LeakyReLU extends Activation {
    /// With PyTorch's default, `negative_slope=0.01`.
    public LeakyReLU() {
        this(0.01);
    }

    /// @param slope factor on negative x
    public LeakyReLU(Number slope) {
        this(slope, false);
    }

    /// @param slope factor on negative x
    /// @param inplace whether the result is written over the input
    public LeakyReLU(Number slope, boolean inplace) {
        super(
                x -> x.leakyRelu(slope.doubleValue()),
                x -> x.leakyRelu_(slope.doubleValue()),
                "negative_slope=" + PythonText.of(slope),
                inplace);
    }
}
