package dev.lanegrad.nn;

/// Normalization of each channel of each sample over all positions, of volumes `[N, C, D, H, W]` or
/// `[C, D, H, W]`, as `torch.nn.InstanceNorm3d`.
public final class InstanceNorm3d extends InstanceNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, no parameters, no running statistics.
    public InstanceNorm3d(int features) {
        this(builder(features));
    }

    private InstanceNorm3d(Builder builder) {
        super(builder, 5);
    }

    /// A layer for this number of channels.
    public static Builder builder(int features) {
        return new Builder(features);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int features) {
            super(features, false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The layer.
        public InstanceNorm3d build() {
            return new InstanceNorm3d(this);
        }
    }
}
