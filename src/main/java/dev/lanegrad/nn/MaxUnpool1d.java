package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Maxima of sequences put back to where a pooling found them, with zeros elsewhere, as
/// `torch.nn.MaxUnpool1d`.
public final class MaxUnpool1d extends Unpool {
    /// For windows side by side.
    public MaxUnpool1d(int kernel) {
        this(kernel, kernel, 0);
    }

    /// For windows `stride` elements apart.
    public MaxUnpool1d(int kernel, int stride, int padding) {
        super(1, kernel, stride, padding);
    }

    @Override
    public Tensor forward(Tensor x, Tensor indices, int... size) {
        return x.maxUnpool1d(indices, kernel(), stride(), padding(), orComputed(size));
    }
}
