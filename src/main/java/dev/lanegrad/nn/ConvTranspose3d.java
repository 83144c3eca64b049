package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The transpose of a convolution, which makes volumes larger, as `torch.nn.ConvTranspose3d`; the
/// weight's shape is `[C, O / groups, KD, KH, KW]`.
public final class ConvTranspose3d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public ConvTranspose3d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private ConvTranspose3d(Builder builder) {
        super(builder);
    }

    /// A layer from `in` to `out` channels, with windows of `kernel`³ elements.
    public static Builder builder(int in, int out, int kernel) {
        return builder(in, out, kernel, kernel, kernel);
    }

    /// A layer from `in` to `out` channels, with windows of `depth` × `rows` × `columns` elements.
    public static Builder builder(int in, int out, int depth, int rows, int columns) {
        return new Builder(in, out, depth, rows, columns);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int in, int out, int depth, int rows, int columns) {
            super(true, in, out, depth, rows, columns);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Elements from one window to the next along depth, rows and columns.
        public Builder stride(int depth, int rows, int columns) {
            return strides(depth, rows, columns);
        }

        /// Elements taken off at both ends of depth, rows and columns.
        public Builder padding(int depth, int rows, int columns) {
            return paddings(depth, rows, columns);
        }

        /// Slices, rows and columns added at the end.
        public Builder outputPadding(int padding) {
            return outputPaddings(padding);
        }

        /// Slices, rows and columns added at the end.
        public Builder outputPadding(int depth, int rows, int columns) {
            return outputPaddings(depth, rows, columns);
        }

        /// Elements between neighbours in the window along depth, rows and columns.
        public Builder dilation(int depth, int rows, int columns) {
            return dilations(depth, rows, columns);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels
        public ConvTranspose3d build() {
            check();
            return new ConvTranspose3d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.convTranspose3d(
                weight(), bias(), stride(), padding(), outputPadding(), groups(), dilation());
    }
}
