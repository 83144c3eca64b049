package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Batch normalization of images `[N, C, H, W]`, as `torch.nn.BatchNorm2d`: `(x − mean) /
/// √(variance + eps) · weight + bias` for each channel, in training with the batch's own mean and
/// variance, which running statistics follow, in evaluation with the running ones.
public class BatchNorm2d extends BatchNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, affine, with running statistics.
    public BatchNorm2d(int features) {
        this(builder(features));
    }

    private BatchNorm2d(Builder builder) {
        super(builder);
    }

    /// A layer for this number of channels.
    public static Builder builder(int features) {
        return new Builder(features);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int features) {
            super(features, true);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The layer.
        public BatchNorm2d build() {
            return new BatchNorm2d(this);
        }
    }

    @Override
    final void checkAxes(Tensor x) {
        if (x.dim() != 4) {
            throw new IllegalArgumentException(
                    "expected 4D input (got " + x.dim() + "D input " + x.shape() + ")");
        }
    }
}
