package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// Channels divided by a power of the squares of their neighbours, as `torch.nn.LocalResponseNorm`.
public final class LocalResponseNorm extends Activation {
    /// Over `size` channels, with PyTorch's other numbers.
    public LocalResponseNorm(int size) {
        this(size, 1e-4, 0.75, 1.0);
    }

    /// `x / (k + alpha·mean(x²))^beta`, the mean over `size` channels.
    public LocalResponseNorm(int size, Number alpha, Number beta, Number k) {
        super(
                x ->
                        x.localResponseNorm(
                                size, alpha.doubleValue(), beta.doubleValue(), k.doubleValue()),
                "%d, alpha=%s, beta=%s, k=%s"
                        .formatted(
                                size, PythonText.of(alpha), PythonText.of(beta), PythonText.of(k)));
    }
}
