package dev.lanegrad;

/// Other shapes of the same elements. A view shares memory and version with its source: a write to
/// the one is seen in the other.
public sealed interface Views permits Tensor {
    // ------------------------------------------------------------ copies and conversions

    /// A copy of `x` in the same layout.
    private static Tensor duplicate(Tensor x) {
        Tensor y = Creation.emptyLike(x);
        Elementwise.copy(y, x);
        return y;
    }

    /// What [Tensor#clone()] returns.
    static Tensor copy(Tensor x) {
        Tensor y = duplicate(x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    record CloneBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }

    /// The same values dense in row-major order; this tensor itself if it is that already.
    default Tensor contiguous() {
        Tensor x = (Tensor) this;
        if (x.isContiguous()) {
            return x;
        }
        Tensor y = Creation.empty(x.shape(), x.dtype());
        Elementwise.copy(y, x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    /// The same images with the channels innermost in memory, as
    /// `contiguous(memory_format=torch.channels_last)`; the shape stays `[N, C, H, W]`.
    default Tensor channelsLast() {
        Tensor x = (Tensor) this;
        if (x.dim() != 4) {
            throw new IllegalArgumentException(
                    "channelsLast: needs 4 axes [N, C, H, W], but the shape is " + x.shape());
        }
        if (Layout.isChannelsLast(x.shape(), x.strides())) {
            return x;
        }
        Tensor y = Creation.empty(x.shape(), x.dtype(), Layout.channelsLast(x.shape()));
        Elementwise.copy(y, x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    /// The values in another type, as `Tensor.to`; this tensor itself if it has that type.
    default Tensor to(DType dtype) {
        Tensor x = (Tensor) this;
        if (x.dtype() == dtype) {
            return x;
        }
        Tensor y = Elementwise.convert(x, dtype);
        return dtype.isFloatingPoint() && Tape.records(x)
                ? Tape.record(y, new ToCopyBackward0(), x)
                : y;
    }

    record ToCopyBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }

    // ------------------------------------------------------------ shapes

    /// The same elements in another shape, of which one size may be −1; a view, as `Tensor.view`.
    ///
    /// @throws IllegalArgumentException if the number of elements differs, or the elements would
    ///   have to move
    default Tensor view(long... sizes) {
        Tensor x = (Tensor) this;
        Shape shape = inferred("view", x, sizes);
        int[] strides = Layout.reshaped(x.shape(), x.strides(), shape);
        if (strides == null) {
            throw new IllegalArgumentException(
                    "view: size and stride are not compatible, at least one axis spans two"
                            + " subspaces; use reshape ("
                            + x.shape()
                            + " to "
                            + shape
                            + ")");
        }
        return viewed(x, x.offset(), shape, strides, new ViewBackward0(x.shape()));
    }

    /// The same elements in another shape, of which one size may be −1; a view where possible, as
    /// `torch.reshape`.
    ///
    /// @throws IllegalArgumentException if the number of elements differs
    default Tensor reshape(long... sizes) {
        return reshape(inferred("reshape", (Tensor) this, sizes));
    }

    /// The same elements in another shape; a view where possible.
    ///
    /// @throws IllegalArgumentException if the number of elements differs
    default Tensor reshape(Shape shape) {
        Tensor x = (Tensor) this;
        if (shape.numel() != x.numel()) {
            throw new IllegalArgumentException(
                    "reshape: shape "
                            + shape
                            + " has "
                            + shape.numel()
                            + " elements but the input has "
                            + x.numel()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        int[] strides = Layout.reshaped(x.shape(), x.strides(), shape);
        if (strides != null) {
            return viewed(x, x.offset(), shape, strides, new ViewBackward0(x.shape()));
        }
        Tensor dense = x.contiguous();
        Tensor y = new Tensor(dense.storage(), shape, shape.contiguousStrides());
        return Tape.records(x) ? Tape.record(y, new UnsafeViewBackward0(x.shape()), dense) : y;
    }

    /// All elements along one axis, as `torch.flatten`; a view where possible.
    default Tensor flatten() {
        return flatten(0, -1);
    }

    /// The axes from `start` to `end`, both included, as one.
    default Tensor flatten(int start, int end) {
        Tensor x = (Tensor) this;
        int from = x.shape().axis(start, "flatten");
        int to = x.shape().axis(end, "flatten");
        if (from > to) {
            throw new IllegalArgumentException(
                    "flatten: start axis "
                            + from
                            + " comes after end axis "
                            + to
                            + " (shape "
                            + x.shape()
                            + ")");
        }
        if (x.dim() > 0 && from == to) {
            return x;
        }
        java.util.ArrayList<Integer> sizes = new java.util.ArrayList<>();
        int run = 1;
        for (int axis = 0; axis < x.dim(); axis++) {
            run = axis > from && axis <= to ? run * x.size(axis) : x.size(axis);
            if (axis > from && axis <= to) {
                sizes.set(sizes.size() - 1, run);
            } else {
                sizes.add(run);
            }
        }
        if (x.dim() == 0) {
            sizes.add(1);
        }
        return x.reshape(Shape.of(sizes.stream().mapToInt(i -> i).toArray()));
    }

    private static Shape inferred(String op, Tensor x, long[] sizes) {
        int open = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1 && open >= 0) {
                throw new IllegalArgumentException(op + ": only one size can be -1");
            }
            if (sizes[i] == -1) {
                open = i;
            } else {
                known *= sizes[i];
            }
        }
        long[] all = sizes.clone();
        if (open >= 0 && known > 0) {
            all[open] = x.numel() / known;
        }
        long numel = 1;
        for (long size : all) {
            numel *= size;
        }
        if (numel != x.numel() || (open >= 0 && known == 0)) {
            throw new IllegalArgumentException(
                    op
                            + ": shape "
                            + java.util.Arrays.toString(sizes)
                            + " is invalid for input of size "
                            + x.numel()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        return Shape.of(all);
    }

    record ViewBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().reshape(shape));
        }
    }

    record UnsafeViewBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().reshape(shape));
        }
    }

    // ------------------------------------------------------------ axes

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
        return viewed(x, x.offset(), Shape.of(sizes), strides, new PermuteBackward0(order));
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
        return viewed(x, x.offset(), Shape.of(sizes), strides, rule);
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
        for (int i = Math.max(0, lead); i < all.length; i++) {
            all[i] = all[i] == -1 ? x.size(i - lead) : all[i];
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
        return viewed(x, x.offset(), shape, strides, new ExpandBackward0(x.shape()));
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
        return viewed(x, x.offset(), Shape.of(sizes), strides, new UnsqueezeBackward0(at));
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
        return viewed(x, x.offset(), Shape.of(sizes), strides, rule);
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

    /// A view of `x`, recorded if need be.
    static Tensor viewed(Tensor x, int offset, Shape shape, int[] strides, Backward rule) {
        Tensor y = x.view(offset, shape, strides);
        return Tape.records(x) ? Tape.record(y, rule, x) : y;
    }
}
