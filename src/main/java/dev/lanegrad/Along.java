package dev.lanegrad;

import dev.lanegrad.kernels.Launches;
import org.jspecify.annotations.Nullable;

/// An index that covers all axes of a tensor but one: `[outer, count, inner]` beside `[outer, size,
/// inner]`. Its elements then lie where the index has its own, and need no positions worked out.
record Along(int outer, int size, int inner, long[] index, int offset, int count) {
    /// A kernel that writes slices of one element.
    @FunctionalInterface
    interface Kernel {
        void run(
                Object x,
                int xo,
                int outer,
                int count,
                int inner,
                long[] index,
                int io,
                Object y,
                int yo,
                int size);
    }

    /// Null if the index is another one, or holds a position out of bounds.
    static @Nullable Along of(Tensor x, int axis, Tensor index) {
        if (index.dtype() != DType.INT64
                || x.dim() == 0
                || index.dim() != x.dim()
                || index.numel() == 0
                || !index.isContiguous()) {
            return null;
        }
        int at = x.shape().axis(axis, "index");
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < x.dim(); i++) {
            if (i != at && index.size(i) != x.size(i)) {
                return null;
            }
            outer *= i < at ? x.size(i) : 1;
            inner *= i > at ? x.size(i) : 1;
        }
        long[] positions = (long[]) index.array();
        int size = x.size(at);
        int first = index.offset();
        int n = index.numel();
        if (leavesRange(positions, first, n, size)) {
            return null;
        }
        if (Launches.areKept()) {
            Launches.make(
                    () -> {
                        if (leavesRange(positions, first, n, size)) {
                            throw new IndexOutOfBoundsException(
                                    "index: out of bounds for axis %d of %s (index %s)"
                                            .formatted(axis, x.shape(), index.shape()));
                        }
                    },
                    new Object[] {positions});
        }
        return new Along(outer, size, inner, positions, first, index.size(at));
    }

    private static boolean leavesRange(long[] positions, int from, int n, int size) {
        long outside = 0;
        for (int i = from; i < from + n; i++) {
            outside |= positions[i] | (size - 1 - positions[i]);
        }
        return outside < 0;
    }

    /// Whether `source` has the index's shape, and x's type.
    boolean fits(Tensor x, Tensor index, Tensor source) {
        return source.shape().equals(index.shape()) && source.dtype() == x.dtype();
    }

    /// A copy of `x` in which the kernel has written `source`.
    Tensor written(Tensor x, Tensor source, Kernel kernel) {
        Tensor values = Elementwise.converted(source.detach(), source.dtype());
        Tensor y = Creation.empty(x.shape(), x.dtype());
        Elementwise.copy(y, x);
        kernel.run(
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
        return y;
    }
}
