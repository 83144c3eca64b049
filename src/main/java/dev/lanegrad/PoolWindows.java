package dev.lanegrad;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import org.jspecify.annotations.Nullable;

/// The shape rule of poolings: the kernel's sizes, and the shapes of the images before and after.
///
/// A volume `[C, D, H, W]` is pooled in two steps, its slices first and then the depths: windows
/// are boxes, so the maximum, the sum and the number of elements of one are those of its slices'.
///
/// @param plane the images or, for volumes, all their slices
/// @param depth the windows along the depth of volumes; null for images
/// @param in shape of the input, with or without a batch axis
/// @param out shape of the result, of as many axes
record PoolWindows(PoolShape plane, @Nullable PoolAxis depth, Shape in, Shape out) {
    static PoolWindows of(
            String op,
            Tensor x,
            int spatial,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        checkImage(op, x, spatial);
        int[] k = Images.perAxis(op, "kernel", kernel, spatial);
        int[] s = stride == null ? k : Images.perAxis(op, "stride", stride, spatial);
        int[] p = Images.perAxis(op, "padding", padding, spatial);
        int[] d = Images.perAxis(op, "dilation", dilation, spatial);
        PoolAxis[] axes = new PoolAxis[spatial];
        for (int i = 0; i < spatial; i++) {
            int size = x.size(i - spatial);
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
        return of(x, axes);
    }

    static PoolWindows adaptive(String op, Tensor x, int... sizes) {
        int spatial = sizes.length;
        checkImage(op, x, spatial);
        PoolAxis[] axes = new PoolAxis[spatial];
        for (int i = 0; i < spatial; i++) {
            if (sizes[i] < 1) {
                throw mistake(
                        op,
                        "output size must be greater than 0 but is "
                                + java.util.Arrays.toString(sizes),
                        x);
            }
            axes[i] = PoolAxis.adaptive(x.size(i - spatial), sizes[i]);
        }
        return of(x, axes);
    }

    private static PoolWindows of(Tensor x, PoolAxis[] axes) {
        int spatial = axes.length;
        int[] out = x.shape().sizes().clone();
        for (int i = 0; i < spatial; i++) {
            out[out.length - spatial + i] = axes[i].out();
        }
        int batch = x.dim() == spatial + 2 ? x.size(0) : 1;
        PoolAxis depth = spatial == 3 ? axes[0] : null;
        int images = depth == null ? batch : batch * depth.in();
        PoolShape plane =
                new PoolShape(images, x.size(-1 - spatial), axes[spatial - 2], axes[spatial - 1]);
        return new PoolWindows(plane, depth, x.shape(), Shape.of(out));
    }

    private int spatial() {
        return depth == null ? 2 : 3;
    }

    private int batch() {
        return depth == null ? plane.batch() : plane.batch() / depth.in();
    }

    /// The second step of volumes: images whose rows are the depths of pooled slices.
    PoolShape depths(PoolAxis depth) {
        int pixels = plane.height().out() * plane.width().out();
        PoolAxis each = new PoolAxis(pixels, pixels, 1, 1, 0, 1);
        return new PoolShape(batch(), plane.channels(), depth, each);
    }

    /// Input and output as images of one column, for what only needs the numbers of pixels.
    PoolShape columns() {
        if (plane.batch() == 0 || plane.channels() == 0) {
            return plane;
        }
        int from = plane.inputs() / plane.channels() / batch();
        int to = out.numel() / plane.channels() / batch();
        return new PoolShape(
                batch(), plane.channels(), PoolAxis.adaptive(from, to), PoolAxis.adaptive(1, 1));
    }

    /// A sequence as an image of one row.
    static Tensor asRow(String op, Tensor x) {
        if (x.dim() != 2 && x.dim() != 3) {
            throw mistake(op, "input needs 2 or 3 axes but has " + x.dim(), x);
        }
        return x.unsqueeze(-2);
    }

    private static void checkImage(String op, Tensor x, int spatial) {
        if (x.dim() != spatial + 1 && x.dim() != spatial + 2) {
            throw mistake(
                    op,
                    "input needs %d or %d axes but has %d"
                            .formatted(spatial + 1, spatial + 2, x.dim()),
                    x);
        }
        if (!x.dtype().isFloatingPoint()) {
            throw mistake(op, "not defined for " + x.dtype(), x);
        }
        for (int axis = -spatial; axis < 0; axis++) {
            if (x.size(axis) == 0) {
                throw mistake(op, "the images are empty", x);
            }
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
    Tensor dense(Tensor x) {
        return Images.dense(x.dim() == spatial() + 2 ? x : batched(x));
    }

    private static Tensor batched(Tensor x) {
        int[] sizes = new int[x.dim() + 1];
        int[] strides = new int[x.dim() + 1];
        sizes[0] = 1;
        System.arraycopy(x.shape().sizes(), 0, sizes, 1, x.dim());
        System.arraycopy(x.strides(), 0, strides, 1, x.dim());
        strides[0] = strides[1] * sizes[1];
        return x.alias(x.offset(), Shape.of(sizes), strides);
    }

    /// Images of undefined values, of this shape with or without a batch axis.
    Tensor empty(Shape shape, DType dtype) {
        if (shape.dim() == spatial() + 2) {
            return Images.empty(shape, dtype);
        }
        int[] sizes = new int[shape.dim() + 1];
        sizes[0] = 1;
        System.arraycopy(shape.sizes(), 0, sizes, 1, shape.dim());
        int[] strides = Layout.channelsLast(Shape.of(sizes));
        return Creation.empty(
                shape, dtype, java.util.Arrays.copyOfRange(strides, 1, strides.length));
    }

    boolean isAdaptive() {
        return plane.height().kernel() == 0;
    }
}
