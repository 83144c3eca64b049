package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The windows of images `[N, C, H, W]` as columns `[N, C·KH·KW, L]`, as `torch.nn.Unfold`.
public final class Unfold extends Module {
    private final PerAxis kernel;
    private final PerAxis dilation;
    private final PerAxis padding;
    private final PerAxis stride;

    /// Square windows at every pixel.
    public Unfold(int kernel) {
        this(kernel, 1, 0, 1);
    }

    /// Square windows, all numbers the same down and across.
    public Unfold(int kernel, int dilation, int padding, int stride) {
        this(new int[] {kernel}, new int[] {dilation}, new int[] {padding}, new int[] {stride});
    }

    /// @param kernel rows and columns of a window, or one number for both; likewise the others
    /// @param dilation pixels between neighbours in the window
    /// @param padding pixels of zeros around the image
    /// @param stride pixels from one window to the next
    public Unfold(int[] kernel, int[] dilation, int[] padding, int[] stride) {
        this.kernel = PerAxis.of(kernel.clone());
        this.dilation = PerAxis.of(dilation.clone());
        this.padding = PerAxis.of(padding.clone());
        this.stride = PerAxis.of(stride.clone());
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.unfold(kernel.values(), dilation.values(), padding.values(), stride.values());
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%s, dilation=%s, padding=%s, stride=%s"
                .formatted(kernel, dilation, padding, stride);
    }
}
