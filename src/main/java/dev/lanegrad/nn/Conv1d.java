package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;

/// A convolution of sequences `[N, C, L]`, as `torch.nn.Conv1d`; the weight's shape is `[O, C /
/// groups, K]`.
public final class Conv1d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public Conv1d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private Conv1d(Builder builder) {
        super(builder);
    }

    /// A layer from `in` to `out` channels.
    public static Builder builder(int in, int out, int kernel) {
        return new Builder(in, out, kernel);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int in, int out, int kernel) {
            super(false, in, out, kernel);
        }

        @Override
        Builder self() {
            return this;
        }

        /// `valid` for none, `same` for as many elements as keep the sequence's length.
        public Builder padding(String name) {
            return padded(name);
        }

        /// What the padding at the ends consists of: zeros if constant, as unless told otherwise.
        public Builder paddingMode(PadMode mode) {
            return padMode(mode);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels, or the
        ///   padding does not go with the other options
        public Conv1d build() {
            check();
            return new Conv1d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return padded(x).conv1d(weight(), bias(), stride()[0], zeros()[0], dilation()[0], groups());
    }
}
