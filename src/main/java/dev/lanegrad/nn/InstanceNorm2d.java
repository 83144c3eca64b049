package dev.lanegrad.nn;

/// Normalization of each channel of each sample over all positions, of images `[N, C, H, W]` or
/// `[C, H, W]`, as `torch.nn.InstanceNorm2d`.
public final class InstanceNorm2d extends InstanceNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, no parameters, no running statistics.
    public InstanceNorm2d(int features) {
        this(builder(features));
    }

    private InstanceNorm2d(Builder builder) {
        super(builder, 4);
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
        public InstanceNorm2d build() {
            return new InstanceNorm2d(this);
        }
    }
}
