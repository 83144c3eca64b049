package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The maxima of a grid of windows that cover images `[N, C, H, W]` of any size, as
/// `torch.nn.AdaptiveMaxPool2d`.
public final class AdaptiveMaxPool2d extends Module {
    private final PerAxis size;

    /// A grid of `size` × `size` windows.
    public AdaptiveMaxPool2d(int size) {
        this.size = PerAxis.of(size);
    }

    /// A grid of `rows` × `columns` windows.
    public AdaptiveMaxPool2d(int rows, int columns) {
        this.size = PerAxis.of(rows, columns);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.adaptiveMaxPool2d(size.get(0), size.get(1));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + size;
    }
}
