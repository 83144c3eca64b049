package dev.lanegrad.nn;

/// Normalization of each channel of each sample over all positions, of sequences `[N, C, L]` or
/// `[C, L]`, as `torch.nn.InstanceNorm1d`.
public final class InstanceNorm1d extends InstanceNorm {
    /// With PyTorch's defaults: eps 1e-5, momentum 0.1, no parameters, no running statistics.
    public InstanceNorm1d(int features) {
        this(builder(features));
    }

    private InstanceNorm1d(Builder builder) {
        super(builder, 3);
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
        public InstanceNorm1d build() {
            return new InstanceNorm1d(this);
        }
    }
}
