package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The maxima of a number of windows that cover sequences `[N, C, L]` of any length, as
/// `torch.nn.AdaptiveMaxPool1d`.
public final class AdaptiveMaxPool1d extends Module {
    private final int size;

    /// This number of windows.
    public AdaptiveMaxPool1d(int size) {
        this.size = size;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.adaptiveMaxPool1d(size);
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + size;
    }
}
