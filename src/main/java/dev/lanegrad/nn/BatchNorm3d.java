package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Batch normalization of volumes `[N, C, D, H, W]`, as `torch.nn.BatchNorm3d`: `(x − mean) /
/// √(variance + eps) · weight + bias` for each channel, in training with the batch's own mean and
/// variance, which running statistics follow, in evaluation with the running ones.
public final class BatchNorm3d extends BatchNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, affine, with running statistics.
    public BatchNorm3d(int features) {
        this(builder(features));
    }

    private BatchNorm3d(Builder builder) {
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
        public BatchNorm3d build() {
            return new BatchNorm3d(this);
        }
    }

    @Override
    void checkAxes(Tensor x) {
        if (x.dim() != 5) {
            throw new IllegalArgumentException(
                    "expected 5D input (got " + x.dim() + "D input " + x.shape() + ")");
        }
    }
}
