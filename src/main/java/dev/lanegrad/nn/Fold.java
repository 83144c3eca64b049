package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Columns `[N, C·KH·KW, L]` added up to images `[N, C, H, W]`, as `torch.nn.Fold`: the transpose
/// of [Unfold].
public final class Fold extends Module {
    private final PerAxis size;
    private final PerAxis kernel;
    private final PerAxis dilation;
    private final PerAxis padding;
    private final PerAxis stride;

    /// Square images of square windows at every pixel.
    public Fold(int size, int kernel) {
        this(size, kernel, 1, 0, 1);
    }

    /// Square images of square windows, all numbers the same down and across.
    public Fold(int size, int kernel, int dilation, int padding, int stride) {
        this(
                new int[] {size},
                new int[] {kernel},
                new int[] {dilation},
                new int[] {padding},
                new int[] {stride});
    }

    /// @param size rows and columns of the images, or one number for both; likewise the others
    /// @param kernel rows and columns of a window
    /// @param dilation pixels between neighbours in the window
    /// @param padding pixels around the images that are left out
    /// @param stride pixels from one window to the next
    public Fold(int[] size, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        this.size = PerAxis.of(size.clone());
        this.kernel = PerAxis.of(kernel.clone());
        this.dilation = PerAxis.of(dilation.clone());
        this.padding = PerAxis.of(padding.clone());
        this.stride = PerAxis.of(stride.clone());
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.fold(
                size.values(),
                kernel.values(),
                dilation.values(),
                padding.values(),
                stride.values());
    }

    @Override
    protected String extraRepr() {
        return "output_size=%s, kernel_size=%s, dilation=%s, padding=%s, stride=%s"
                .formatted(size, kernel, dilation, padding, stride);
    }
}
