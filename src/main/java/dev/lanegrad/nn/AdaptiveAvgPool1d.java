package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The means of a number of windows that cover sequences `[N, C, L]` of any length, as
/// `torch.nn.AdaptiveAvgPool1d`.
public final class AdaptiveAvgPool1d extends Module {
    private final int size;

    /// This number of windows.
    public AdaptiveAvgPool1d(int size) {
        this.size = size;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.adaptiveAvgPool1d(size);
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + size;
    }
}
