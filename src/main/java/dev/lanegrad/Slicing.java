package dev.lanegrad;

import java.util.Arrays;

/// Parts of a tensor along an axis; all of them views.
public sealed interface Slicing permits Tensor {
    // ------------------------------------------------------------ select

    /// The slice at `index` of an axis, without that axis, as `torch.select`; a view. Negative
    /// indices count from the last.
    ///
    /// @throws IndexOutOfBoundsException if the axis has no such index
    default Tensor select(int axis, long index) {
        Tensor x = (Tensor) this;
        if (x.dim() == 0) {
            throw new IndexOutOfBoundsException("select: cannot be applied to a 0-dim tensor.");
        }
        int at = x.shape().axis(axis, "select");
        int size = x.size(at);
        if (index < -size || index >= size) {
            throw new IndexOutOfBoundsException(
                    "select: index "
                            + index
                            + " is out of range for axis "
                            + at
                            + " with size "
                            + size
                            + " (input "
                            + x.shape()
                            + ")");
        }
        Strip strip = new Strip(at, (int) (index < 0 ? index + size : index), 1, 1, true);
        return Views.viewed(
                x,
                strip.offset(x),
                strip.shape(x.shape()),
                strip.strides(x),
                new SelectBackward0(strip, x.shape()));
    }

    record SelectBackward0(Strip strip, Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Strip.embed(g.gy(), strip, shape));
        }
    }

    // ------------------------------------------------------------ slice

    /// The elements `start`, `start + step`, ... before `end` of an axis, as Python's
    /// `x[start:end:step]`; a view. Negative positions count from the last, positions beyond the
    /// end are cut.
    ///
    /// @throws IllegalArgumentException if `step` is not positive
    default Tensor slice(int axis, long start, long end, long step) {
        Tensor x = (Tensor) this;
        if (step <= 0) {
            throw new IllegalArgumentException("slice: step must be positive, but is " + step);
        }
        int at = x.shape().axis(axis, "slice");
        int size = x.size(at);
        int from = clip(start, size);
        int to = Math.max(from, clip(end, size));
        int by = (int) Math.min(step, Integer.MAX_VALUE);
        Strip strip = new Strip(at, from, by, (to - from + (by - 1)) / by, false);
        return Views.viewed(
                x,
                strip.offset(x),
                strip.shape(x.shape()),
                strip.strides(x),
                new SliceBackward0(strip, x.shape()));
    }

    private static int clip(long position, int size) {
        long p = position < 0 ? position + size : position;
        return (int) Math.max(0, Math.min(size, p));
    }

    /// The elements from `start` on of an axis, `length` of them, as `torch.narrow`; a view.
    ///
    /// @throws IndexOutOfBoundsException if they exceed the axis
    default Tensor narrow(int axis, long start, long length) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "narrow");
        long from = start < 0 ? start + x.size(at) : start;
        if (length < 0 || from < 0 || from + length > x.size(at)) {
            throw new IndexOutOfBoundsException(
                    "narrow: start ("
                            + start
                            + ") + length ("
                            + length
                            + ") exceeds axis size ("
                            + x.size(at)
                            + ") (input "
                            + x.shape()
                            + ", axis "
                            + at
                            + ")");
        }
        return x.slice(at, from, from + length, 1);
    }

    record SliceBackward0(Strip strip, Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Strip.embed(g.gy(), strip, shape));
        }
    }

    // ------------------------------------------------------------ split, chunk, unbind

    /// Parts of `size` along an axis, the last one shorter, as `torch.split`; views.
    default Tensor[] split(int size, int axis) {
        Tensor x = (Tensor) this;
        int length = x.size(axis);
        if (size < 0 || (size == 0 && length != 0)) {
            throw new IllegalArgumentException(
                    "split: size must be positive, but is " + size + " (input " + x.shape() + ")");
        }
        int at = x.shape().axis(axis, "split");
        int parts = size == 0 ? 1 : Math.max(1, (length + size - 1) / size);
        int[] sizes = new int[parts];
        Arrays.setAll(sizes, i -> Math.min(size, length - i * size));
        return Parts.of(x, at, sizes, new SplitBackward0(at, sizes));
    }

    /// Parts of these sizes along an axis, as `torch.split` with a list; views.
    ///
    /// @throws IllegalArgumentException if the sizes do not add up to the axis' size
    default Tensor[] split(int[] sizes, int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "split");
        if (Arrays.stream(sizes).anyMatch(s -> s < 0) || Arrays.stream(sizes).sum() != x.size(at)) {
            throw new IllegalArgumentException(
                    "split: sizes "
                            + Arrays.toString(sizes)
                            + " do not add up to "
                            + x.size(at)
                            + " (input "
                            + x.shape()
                            + ", axis "
                            + at
                            + ")");
        }
        return Parts.of(x, at, sizes, new SplitWithSizesBackward0(at, sizes.clone()));
    }

    record SplitBackward0(int axis, int[] sizes) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Parts.join(g, axis, sizes.length));
        }
    }

    record SplitWithSizesBackward0(int axis, int[] sizes) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Parts.join(g, axis, sizes.length));
        }
    }

    /// At most `chunks` parts of equal size along an axis, the last one shorter, as `torch.chunk`;
    /// of an axis without elements all of them, without elements. Views.
    default Tensor[] chunk(int chunks, int axis) {
        Tensor x = (Tensor) this;
        if (chunks < 1) {
            throw new IllegalArgumentException(
                    "chunk: needs at least one chunk, but got " + chunks);
        }
        int size = x.size(axis);
        return size == 0
                ? x.split(new int[chunks], axis)
                : x.split((size + chunks - 1) / chunks, axis);
    }

    /// `sections` parts along an axis whose sizes differ by at most 1, longer ones first, as
    /// `torch.tensor_split`; views.
    ///
    /// @throws IllegalArgumentException if there are no sections, or no axes
    default Tensor[] tensorSplit(int sections, int axis) {
        Tensor x = (Tensor) this;
        if (sections < 1 || x.dim() == 0) {
            throw new IllegalArgumentException(
                    "tensorSplit: %d sections of input %s".formatted(sections, x.shape()));
        }
        int size = x.size(x.shape().axis(axis, "tensorSplit"));
        int[] at = new int[sections - 1];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i + 1) * (size / sections) + Math.min(i + 1, size % sections);
        }
        return x.tensorSplit(at, axis);
    }

    /// The parts between these positions of an axis, as `torch.tensor_split` with a list, or
    /// Python's `x[:a], x[a:b], x[b:]`; views.
    default Tensor[] tensorSplit(int[] at, int axis) {
        Tensor x = (Tensor) this;
        if (x.dim() == 0) {
            throw new IllegalArgumentException(
                    "tensorSplit: at %s of input %s".formatted(Arrays.toString(at), x.shape()));
        }
        int along = x.shape().axis(axis, "tensorSplit");
        Tensor[] parts = new Tensor[at.length + 1];
        for (int i = 0; i < parts.length; i++) {
            int end = i < at.length ? at[i] : x.size(along);
            parts[i] = x.slice(along, i == 0 ? 0 : at[i - 1], end, 1);
        }
        return parts;
    }

    /// All slices of an axis, without that axis, as `torch.unbind`; views.
    default Tensor[] unbind(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "unbind");
        return Parts.slices(x, at, new UnbindBackward0(at, x.size(at)));
    }

    record UnbindBackward0(int axis, int count) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Parts.stack(g, axis, count));
        }
    }

    // ------------------------------------------------------------ flip

    /// The elements in reverse order along some axes, as `torch.flip`; a copy.
    default Tensor flip(int... axes) {
        Tensor x = (Tensor) this;
        int offset = x.offset();
        int[] strides = x.strides().clone();
        boolean[] seen = new boolean[x.dim()];
        for (int a : axes) {
            int axis = x.shape().axis(a, "flip");
            if (x.dim() > 0 && seen[axis]) {
                throw new IllegalArgumentException(
                        "flip: axis " + axis + " appears twice (input " + x.shape() + ")");
            }
            if (x.dim() > 0 && x.size(axis) > 0) {
                seen[axis] = true;
                offset += (x.size(axis) - 1) * strides[axis];
                strides[axis] = -strides[axis];
            }
        }
        Tensor y = Creation.emptyLike(x);
        Elementwise.copy(
                y, new Tensor(x.storage(), offset, x.shape(), strides, x.version(), false));
        return Tape.records(x) ? Tape.record(y, new FlipBackward0(axes.clone()), x) : y;
    }

    record FlipBackward0(int[] axes) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().flip(axes));
        }
    }
}
