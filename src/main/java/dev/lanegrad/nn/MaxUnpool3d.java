package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Maxima of volumes put back to where a pooling found them, with zeros elsewhere, as
/// `torch.nn.MaxUnpool3d`.
public final class MaxUnpool3d extends Unpool {
    /// For windows side by side.
    public MaxUnpool3d(int kernel) {
        this(kernel, kernel, 0);
    }

    /// For windows `stride` elements apart.
    public MaxUnpool3d(int kernel, int stride, int padding) {
        super(3, kernel, stride, padding);
    }

    @Override
    public Tensor forward(Tensor x, Tensor indices, int... size) {
        return x.maxUnpool3d(indices, kernel(), stride(), padding(), orComputed(size));
    }
}
