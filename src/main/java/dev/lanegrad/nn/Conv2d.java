package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// A convolution of images `[N, C, H, W]`, as `torch.nn.Conv2d`.
///
/// ```java
/// Conv2d.builder(3, 64, 7).stride(2).padding(3).bias(false).build()
/// ```
///
/// The weight's shape is `[O, C / groups, KH, KW]`; its elements lie in memory in the order `[KH,
/// KW, C / groups, O]`, which the kernels read as it is. Shape, values, print and state dict are
/// PyTorch's.
public final class Conv2d extends Module {
    private final int in;
    private final int out;
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final PerAxis dilation;
    private final int groups;
    private final @Nullable String paddingName;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// With stride 1, no padding, no dilation, one group and a bias.
    public Conv2d(int in, int out, int kernel) {
        this(builder(in, out, kernel));
    }

    private Conv2d(Builder b) {
        in = b.in;
        out = b.out;
        kernel = b.kernel;
        stride = b.stride.expanded(2);
        dilation = b.dilation.expanded(2);
        groups = b.groups;
        paddingName = b.paddingName;
        padding = b.pixels();
        Tensor w = Init.weight_(emptyWeight(out, in / groups, kernel));
        this.weight = parameter("weight", w);
        this.bias = b.bias ? parameter("bias", Init.bias_(Tensor.empty(out), w)) : null;
    }

    private static Tensor emptyWeight(int out, int in, PerAxis kernel) {
        return Tensor.empty(kernel.get(0), kernel.get(1), in, out).permute(3, 2, 0, 1);
    }

    /// A layer from `in` to `out` channels, with square windows.
    public static Builder builder(int in, int out, int kernel) {
        return builder(in, out, kernel, kernel);
    }

    /// A layer from `in` to `out` channels, with windows of `rows` × `columns` pixels.
    public static Builder builder(int in, int out, int rows, int columns) {
        return new Builder(in, out, PerAxis.of(rows, columns));
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder {
        private final int in;
        private final int out;
        private final PerAxis kernel;
        private PerAxis stride = PerAxis.of(1);
        private PerAxis padding = PerAxis.of(0);
        private PerAxis dilation = PerAxis.of(1);
        private int groups = 1;
        private boolean bias = true;
        private @Nullable String paddingName;

        private Builder(int in, int out, PerAxis kernel) {
            this.in = in;
            this.out = out;
            this.kernel = kernel;
        }

        /// Pixels from one window to the next.
        public Builder stride(int stride) {
            return stride(stride, stride);
        }

        /// Pixels from one window to the next, down and across.
        public Builder stride(int rows, int columns) {
            stride = PerAxis.of(rows, columns);
            return this;
        }

        /// Pixels of zeros around the image.
        public Builder padding(int padding) {
            return padding(padding, padding);
        }

        /// Pixels of zeros above and below, left and right.
        public Builder padding(int rows, int columns) {
            padding = PerAxis.of(rows, columns);
            paddingName = null;
            return this;
        }

        /// `valid` for none, `same` for as many pixels as keep the image's size.
        public Builder padding(String name) {
            paddingName = name;
            return this;
        }

        /// Pixels between neighbours in the window.
        public Builder dilation(int dilation) {
            return dilation(dilation, dilation);
        }

        /// Pixels between neighbours in the window, down and across.
        public Builder dilation(int rows, int columns) {
            dilation = PerAxis.of(rows, columns);
            return this;
        }

        /// Number of convolutions side by side, each on its share of the channels.
        public Builder groups(int groups) {
            this.groups = groups;
            return this;
        }

        /// Whether a number is added to each output channel.
        public Builder bias(boolean bias) {
            this.bias = bias;
            return this;
        }

        /// The layer, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if `groups` does not divide the channels, or the
        ///   padding does not go with the other options
        public Conv2d build() {
            if (groups <= 0) {
                throw new IllegalArgumentException("groups must be a positive integer");
            }
            if (in % groups != 0) {
                throw new IllegalArgumentException(
                        "in_channels must be divisible by groups (%d by %d)".formatted(in, groups));
            }
            if (out % groups != 0) {
                throw new IllegalArgumentException(
                        "out_channels must be divisible by groups (%d by %d)"
                                .formatted(out, groups));
            }
            return new Conv2d(this);
        }

        private PerAxis pixels() {
            return switch (paddingName) {
                case null -> padding.expanded(2);
                case "valid" -> PerAxis.of(0, 0);
                case "same" -> PerAxis.of(same(0), same(1));
                default ->
                        throw new IllegalArgumentException(
                                "Invalid padding string '"
                                        + paddingName
                                        + "', should be one of 'valid', 'same'");
            };
        }

        private int same(int axis) {
            int total = dilation.get(axis) * (kernel.get(axis) - 1);
            if (!stride.allAre(1)) {
                throw new IllegalArgumentException(
                        "padding='same' is not supported for strided convolutions");
            }
            if (total % 2 != 0) {
                throw new UnsupportedOperationException(
                        "conv2d: padding 'same' of %d pixels would be uneven (kernel %s, dilation %s)"
                                .formatted(total, kernel, dilation));
            }
            return total / 2;
        }
    }

    /// The weight `[O, C / groups, KH, KW]`.
    public Tensor weight() {
        return weight;
    }

    /// The bias `[O]`, if there is one.
    public @Nullable Tensor bias() {
        return bias;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.conv2d(weight, bias, stride.values(), padding.values(), dilation.values(), groups);
    }

    @Override
    protected String extraRepr() {
        StringBuilder text = new StringBuilder();
        text.append(in).append(", ").append(out);
        text.append(", kernel_size=").append(kernel).append(", stride=").append(stride);
        if (paddingName != null) {
            text.append(", padding=").append(paddingName);
        } else if (!padding.allAre(0)) {
            text.append(", padding=").append(padding);
        }
        if (!dilation.allAre(1)) {
            text.append(", dilation=").append(dilation);
        }
        if (groups != 1) {
            text.append(", groups=").append(groups);
        }
        if (bias == null) {
            text.append(", bias=False");
        }
        return text.toString();
    }
}
