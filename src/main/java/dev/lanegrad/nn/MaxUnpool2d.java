package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Maxima of images put back to where a pooling found them, with zeros elsewhere, as
/// `torch.nn.MaxUnpool2d`.
public final class MaxUnpool2d extends Unpool {
    /// For windows side by side.
    public MaxUnpool2d(int kernel) {
        this(kernel, kernel, 0);
    }

    /// For windows `stride` elements apart.
    public MaxUnpool2d(int kernel, int stride, int padding) {
        super(2, kernel, stride, padding);
    }

    @Override
    public Tensor forward(Tensor x, Tensor indices, int... size) {
        return x.maxUnpool2d(indices, kernel(), stride(), padding(), orComputed(size));
    }
}
