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

    /// A fresh dense tensor, which nothing else refers to, in another shape.
    static Tensor unsafeView(Tensor dense, Shape shape) {
        Tensor y = new Tensor(dense.storage(), shape, shape.contiguousStrides());
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
}
