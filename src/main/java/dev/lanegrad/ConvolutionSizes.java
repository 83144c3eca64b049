package dev.lanegrad;

import dev.lanegrad.kernels.ConvShape;
import org.jspecify.annotations.Nullable;

/// The shape rule of convolutions: what is checked, and the sizes that follow.
///
/// @param op the operation's name, for messages
/// @param spatial number of axes of an image: 1, 2 or 3
record ConvolutionSizes(
        String op,
        Tensor x,
        Tensor w,
        @Nullable Tensor bias,
        int spatial,
        int[] stride,
        int[] padding,
        int[] dilation,
        int groups) {
    ConvolutionSizes {
        stride = Images.perAxis(op, "stride", stride, spatial);
        padding = Images.perAxis(op, "padding", padding, spatial);
        dilation = Images.perAxis(op, "dilation", dilation, spatial);
    }

    ConvolutionForm forward() {
        checkCommon();
        if (w.size(0) % groups != 0) {
            throw mistake(
                    w.size(0) + " output channels cannot be split into " + groups + " groups");
        }
        if (w.size(1) * groups != x.size(1)) {
            throw mistake(
                    "input has "
                            + x.size(1)
                            + " channels but weight expects "
                            + w.size(1) * groups
                            + (groups == 1 ? "" : " in " + groups + " groups"));
        }
        checkBias(w.size(0));
        for (int axis = 0; axis < spatial; axis++) {
            int padded = x.size(axis + 2) + 2 * padding[axis];
            int window = dilation[axis] * (w.size(axis + 2) - 1) + 1;
            if (padded < window) {
                throw mistake(
                        "the window spans "
                                + window
                                + " pixels but the padded input has "
                                + padded
                                + " at axis "
                                + (axis + 2));
            }
        }
        int[] sizes = java.util.Arrays.copyOfRange(x.shape().sizes(), 2, x.dim());
        return form(x.size(1), w.size(0), sizes);
    }

    /// The convolution of which this is the gradient of the input.
    ConvolutionForm transposed(int[] outputPadding) {
        int[] extra = Images.perAxis(op, "outputPadding", outputPadding, spatial);
        checkCommon();
        if (w.size(0) != x.size(1)) {
            throw mistake("input has " + x.size(1) + " channels but weight expects " + w.size(0));
        }
        if (x.size(1) % groups != 0) {
            throw mistake(x.size(1) + " input channels cannot be split into " + groups + " groups");
        }
        int channels = w.size(1) * groups;
        checkBias(channels);
        int[] out = new int[spatial];
        for (int axis = 0; axis < spatial; axis++) {
            if (extra[axis] < 0 || extra[axis] >= stride[axis]) {
                throw mistake(
                        "output padding must be at least 0 and less than stride "
                                + stride[axis]
                                + ", but is "
                                + extra[axis]);
            }
            out[axis] =
                    (x.size(axis + 2) - 1) * stride[axis]
                            - 2 * padding[axis]
                            + dilation[axis] * (w.size(axis + 2) - 1)
                            + extra[axis]
                            + 1;
            if (out[axis] < 1) {
                throw mistake("output size " + out[axis] + " is too small");
            }
        }
        return form(channels, x.size(1), out);
    }

    private void checkCommon() {
        if (x.dim() != spatial + 2) {
            throw mistake(
                    "input needs "
                            + (spatial + 1)
                            + " or "
                            + (spatial + 2)
                            + " axes but has "
                            + x.dim());
        }
        if (w.dim() != spatial + 2) {
            throw mistake("weight needs " + (spatial + 2) + " axes but has " + w.dim());
        }
        if (groups < 1) {
            throw mistake("groups must be positive but is " + groups);
        }
        for (int axis = 0; axis < spatial; axis++) {
            checkAxis(axis);
        }
        if (x.dtype() != w.dtype()) {
            throw mistake("types " + x.dtype() + " and " + w.dtype() + " differ");
        }
        if (!x.dtype().isFloatingPoint()) {
            throw mistake("not defined for " + x.dtype());
        }
    }

    private void checkAxis(int axis) {
        if (stride[axis] < 1) {
            throw mistake("stride must be positive but is " + stride[axis]);
        }
        if (padding[axis] < 0) {
            throw mistake("padding must not be negative but is " + padding[axis]);
        }
        if (dilation[axis] < 1) {
            throw mistake("dilation must be positive but is " + dilation[axis]);
        }
        if (w.size(axis + 2) < 1) {
            throw mistake("the window is empty");
        }
    }

    private void checkBias(int channels) {
        if (bias == null) {
            return;
        }
        if (bias.dim() != 1 || bias.numel() != channels) {
            throw mistake("bias must have shape [" + channels + "]");
        }
        if (bias.dtype() != x.dtype()) {
            throw mistake("types " + x.dtype() + " and " + bias.dtype() + " differ");
        }
    }

    private IllegalArgumentException mistake(String broken) {
        return new IllegalArgumentException(
                op
                        + ": "
                        + broken
                        + " (input "
                        + x.shape()
                        + ", weight "
                        + w.shape()
                        + (bias == null ? "" : ", bias " + bias.shape())
                        + ")");
    }

    /// @param sizes of the image that the convolution reads
    private ConvolutionForm form(int c, int o, int[] sizes) {
        boolean flat = spatial == 1;
        int last = spatial - 1;
        int rows = Math.max(0, spatial - 2);
        ConvShape plane =
                new ConvShape(
                        x.size(0),
                        c,
                        flat ? 1 : sizes[rows],
                        sizes[last],
                        o,
                        flat ? 1 : w.size(-2),
                        w.size(-1),
                        flat ? 1 : stride[rows],
                        stride[last],
                        flat ? 0 : padding[rows],
                        padding[last],
                        flat ? 1 : dilation[rows],
                        dilation[last],
                        groups);
        return spatial < 3
                ? new PlaneConvolution(plane)
                : new VolumeConvolution(
                        plane, sizes[0], w.size(2), stride[0], padding[0], dilation[0]);
    }
}
