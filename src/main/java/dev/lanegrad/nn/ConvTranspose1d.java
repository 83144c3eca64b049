package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The transpose of a convolution, which makes sequences longer, as `torch.nn.ConvTranspose1d`; the
/// weight's shape is `[C, O / groups, K]`.
public final class ConvTranspose1d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public ConvTranspose1d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private ConvTranspose1d(Builder builder) {
        super(builder);
    }

    /// A layer from `in` to `out` channels.
    public static Builder builder(int in, int out, int kernel) {
        return new Builder(in, out, kernel);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int in, int out, int kernel) {
            super(true, in, out, kernel);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Elements added at the end.
        public Builder outputPadding(int padding) {
            return outputPaddings(padding);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels
        public ConvTranspose1d build() {
            check();
            return new ConvTranspose1d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.convTranspose1d(
                weight(),
                bias(),
                stride()[0],
                padding()[0],
                outputPadding()[0],
                groups(),
                dilation()[0]);
    }
}
