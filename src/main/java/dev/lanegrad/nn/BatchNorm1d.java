package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Batch normalization of `[N, C]` or `[N, C, L]`, as `torch.nn.BatchNorm1d`: `(x − mean) /
/// √(variance + eps) · weight + bias` for each channel, in training with the batch's own mean and
/// variance, which running statistics follow, in evaluation with the running ones.
public final class BatchNorm1d extends BatchNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, affine, with running statistics.
    public BatchNorm1d(int features) {
        this(builder(features));
    }

    private BatchNorm1d(Builder builder) {
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
        public BatchNorm1d build() {
            return new BatchNorm1d(this);
        }
    }

    @Override
    void checkAxes(Tensor x) {
        if (x.dim() != 2 && x.dim() != 3) {
            throw new IllegalArgumentException(
                    "expected 2D or 3D input (got " + x.dim() + "D input " + x.shape() + ")");
        }
    }
}
