package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The transpose of a convolution, which makes images larger, as `torch.nn.ConvTranspose2d`; the
/// weight's shape is `[C, O / groups, KH, KW]`.
public final class ConvTranspose2d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public ConvTranspose2d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private ConvTranspose2d(Builder builder) {
        super(builder);
    }

    /// A layer from `in` to `out` channels, with square windows.
    public static Builder builder(int in, int out, int kernel) {
        return builder(in, out, kernel, kernel);
    }

    /// A layer from `in` to `out` channels, with windows of `rows` × `columns` pixels.
    public static Builder builder(int in, int out, int rows, int columns) {
        return new Builder(in, out, rows, columns);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int in, int out, int rows, int columns) {
            super(true, in, out, rows, columns);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Pixels from one window to the next, down and across.
        public Builder stride(int rows, int columns) {
            return strides(rows, columns);
        }

        /// Pixels taken off above and below, left and right.
        public Builder padding(int rows, int columns) {
            return paddings(rows, columns);
        }

        /// Rows and columns added at the end.
        public Builder outputPadding(int padding) {
            return outputPaddings(padding);
        }

        /// Rows and columns added at the end.
        public Builder outputPadding(int rows, int columns) {
            return outputPaddings(rows, columns);
        }

        /// Pixels between neighbours in the window, down and across.
        public Builder dilation(int rows, int columns) {
            return dilations(rows, columns);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels
        public ConvTranspose2d build() {
            check();
            return new ConvTranspose2d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.convTranspose2d(
                weight(), bias(), stride(), padding(), outputPadding(), groups(), dilation());
    }
}
