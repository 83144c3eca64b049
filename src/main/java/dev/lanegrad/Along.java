package dev.lanegrad;

import dev.lanegrad.kernels.any.Gather;
import org.jspecify.annotations.Nullable;

/// An index that covers all axes of a tensor but one: `[outer, count, inner]` beside `[outer, size,
/// inner]`. Its elements then lie where the index has its own, and need no positions worked out.
record Along(
        String op, int axis, int outer, int size, int inner, long[] index, int offset, int count) {
    /// A kernel that writes `w` to positions of a copy of `x`.
    @FunctionalInterface
    interface Kernel {
        void run(
                Object x,
                int xo,
                Object w,
                int wo,
                int outer,
                int count,
                int inner,
                long[] index,
                int io,
                Object y,
                int yo,
                int size);
    }

    /// Null if the index is another one.
    static @Nullable Along of(String op, Tensor x, int axis, Tensor index) {
        if (index.dtype() != DType.INT64
                || x.dim() == 0
                || index.dim() != x.dim()
                || index.numel() == 0
                || !index.isContiguous()) {
            return null;
        }
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < x.dim(); i++) {
            if (i != axis && index.size(i) != x.size(i)) {
                return null;
            }
            outer *= i < axis ? x.size(i) : 1;
            inner *= i > axis ? x.size(i) : 1;
        }
        long[] positions = (long[]) index.array();
        return new Along(
                op, axis, outer, x.size(axis), inner, positions, index.offset(), index.size(axis));
    }

    /// Whether `source` has the index's shape, and x's type.
    boolean fits(Tensor x, Tensor index, Tensor source) {
        return source.shape().equals(index.shape()) && source.dtype() == x.dtype();
    }

    /// The elements of `x`, in the index's `shape`.
    ///
    /// @throws IndexOutOfBoundsException if a position is not below the axis' size
    Tensor gathered(Tensor x, Shape shape) {
        Tensor dense = Elementwise.converted(x, x.dtype());
        Tensor y = Creation.empty(shape, x.dtype());
        try {
            Gather.gather(
                    dense.array(),
                    dense.offset(),
                    outer,
                    size,
                    inner,
                    index,
                    offset,
                    count,
                    y.array(),
                    y.offset());
        } catch (IndexOutOfBoundsException e) {
            throw outside(x.shape(), e);
        }
        return y;
    }

    /// A copy of `x` in which the kernel has written `source`.
    ///
    /// @throws IndexOutOfBoundsException if a position is not below the axis' size
    Tensor written(Tensor x, Tensor source, Kernel kernel) {
        Tensor dense = Elementwise.converted(x.detach(), x.dtype());
        Tensor values = Elementwise.converted(source.detach(), source.dtype());
        Tensor y = Creation.empty(x.shape(), x.dtype());
        try {
            kernel.run(
                    dense.array(),
                    dense.offset(),
                    values.array(),
                    values.offset(),
                    outer,
                    count,
                    inner,
                    index,
                    offset,
                    y.array(),
                    y.offset(),
                    size);
        } catch (IndexOutOfBoundsException e) {
            throw outside(x.shape(), e);
        }
        return y;
    }

    /// What to throw for what a kernel found: the operation's own words.
    private IndexOutOfBoundsException outside(Shape shape, IndexOutOfBoundsException found) {
        for (int i = offset, end = i + outer * count * inner; i < end; i++) {
            if (index[i] < 0 || index[i] >= size) {
                return Gathering.Positions.outside(op, index[i], axis, size, shape);
            }
        }
        return found;
    }
}
