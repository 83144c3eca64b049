package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x where positive, `alpha·(eˣ − 1)` elsewhere, as `torch.nn.ELU`.
public final class ELU extends Activation {
    /// With PyTorch's default, `alpha=1.0`.
    public ELU() {
        this(1.0);
    }

    /// @param alpha the limit for very negative x is −alpha
    public ELU(Number alpha) {
        this(alpha, false);
    }

    /// @param alpha the limit for very negative x is −alpha
    /// @param inplace whether the result is written over the input
    public ELU(Number alpha, boolean inplace) {
        super(
                x -> x.elu(alpha.doubleValue()),
                x -> x.elu_(alpha.doubleValue()),
                "alpha=" + PythonText.of(alpha),
                inplace);
    }
}
