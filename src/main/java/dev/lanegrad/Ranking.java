package dev.lanegrad;

import dev.lanegrad.kernels.Parallel;

/// Positions along an axis by the rank of the elements there.
final class Ranking {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 12;

    private Ranking() {}

    /// Fills `chosen` from `at` on with positions in one row.
    @FunctionalInterface
    private interface Choice {
        void of(RankedRow row, long[] chosen, int at);
    }

    /// The positions in stable order.
    static Tensor order(Tensor x, int axis, boolean descending) {
        return first(x, axis, x.dim() == 0 ? 1 : x.size(axis), descending);
    }

    /// The positions of the first `count` elements in stable order.
    static Tensor first(Tensor x, int axis, int count, boolean descending) {
        return rows(x, axis, count, descending, (row, chosen, at) -> row.first(count, chosen, at));
    }

    /// The positions of the medians; of the first NaN where there is one.
    static Tensor medians(Tensor x, int axis) {
        return rows(x, axis, 1, false, (row, chosen, at) -> chosen[at] = row.median());
    }

    /// The positions of the elements with `k` before them.
    static Tensor kth(Tensor x, int axis, int k) {
        return rows(x, axis, 1, false, (row, chosen, at) -> chosen[at] = row.kth(k));
    }

    /// The last positions of the most frequent elements.
    static Tensor modes(Tensor x, int axis) {
        return rows(x, axis, 1, false, (row, chosen, at) -> chosen[at] = row.mode());
    }

    private static Tensor rows(Tensor x, int axis, int count, boolean descending, Choice choice) {
        if (x.dim() == 0) {
            return Tensor.scalar(0L);
        }
        int size = x.size(axis);
        if (size == 0 && count > 0) {
            throw new IndexOutOfBoundsException(
                    "expected axis " + axis + " to have non-zero size (input " + x.shape() + ")");
        }
        Tensor last = x.detach().transpose(axis, -1);
        int[] sizes = last.shape().sizes().clone();
        sizes[sizes.length - 1] = count;
        Tensor found = Creation.empty(Shape.of(sizes), DType.INT64);
        if (found.numel() > 0) {
            Tensor dense = Elementwise.converted(last, comparable(x.dtype()));
            Object elements = dense.array();
            int from = dense.offset();
            long[] chosen = (long[]) found.array();
            Parallel.run(
                    dense.numel() / size,
                    Math.max(1, GRAIN / size),
                    (first, end) -> {
                        RankedRow row = new RankedRow(elements, size, descending);
                        for (int r = first; r < end; r++) {
                            choice.of(row.read(from + r * size), chosen, r * count);
                        }
                    });
        }
        return found.transpose(axis, -1).contiguous();
    }

    /// A type that holds the elements and that rows of ranked elements know.
    private static DType comparable(DType type) {
        return switch (type) {
            case FLOAT64, INT64 -> type;
            case FLOAT32, FLOAT16, BFLOAT16 -> DType.FLOAT32;
            case INT32, INT16, INT8, UINT8, BOOL -> DType.INT32;
        };
    }
}
