package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The mean of each window of sequences `[N, C, L]`, as `torch.nn.AvgPool1d`.
public final class AvgPool1d extends Module {
    private final int kernel;
    private final int stride;
    private final int padding;

    /// Windows side by side.
    public AvgPool1d(int kernel) {
        this(kernel, kernel, 0);
    }

    /// Windows `stride` elements apart, in a sequence with `padding` zeros at both ends.
    public AvgPool1d(int kernel, int stride, int padding) {
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.avgPool1d(kernel, stride, padding, false, true);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=(%d,), stride=(%d,), padding=(%d,)".formatted(kernel, stride, padding);
    }
}
