package dev.lanegrad;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import org.jspecify.annotations.Nullable;

/// The shape rule of poolings: the kernel's sizes, and the shapes of the images before and after.
///
/// @param sizes what the kernel needs
/// @param in shape of the input, `[N, C, H, W]` or `[C, H, W]`
/// @param out shape of the result, of as many axes
record PoolWindows(PoolShape sizes, Shape in, Shape out) {
    static PoolWindows of(
            String op,
            Tensor x,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        checkImage(op, x);
        int[] k = Images.perAxis(op, "kernel", kernel, 2);
        int[] s = stride == null ? k : Images.perAxis(op, "stride", stride, 2);
        int[] p = Images.perAxis(op, "padding", padding, 2);
        int[] d = Images.perAxis(op, "dilation", dilation, 2);
        PoolAxis[] axes = new PoolAxis[2];
        for (int i = 0; i < 2; i++) {
            int size = x.size(i - 2);
            checkPositive(op, "kernel", k[i], x);
            checkPositive(op, "stride", s[i], x);
            checkPositive(op, "dilation", d[i], x);
            int extent = d[i] * (k[i] - 1) + 1;
            if (p[i] < 0 || p[i] > extent / 2) {
                throw mistake(
                        op,
                        "padding " + p[i] + " is not in 0 to half of the kernel's " + extent,
                        x);
            }
            if (size + 2 * p[i] + (ceilMode ? s[i] - 1 : 0) < extent) {
                throw mistake(
                        op,
                        "the window spans "
                                + extent
                                + " pixels but the padded input has "
                                + (size + 2 * p[i])
                                + ", so the output would have size 0",
                        x);
            }
            axes[i] = PoolAxis.of(size, k[i], s[i], p[i], d[i], ceilMode);
        }
        return of(x, axes[0], axes[1]);
    }

    static PoolWindows adaptive(String op, Tensor x, int rows, int columns) {
        checkImage(op, x);
        if (rows < 1 || columns < 1) {
            throw mistake(
                    op,
                    "output size must be greater than 0 but is [" + rows + ", " + columns + "]",
                    x);
        }
        return of(x, PoolAxis.adaptive(x.size(-2), rows), PoolAxis.adaptive(x.size(-1), columns));
    }

    private static PoolWindows of(Tensor x, PoolAxis height, PoolAxis width) {
        int[] out = x.shape().sizes().clone();
        out[out.length - 2] = height.out();
        out[out.length - 1] = width.out();
        int batch = x.dim() == 4 ? x.size(0) : 1;
        return new PoolWindows(
                new PoolShape(batch, x.size(-3), height, width), x.shape(), Shape.of(out));
    }

    /// A sequence as an image of one row.
    static Tensor asRow(String op, Tensor x) {
        if (x.dim() != 2 && x.dim() != 3) {
            throw mistake(op, "input needs 2 or 3 axes but has " + x.dim(), x);
        }
        return x.unsqueeze(-2);
    }

    private static void checkImage(String op, Tensor x) {
        if (x.dim() != 3 && x.dim() != 4) {
            throw mistake(op, "input needs 3 or 4 axes but has " + x.dim(), x);
        }
        if (!x.dtype().isFloatingPoint()) {
            throw mistake(op, "not defined for " + x.dtype(), x);
        }
        if (x.size(-1) == 0 || x.size(-2) == 0) {
            throw mistake(op, "the images are empty", x);
        }
    }

    private static void checkPositive(String op, String what, int value, Tensor x) {
        if (value < 1) {
            throw mistake(op, what + " must be positive but is " + value, x);
        }
    }

    private static IllegalArgumentException mistake(String op, String broken, Tensor x) {
        return new IllegalArgumentException(op + ": " + broken + " (input " + x.shape() + ")");
    }

    /// `x` as the kernels read it, one image being a batch of one.
    static Tensor dense(Tensor x) {
        return Images.dense(x.dim() == 4 ? x : batched(x));
    }

    private static Tensor batched(Tensor x) {
        int[] s = x.strides();
        int[] strides = {s[0] * x.size(0), s[0], s[1], s[2]};
        return x.alias(x.offset(), Shape.of(1, x.size(0), x.size(1), x.size(2)), strides);
    }

    /// Images of undefined values, of this shape with or without a batch axis.
    static Tensor empty(Shape shape, DType dtype) {
        if (shape.dim() == 4) {
            return Images.empty(shape, dtype);
        }
        int[] s = shape.sizes();
        return Creation.empty(shape, dtype, new int[] {1, s[2] * s[0], s[0]});
    }

    boolean isAdaptive() {
        return sizes.height().kernel() == 0;
    }
}
