package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The maximum of each window of sequences `[N, C, L]`, as `torch.nn.MaxPool1d`.
public final class MaxPool1d extends Module {
    private final int kernel;
    private final int stride;
    private final int padding;

    /// Windows side by side.
    public MaxPool1d(int kernel) {
        this(kernel, kernel, 0);
    }

    /// Windows `stride` elements apart, in a sequence with `padding` elements at both ends that
    /// lose against any other.
    public MaxPool1d(int kernel, int stride, int padding) {
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.maxPool1d(kernel, stride, padding, 1, false);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%d, stride=%d, padding=%d, dilation=1, ceil_mode=False"
                .formatted(kernel, stride, padding);
    }
}
