package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What convolution layers over one to three axes, and their transposes, have in common: all but
/// the operation.
abstract class ConvLayer extends Module {
    private final int in;
    private final int out;
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final PerAxis outputPadding;
    private final PerAxis dilation;
    private final int groups;
    private final @Nullable String paddingName;
    private final PadMode mode;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    ConvLayer(Options<?> b) {
        int axes = b.kernel.values().length;
        in = b.in;
        out = b.out;
        kernel = b.kernel;
        stride = b.stride.expanded(axes);
        padding = b.pixels();
        outputPadding = b.outputPadding.expanded(axes);
        dilation = b.dilation.expanded(axes);
        groups = b.groups;
        paddingName = b.paddingName;
        mode = b.mode;
        Tensor w = b.skipInit ? Init.weightSkipped(b.emptyWeight()) : Init.weight_(b.emptyWeight());
        this.weight = parameter("weight", w);
        this.bias = b.bias ? parameter("bias", Init.bias_(Tensor.empty(out), w)) : null;
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> {
        private final boolean transposed;
        private final int in;
        private final int out;
        private final PerAxis kernel;
        private PerAxis stride = PerAxis.of(1);
        private PerAxis padding = PerAxis.of(0);
        private PerAxis outputPadding = PerAxis.of(0);
        private PerAxis dilation = PerAxis.of(1);
        private int groups = 1;
        private boolean bias = true;
        private boolean skipInit;
        private @Nullable String paddingName;
        private PadMode mode = PadMode.CONSTANT;

        Options(boolean transposed, int in, int out, int... kernel) {
            this.transposed = transposed;
            this.in = in;
            this.out = out;
            this.kernel = PerAxis.of(kernel);
        }

        abstract B self();

        /// Leaves the weight's values undefined, for networks that set their own: saves half of the
        /// time that these take to be made. The random numbers of the default are passed over.
        public B skipInit() {
            skipInit = true;
            return self();
        }

        /// Elements from one window to the next, on every axis.
        public B stride(int stride) {
            return strides(stride);
        }

        /// Elements of zeros at both ends of every axis.
        public B padding(int padding) {
            return paddings(padding);
        }

        /// Elements between neighbours in the window, on every axis.
        public B dilation(int dilation) {
            return dilations(dilation);
        }

        /// Number of convolutions side by side, each on its share of the channels.
        public B groups(int groups) {
            this.groups = groups;
            return self();
        }

        /// Whether a number is added to each output channel.
        public B bias(boolean bias) {
            this.bias = bias;
            return self();
        }

        final B strides(int... stride) {
            this.stride = PerAxis.of(stride);
            return self();
        }

        final B paddings(int... padding) {
            this.padding = PerAxis.of(padding);
            paddingName = null;
            return self();
        }

        final B padded(String name) {
            paddingName = name;
            return self();
        }

        final B padMode(PadMode mode) {
            this.mode = mode;
            return self();
        }

        final B outputPaddings(int... padding) {
            outputPadding = PerAxis.of(padding);
            return self();
        }

        final B dilations(int... dilation) {
            this.dilation = PerAxis.of(dilation);
            return self();
        }

        /// Refuses what no layer can have.
        final void check() {
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
        }

        /// In memory the order is kernel, second axis, first axis.
        private Tensor emptyWeight() {
            int first = transposed ? in : out;
            int second = (transposed ? out : in) / groups;
            return switch (kernel.values().length) {
                case 1 -> Tensor.empty(kernel.get(0), second, first).permute(2, 1, 0);
                case 2 ->
                        Tensor.empty(kernel.get(0), kernel.get(1), second, first)
                                .permute(3, 2, 0, 1);
                default ->
                        Tensor.empty(kernel.get(0), kernel.get(1), kernel.get(2), second, first)
                                .permute(4, 3, 0, 1, 2);
            };
        }

        private PerAxis pixels() {
            int axes = kernel.values().length;
            int[] pixels = new int[axes];
            for (int axis = 0; axis < axes; axis++) {
                pixels[axis] =
                        switch (paddingName) {
                            case null -> padding.get(axis);
                            case "valid" -> 0;
                            case "same" -> same(axis);
                            default ->
                                    throw new IllegalArgumentException(
                                            "Invalid padding string '"
                                                    + paddingName
                                                    + "', should be one of 'valid', 'same'");
                        };
            }
            return PerAxis.of(pixels);
        }

        private int same(int axis) {
            int total = dilation.get(axis) * (kernel.get(axis) - 1);
            if (!stride.allAre(1)) {
                throw new IllegalArgumentException(
                        "padding='same' is not supported for strided convolutions");
            }
            if (total % 2 != 0) {
                throw new UnsupportedOperationException(
                        "padding 'same' of %d elements would be uneven (kernel %s, dilation %s)"
                                .formatted(total, kernel.tuple(), dilation));
            }
            return total / 2;
        }
    }

    /// The weight.
    public final Tensor weight() {
        return now(weight);
    }

    /// The bias `[O]`, if there is one.
    public final @Nullable Tensor bias() {
        return now(bias);
    }

    final int[] stride() {
        return stride.values();
    }

    final int[] padding() {
        return padding.values();
    }

    /// The padding that is left to the convolution: zeros.
    final int[] zeros() {
        return mode == PadMode.CONSTANT ? padding.values() : new int[padding.values().length];
    }

    /// `x` with what stands around it if that is not zeros.
    final Tensor padded(Tensor x) {
        if (mode == PadMode.CONSTANT || padding.allAre(0)) {
            return x;
        }
        int axes = padding.values().length;
        int[] pad = new int[2 * axes];
        for (int i = 0; i < axes; i++) {
            pad[2 * i] = padding.get(axes - 1 - i);
            pad[2 * i + 1] = pad[2 * i];
        }
        return x.pad(pad, mode);
    }

    final int[] outputPadding() {
        return outputPadding.values();
    }

    final int[] dilation() {
        return dilation.values();
    }

    final int groups() {
        return groups;
    }

    @Override
    protected final String extraRepr() {
        StringBuilder text = new StringBuilder();
        text.append(in).append(", ").append(out);
        text.append(", kernel_size=").append(kernel.tuple());
        text.append(", stride=").append(stride.tuple());
        if (paddingName != null) {
            text.append(", padding=").append(paddingName);
        } else if (!padding.allAre(0)) {
            text.append(", padding=").append(padding.tuple());
        }
        if (!dilation.allAre(1)) {
            text.append(", dilation=").append(dilation.tuple());
        }
        if (!outputPadding.allAre(0)) {
            text.append(", output_padding=").append(outputPadding.tuple());
        }
        if (groups != 1) {
            text.append(", groups=").append(groups);
        }
        if (bias == null) {
            text.append(", bias=False");
        }
        if (mode != PadMode.CONSTANT) {
            text.append(", padding_mode=").append(mode.name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
