package dev.lanegrad;

/// The same elements with their axes in another order, or with axes added, dropped or repeated; all
/// of them views.
public sealed interface AxisViews permits Tensor {
    /// The axes in another order, as `torch.permute`; a view.
    ///
    /// @throws IllegalArgumentException if `axes` is not a permutation of this tensor's axes
    default Tensor permute(int... axes) {
        Tensor x = (Tensor) this;
        int[] order = permutation(x, axes);
        int[] sizes = new int[order.length];
        int[] strides = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            sizes[i] = x.size(order[i]);
            strides[i] = x.strides()[order[i]];
        }
        return Views.viewed(x, x.offset(), Shape.of(sizes), strides, new PermuteBackward0(order));
    }

    private static int[] permutation(Tensor x, int[] axes) {
        boolean[] seen = new boolean[x.dim()];
        int[] order = new int[axes.length];
        boolean valid = axes.length == x.dim();
        for (int i = 0; valid && i < axes.length; i++) {
            order[i] = x.shape().axis(axes[i], "permute");
            valid = !seen[order[i]];
            seen[order[i]] = true;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "permute: axes "
                            + java.util.Arrays.toString(axes)
                            + " are no permutation of "
                            + x.dim()
                            + " axes (input "
                            + x.shape()
                            + ")");
        }
        return order;
    }

    record PermuteBackward0(int[] order) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            int[] inverse = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                inverse[order[i]] = i;
            }
            g.put(0, g.gy().permute(inverse));
        }
    }

    /// Two axes exchanged, as `torch.transpose`; a view.
    default Tensor transpose(int a, int b) {
        Tensor x = (Tensor) this;
        return swapped(x, a, b, new TransposeBackward0(a, b));
    }

    private static Tensor swapped(Tensor x, int a, int b, Backward rule) {
        int i = x.shape().axis(a, "transpose");
        int j = x.shape().axis(b, "transpose");
        int[] sizes = x.shape().sizes().clone();
        int[] strides = x.strides().clone();
        if (sizes.length > 0) {
            sizes[i] = x.shape().sizes()[j];
            sizes[j] = x.shape().sizes()[i];
            strides[i] = x.strides()[j];
            strides[j] = x.strides()[i];
        }
        return Views.viewed(x, x.offset(), Shape.of(sizes), strides, rule);
    }

    record TransposeBackward0(int a, int b) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().transpose(a, b));
        }
    }

    /// The transpose of a matrix, as `Tensor.t`; vectors and single values stay as they are.
    ///
    /// @throws IllegalArgumentException if there are more than two axes
    default Tensor t() {
        Tensor x = (Tensor) this;
        if (x.dim() > 2) {
            throw new IllegalArgumentException(
                    "t: expects at most 2 axes, but the input has "
                            + x.dim()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        int last = Math.max(0, x.dim() - 1);
        return swapped(x, 0, last, new TBackward0());
    }

    record TBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().t());
        }
    }

    /// Axes of size 1 repeated to the size wanted, as `Tensor.expand`; a view. −1 keeps a size.
    ///
    /// @throws IllegalArgumentException if this tensor does not broadcast to the shape
    default Tensor expand(long... sizes) {
        Tensor x = (Tensor) this;
        long[] all = sizes.clone();
        int lead = sizes.length - x.dim();
        if (lead < 0) {
            throw new IllegalArgumentException(
                    "expand: %d sizes are fewer than the input's %d axes (input %s, sizes %s)"
                            .formatted(
                                    sizes.length,
                                    x.dim(),
                                    x.shape(),
                                    java.util.Arrays.toString(sizes)));
        }
        for (int i = Math.max(0, lead); i < all.length; i++) {
            all[i] = all[i] == -1 ? x.size(i - lead) : all[i];
            if (all[i] != x.size(i - lead) && x.size(i - lead) != 1) {
                throw new IllegalArgumentException(
                        "expand: size %d at axis %d cannot become %d (input %s, sizes %s)"
                                .formatted(
                                        x.size(i - lead),
                                        i,
                                        all[i],
                                        x.shape(),
                                        java.util.Arrays.toString(sizes)));
            }
        }
        return expand(Shape.of(all));
    }

    /// Axes of size 1 repeated to the size wanted; a view.
    ///
    /// @throws IllegalArgumentException if this tensor does not broadcast to the shape
    default Tensor expand(Shape shape) {
        Tensor x = (Tensor) this;
        if (!x.shape().expandsTo(shape)) {
            throw new IllegalArgumentException(
                    "expand: shape " + x.shape() + " does not broadcast to " + shape);
        }
        int[] strides = Layout.expanded(x.shape(), x.strides(), shape);
        return Views.viewed(x, x.offset(), shape, strides, new ExpandBackward0(x.shape()));
    }

    record ExpandBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().sumToSize(shape));
        }
    }

    /// A new axis of size 1 before `axis`, as `torch.unsqueeze`; a view.
    default Tensor unsqueeze(int axis) {
        Tensor x = (Tensor) this;
        if (axis < -x.dim() - 1 || axis > x.dim()) {
            throw new IndexOutOfBoundsException(
                    "unsqueeze: axis "
                            + axis
                            + " is out of range ["
                            + (-x.dim() - 1)
                            + ", "
                            + x.dim()
                            + "] (shape "
                            + x.shape()
                            + ")");
        }
        int at = axis < 0 ? axis + x.dim() + 1 : axis;
        int[] sizes = new int[x.dim() + 1];
        int[] strides = new int[x.dim() + 1];
        for (int i = 0; i < sizes.length; i++) {
            int from = i < at ? i : i - 1;
            sizes[i] = i == at ? 1 : x.size(from);
            strides[i] = i == at ? 1 : x.strides()[from];
        }
        if (at < x.dim()) {
            strides[at] = x.strides()[at] * Math.max(1, x.size(at));
        }
        return Views.viewed(x, x.offset(), Shape.of(sizes), strides, new UnsqueezeBackward0(at));
    }

    record UnsqueezeBackward0(int axis) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().squeeze(axis));
        }
    }

    /// Without the axes of size 1, as `torch.squeeze`; a view.
    default Tensor squeeze() {
        Tensor x = (Tensor) this;
        int[] axes =
                java.util.stream.IntStream.range(0, x.dim()).filter(a -> x.size(a) != 1).toArray();
        return selected(x, axes, new SqueezeBackward0(x.shape()));
    }

    /// Without this axis if its size is 1, as `torch.squeeze` with `dim`; a view.
    default Tensor squeeze(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "squeeze");
        boolean drop = x.dim() > 0 && x.size(at) == 1;
        int[] axes =
                java.util.stream.IntStream.range(0, x.dim())
                        .filter(a -> a != at || !drop)
                        .toArray();
        return selected(x, axes, new SqueezeBackward1(x.shape()));
    }

    private static Tensor selected(Tensor x, int[] axes, Backward rule) {
        int[] sizes = new int[axes.length];
        int[] strides = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            sizes[i] = x.size(axes[i]);
            strides[i] = x.strides()[axes[i]];
        }
        return Views.viewed(x, x.offset(), Shape.of(sizes), strides, rule);
    }

    record SqueezeBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().reshape(shape));
        }
    }

    record SqueezeBackward1(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().reshape(shape));
        }
    }
}
