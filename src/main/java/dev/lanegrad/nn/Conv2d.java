package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;

/// A convolution of images `[N, C, H, W]`, as `torch.nn.Conv2d`.
///
/// ```java
/// Conv2d.builder(3, 64, 7).stride(2).padding(3).bias(false).build()
/// ```
///
/// The weight's shape is `[O, C / groups, KH, KW]`; its elements lie in memory in the order `[KH,
/// KW, C / groups, O]`, which the kernels read as it is. Shape, values, print and state dict are
/// PyTorch's.
public final class Conv2d extends ConvLayer {
    /// With stride 1, no padding, no dilation, one group and a bias.
    public Conv2d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private Conv2d(Builder builder) {
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
            super(false, in, out, rows, columns);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Pixels from one window to the next, down and across.
        public Builder stride(int rows, int columns) {
            return strides(rows, columns);
        }

        /// Pixels of zeros above and below, left and right.
        public Builder padding(int rows, int columns) {
            return paddings(rows, columns);
        }

        /// `valid` for none, `same` for as many pixels as keep the image's size.
        public Builder padding(String name) {
            return padded(name);
        }

        /// Pixels between neighbours in the window, down and across.
        public Builder dilation(int rows, int columns) {
            return dilations(rows, columns);
        }

        /// What the padding around the image consists of: zeros if constant, as unless told
        /// otherwise.
        public Builder paddingMode(PadMode mode) {
            return padMode(mode);
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels, or the
        ///   padding does not go with the other options
        public Conv2d build() {
            check();
            return new Conv2d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return padded(x).conv2d(weight(), bias(), stride(), zeros(), dilation(), groups());
    }
}
