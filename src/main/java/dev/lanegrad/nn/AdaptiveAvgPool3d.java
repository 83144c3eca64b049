package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The means of a grid of windows that cover volumes `[N, C, D, H, W]` of any size, as
/// `torch.nn.AdaptiveAvgPool3d`.
public final class AdaptiveAvgPool3d extends Module {
    private final PerAxis size;

    /// A grid of `size`³ windows.
    public AdaptiveAvgPool3d(int size) {
        this.size = PerAxis.of(size);
    }

    /// A grid of `depth` × `rows` × `columns` windows.
    public AdaptiveAvgPool3d(int depth, int rows, int columns) {
        this.size = PerAxis.of(depth, rows, columns);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.adaptiveAvgPool3d(size.get(0), size.get(1), size.get(2));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + size;
    }
}
