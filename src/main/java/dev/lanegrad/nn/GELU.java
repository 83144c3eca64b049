package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// `x·Φ(x)`, Φ the normal distribution's, as `torch.nn.GELU`.
public final class GELU extends Activation {
    /// The exact function.
    public GELU() {
        super(Tensor::gelu, "approximate='none'");
    }

    private GELU(String approximate) {
        super(Tensor::geluTanh, "approximate='" + approximate + "'");
    }

    /// Approximated with a hyperbolic tangent, as with PyTorch's `approximate="tanh"`.
    public static GELU tanh() {
        return new GELU("tanh");
    }
}
