package dev.lanegrad;

/// Other shapes of the same elements. A view shares memory and version with its source: a write to
/// the one is seen in the other.
public sealed interface Views permits Tensor {
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
        return unsafeView(x.contiguous(), shape);
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

    /// An axis as several, of which one size may be −1, as `Tensor.unflatten`; a view.
    ///
    /// @throws IllegalArgumentException if the sizes do not multiply up to the axis' size
    default Tensor unflatten(int axis, long... sizes) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "unflatten");
        int size = x.dim() == 0 ? 1 : x.size(at);
        long known = 1;
        long open = 0;
        for (long s : sizes) {
            known *= s == -1 ? 1 : s;
            open += s == -1 ? 1 : 0;
        }
        boolean fits = open == 0 ? known == size : open == 1 && known > 0 && size % known == 0;
        if (!fits || sizes.length == 0) {
            throw new IllegalArgumentException(
                    "unflatten: sizes %s do not multiply up to the size %d of axis %d (input %s)"
                            .formatted(java.util.Arrays.toString(sizes), size, at, x.shape()));
        }
        long[] all = new long[Math.max(1, x.dim()) - 1 + sizes.length];
        for (int i = 0; i < all.length; i++) {
            int part = i - at;
            boolean split = part >= 0 && part < sizes.length;
            all[i] =
                    !split
                            ? x.size(part < 0 ? i : i - sizes.length + 1)
                            : sizes[part] == -1 ? size / known : sizes[part];
        }
        return x.view(all);
    }

    /// The elements' bytes read as another type, as `Tensor.view` with a type; the last axis
    /// becomes longer or shorter if the types differ in size. Without gradient.
    ///
    /// A copy, where PyTorch's result shares the memory: an array has one type in Java.
    ///
    /// @throws IllegalArgumentException if the last axis does not hold a whole number of elements
    default Tensor view(DType dtype) {
        return LittleEndian.reread(((Tensor) this).detach(), dtype);
    }

    private static Shape inferred(String op, Tensor x, long[] sizes) {
        int open = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1 && open >= 0) {
                throw new IllegalArgumentException(op + ": only one size can be -1");
            }
            if (sizes[i] < -1) {
                throw new IllegalArgumentException(
                        "%s: size %d at axis %d is negative (shape %s, input %s)"
                                .formatted(
                                        op,
                                        sizes[i],
                                        i,
                                        java.util.Arrays.toString(sizes),
                                        x.shape()));
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

    /// A contiguous tensor in another shape, which does not count as a view: nobody is to write to
    /// it.
    static Tensor unsafeView(Tensor dense, Shape shape) {
        Tensor y = dense.alias(dense.offset(), shape, shape.contiguousStrides());
        return Tape.records(dense)
                ? Tape.record(y, new UnsafeViewBackward0(dense.shape()), dense)
                : y;
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

    /// A view of `x`, recorded if need be.
    static Tensor viewed(Tensor x, int offset, Shape shape, int[] strides, Backward rule) {
        Tensor y = x.view(offset, shape, strides);
        return Tape.records(x) ? Tape.record(y, rule, x) : y;
    }

    // ------------------------------------------------------------ asStrided

    /// The elements of the storage at `offset` and at multiples of `strides` from there, whichever
    /// of them this tensor has itself, as `torch.as_strided`; a view.
    ///
    /// @param strides not negative; elements may be met several times
    /// @throws IllegalArgumentException if the storage is too small
    default Tensor asStrided(long[] sizes, long[] strides, long offset) {
        Tensor x = (Tensor) this;
        Shape shape = Shape.of(sizes);
        boolean valid = sizes.length == strides.length && offset >= 0;
        long end = offset + (shape.numel() == 0 ? 0 : 1);
        for (int axis = 0; valid && axis < sizes.length; axis++) {
            valid = strides[axis] >= 0;
            end += shape.numel() == 0 ? 0 : strides[axis] * (sizes[axis] - 1);
        }
        if (!valid || end > x.storage().size()) {
            throw new IllegalArgumentException(
                    "asStrided: sizes %s, strides %s and offset %d need %d elements, but the storage has %d (input %s)"
                            .formatted(
                                    java.util.Arrays.toString(sizes),
                                    java.util.Arrays.toString(strides),
                                    offset,
                                    end,
                                    x.storage().size(),
                                    x.shape()));
        }
        int[] steps = java.util.Arrays.stream(strides).mapToInt(Math::toIntExact).toArray();
        Geometry to = new Geometry(shape, steps, Math.toIntExact(offset));
        return viewed(x, to.offset(), shape, steps, new AsStridedBackward0(Geometry.of(x), to));
    }

    /// As [#asStrided(long[], long[], long)] from this tensor's first element on.
    default Tensor asStrided(long[] sizes, long[] strides) {
        return asStrided(sizes, strides, ((Tensor) this).offset());
    }

    record AsStridedBackward0(Geometry base, Geometry view) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Restrided.transposed(g.gy(), base, view));
        }
    }
}
