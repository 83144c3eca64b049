package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The maxima of a grid of windows that cover volumes `[N, C, D, H, W]` of any size, as
/// `torch.nn.AdaptiveMaxPool3d`.
public final class AdaptiveMaxPool3d extends Module {
    private final PerAxis size;

    /// A grid of `size`³ windows.
    public AdaptiveMaxPool3d(int size) {
        this.size = PerAxis.of(size);
    }

    /// A grid of `depth` × `rows` × `columns` windows.
    public AdaptiveMaxPool3d(int depth, int rows, int columns) {
        this.size = PerAxis.of(depth, rows, columns);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.adaptiveMaxPool3d(size.get(0), size.get(1), size.get(2));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + size;
    }
}
