package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;

/// A convolution of volumes `[N, C, D, H, W]`, as `torch.nn.Conv3d`.
///
/// ```java
/// Conv3d.builder(1, 8, 3).stride(2).padding(1).bias(false).build()
/// ```
///
/// The weight's shape is `[O, C / groups, KD, KH, KW]`; its elements lie in memory in the order
/// `[KD, KH, KW, C / groups, O]`, which the kernels read as it is. Shape, values, print and state
/// dict are PyTorch's.
public final class Conv3d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public Conv3d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private Conv3d(Builder builder) {
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
            super(false, in, out, depth, rows, columns);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Elements from one window to the next along depth, rows and columns.
        public Builder stride(int depth, int rows, int columns) {
            return strides(depth, rows, columns);
        }

        /// Elements of zeros at both ends of depth, rows and columns.
        public Builder padding(int depth, int rows, int columns) {
            return paddings(depth, rows, columns);
        }

        /// `valid` for none, `same` for as many elements as keep the volume's size.
        public Builder padding(String name) {
            return padded(name);
        }

        /// Elements between neighbours in the window along depth, rows and columns.
        public Builder dilation(int depth, int rows, int columns) {
            return dilations(depth, rows, columns);
        }

        /// What the padding around the volume consists of: zeros if constant, as unless told
        /// otherwise.
        public Builder paddingMode(PadMode mode) {
            return padMode(mode);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels, or the
        ///   padding does not go with the other options
        public Conv3d build() {
            check();
            return new Conv3d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return padded(x).conv3d(weight(), bias(), stride(), zeros(), dilation(), groups());
    }
}
