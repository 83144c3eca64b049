package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x where positive, `alpha·(e^(x/alpha) − 1)` elsewhere, as `torch.nn.CELU`.
public final class CELU extends Activation {
    /// With PyTorch's default, `alpha=1.0`.
    public CELU() {
        this(1.0);
    }

    /// @param alpha the limit for very negative x is −alpha
    public CELU(Number alpha) {
        this(alpha, false);
    }

    /// @param alpha the limit for very negative x is −alpha
    /// @param inplace whether the result is written over the input
    public CELU(Number alpha, boolean inplace) {
        super(
                x -> x.celu(alpha.doubleValue()),
                x -> x.celu_(alpha.doubleValue()),
                "alpha=" + PythonText.of(alpha),
                inplace);
    }
}
