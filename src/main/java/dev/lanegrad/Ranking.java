package dev.lanegrad;

/// Positions along an axis by the rank of the elements there.
final class Ranking {
    private Ranking() {}

    /// Finds positions in one row of keys, whose order is that of the elements.
    @FunctionalInterface
    private interface Choice {
        /// Fills `chosen`.
        void of(long[] keys, int[] order, long[] chosen);
    }

    /// The positions in stable order.
    static Tensor order(Tensor x, int axis, boolean descending) {
        int size = x.dim() == 0 ? 1 : x.size(axis);
        return rows(
                x,
                axis,
                size,
                descending,
                (_, order, chosen) -> {
                    for (int i = 0; i < chosen.length; i++) {
                        chosen[i] = order[i];
                    }
                });
    }

    /// The positions of the medians; of the first NaN where there is one.
    static Tensor medians(Tensor x, int axis) {
        return rows(
                x,
                axis,
                1,
                false,
                (keys, order, chosen) -> {
                    int n = order.length;
                    chosen[0] = order[(n - 1) / 2];
                    if (keys[order[n - 1]] == Long.MAX_VALUE) {
                        int first = n - 1;
                        while (first > 0 && keys[order[first - 1]] == Long.MAX_VALUE) {
                            first--;
                        }
                        chosen[0] = order[first];
                    }
                });
    }

    /// The positions of the elements with `k` before them; of equal ones that which quickselect
    /// with the median of three as pivot leaves there, as in PyTorch.
    static Tensor kth(Tensor x, int axis, int k) {
        return rows(
                x,
                axis,
                1,
                false,
                (keys, order, chosen) -> {
                    for (int i = 0; i < order.length; i++) {
                        order[i] = i;
                    }
                    select(keys, order, k);
                    chosen[0] = order[k];
                });
    }

    /// Partitions until the element with `k` smaller ones is in its place.
    private static void select(long[] keys, int[] order, int k) {
        int left = 0;
        int right = order.length - 1;
        while (right > left + 1) {
            swap(order, (left + right) >>> 1, left + 1);
            swapIfGreater(keys, order, left + 1, right);
            swapIfGreater(keys, order, left, right);
            swapIfGreater(keys, order, left + 1, left);
            long pivot = keys[order[left]];
            int i = left + 2;
            int j = right - 1;
            while (true) {
                while (keys[order[i]] < pivot) {
                    i++;
                }
                while (keys[order[j]] > pivot) {
                    j--;
                }
                if (j < i) {
                    break;
                }
                swap(order, i++, j--);
            }
            swap(order, left, j);
            left = j <= k ? i : left;
            right = j >= k ? j - 1 : right;
        }
        if (right == left + 1) {
            swapIfGreater(keys, order, left, right);
        }
    }

    private static void swapIfGreater(long[] keys, int[] order, int i, int j) {
        if (keys[order[i]] > keys[order[j]]) {
            swap(order, i, j);
        }
    }

    private static void swap(int[] order, int i, int j) {
        int value = order[i];
        order[i] = order[j];
        order[j] = value;
    }

    /// The last positions of the most frequent elements.
    static Tensor modes(Tensor x, int axis) {
        return rows(
                x,
                axis,
                1,
                false,
                (keys, order, chosen) -> {
                    int longest = 0;
                    int run = 0;
                    for (int i = 0; i < order.length; i++) {
                        run = i > 0 && keys[order[i]] == keys[order[i - 1]] ? run + 1 : 1;
                        if (run > longest) {
                            longest = run;
                            chosen[0] = order[i];
                        }
                    }
                });
    }

    private static Tensor rows(Tensor x, int axis, int count, boolean descending, Choice choice) {
        Tensor in = x.detach();
        if (x.dim() == 0) {
            return Tensor.scalar(0L);
        }
        int size = x.size(axis);
        if (size == 0 && count > 0) {
            throw new IndexOutOfBoundsException(
                    "expected axis " + axis + " to have non-zero size (input " + x.shape() + ")");
        }
        Tensor last = in.transpose(axis, -1);
        long[] keys = keys(last);
        int n = size == 0 ? 0 : keys.length / size;
        long[] found = new long[n * count];
        long[] row = new long[size];
        int[] order = new int[size];
        int[] work = new int[size];
        long[] chosen = new long[count];
        for (int r = 0; r < n; r++) {
            for (int i = 0; i < size; i++) {
                long key = keys[r * size + i];
                row[i] = descending ? ~key : key;
                order[i] = i;
            }
            sort(row, order, work, 0, size);
            choice.of(row, order, chosen);
            System.arraycopy(chosen, 0, found, r * count, count);
        }
        int[] sizes = last.shape().sizes().clone();
        sizes[sizes.length - 1] = count;
        return Tensor.of(found, Shape.of(sizes)).transpose(axis, -1).contiguous();
    }

    /// Numbers in the order of the elements; NaN is the largest.
    private static long[] keys(Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            return x.toLongArray();
        }
        double[] values = x.toDoubleArray();
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            long bits = Double.doubleToLongBits(values[i] + 0.0);
            keys[i] =
                    Double.isNaN(values[i]) ? Long.MAX_VALUE : bits ^ (bits >> 63 & Long.MAX_VALUE);
        }
        return keys;
    }

    /// Merges sorted halves; stable.
    private static void sort(long[] keys, int[] order, int[] work, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(keys, order, work, from, middle);
        sort(keys, order, work, middle, to);
        System.arraycopy(order, from, work, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            boolean takeRight = right < to && keys[order[right]] < keys[work[left]];
            order[i] = takeRight ? order[right++] : work[left++];
        }
    }
}
