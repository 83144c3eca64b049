package dev.lanegrad;

import java.util.Arrays;

/// A row of elements and their positions by rank. NaN is the largest.
///
/// Elements of at most 32 bits are packed with their positions into longs, of which no two are
/// equal and which the virtual machine sorts with vector instructions where there are some.
final class RankedRow {
    private static final long NAN_FLOAT = Float.floatToIntBits(Float.NaN);
    private static final long NAN_DOUBLE = Double.doubleToLongBits(Double.NaN);

    /// A row this much longer than the number of its first elements is looked through for them.
    private static final int LONG = 8;

    /// A range no longer than this is sorted.
    private static final int SHORT = 24;

    private final Object elements;
    private final int n;
    private final boolean descending;
    private final boolean packs;
    private final long[] keys;
    private final long[] packed;
    private long[] spare = {};
    private long[] rest = {};
    private int[] order = {};
    private int[] work = {};

    /// Rows of `n` elements that lie in a `float[]`, `double[]`, `int[]` or `long[]`.
    RankedRow(Object elements, int n, boolean descending) {
        this.elements = elements;
        this.n = n;
        this.descending = descending;
        packs = elements instanceof float[] || elements instanceof int[];
        keys = packs ? new long[0] : new long[n];
        packed = packs ? new long[n] : new long[0];
    }

    /// Reads the elements from `from` on.
    RankedRow read(int from) {
        switch (elements) {
            case float[] x -> {
                for (int i = 0; i < n; i++) {
                    packed[i] = packed(key(x[from + i]), i);
                }
            }
            case int[] x -> {
                for (int i = 0; i < n; i++) {
                    packed[i] = packed(x[from + i], i);
                }
            }
            case double[] x -> {
                for (int i = 0; i < n; i++) {
                    long bits = Double.doubleToLongBits(x[from + i] + 0.0);
                    keys[i] = turned(bits ^ (bits >> 63 & Long.MAX_VALUE));
                }
            }
            case long[] x -> {
                for (int i = 0; i < n; i++) {
                    keys[i] = turned(x[from + i]);
                }
            }
            default -> throw new IllegalArgumentException("rank: not of " + elements.getClass());
        }
        return this;
    }

    private static int key(float x) {
        int bits = Float.floatToIntBits(x + 0.0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    private long packed(int key, int i) {
        return (descending ? ~(long) key : (long) key) << 32 | i;
    }

    private long turned(long key) {
        return descending ? ~key : key;
    }

    /// What orders the element at a position before any sorting.
    private long key(int i) {
        return packs ? packed[i] >> 32 : keys[i];
    }

    /// Fills `chosen` from `at` on with the first `count` positions in stable order.
    void first(int count, long[] chosen, int at) {
        if (!packs) {
            sort();
            for (int i = 0; i < count; i++) {
                chosen[at + i] = order[i];
            }
            return;
        }
        if (count * (long) LONG <= n && count <= 256) {
            smallest(count);
        } else {
            Arrays.sort(packed);
        }
        for (int i = 0; i < count; i++) {
            chosen[at + i] = (int) packed[i];
        }
    }

    /// Moves the smallest packed elements to the front, in order.
    private void smallest(int count) {
        Arrays.sort(packed, 0, count);
        for (int i = count; count > 0 && i < n; i++) {
            long value = packed[i];
            if (value < packed[count - 1]) {
                int to = count - 1;
                while (to > 0 && packed[to - 1] > value) {
                    packed[to] = packed[to - 1];
                    to--;
                }
                packed[to] = value;
            }
        }
    }

    /// The position of the median, the lower one of two; of the first NaN if there is one.
    int median() {
        for (int i = 0; i < n; i++) {
            if (isNaN(key(i))) {
                return i;
            }
        }
        if (packs) {
            return (int) nth((n - 1) / 2);
        }
        sort();
        return order[(n - 1) / 2];
    }

    private boolean isNaN(long key) {
        return switch (elements) {
            case float[] _ -> key == NAN_FLOAT;
            case double[] _ -> key == NAN_DOUBLE;
            default -> false;
        };
    }

    /// The packed element with `k` smaller ones.
    ///
    /// Elements move without a branch, which no processor could foresee: the smaller ones to the
    /// front of another array, the larger ones to its end.
    private long nth(int k) {
        if (spare.length < n) {
            spare = new long[n];
            rest = new long[n];
        }
        long[] from = packed;
        long[] to = spare;
        long[] next = rest;
        int left = 0;
        int right = n;
        while (right - left > SHORT) {
            long pivot = pivot(from, left, right - 1);
            int low = left;
            int high = right - 1;
            for (int i = left; i < right; i++) {
                long v = from[i];
                to[low] = v;
                to[high] = v;
                int less = isLess(v, pivot);
                low += less;
                high += less - 1;
            }
            // the pivot is among the larger ones
            if (k < low) {
                right = low;
            } else {
                left = low;
            }
            from = to;
            to = next;
            next = from;
        }
        long[] sorted = Arrays.copyOfRange(from, left, right);
        Arrays.sort(sorted);
        return sorted[k - left];
    }

    /// 1 if a is less than b, else 0.
    private static int isLess(long a, long b) {
        return (int) (((a & ~b) | (~(a ^ b) & (a - b))) >>> 63);
    }

    /// An element about the middle of those from `first` to `last`, but not the smallest.
    private static long pivot(long[] x, int first, int last) {
        int step = (last - first) / 8;
        long a = middle(x[first], x[first + step], x[first + 2 * step]);
        long b = middle(x[first + 3 * step], x[first + 4 * step], x[first + 5 * step]);
        long c = middle(x[first + 6 * step], x[first + 7 * step], x[last]);
        return middle(a, b, c);
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /// The last position of the most frequent element, the smallest of equally frequent ones.
    int mode() {
        if (packs) {
            Arrays.sort(packed);
        } else {
            sort();
        }
        int chosen = 0;
        int longest = 0;
        int run = 0;
        for (int i = 0; i < n; i++) {
            run = i > 0 && sortedKey(i) == sortedKey(i - 1) ? run + 1 : 1;
            if (run > longest) {
                longest = run;
                chosen = packs ? (int) packed[i] : order[i];
            }
        }
        return chosen;
    }

    private long sortedKey(int i) {
        return packs ? packed[i] >> 32 : keys[order[i]];
    }

    /// The position of the element with `k` before it; of equal ones that which quickselect with
    /// the median of three as pivot leaves there, as in PyTorch.
    int kth(int k) {
        if (packs) {
            long found = nth(k);
            if (isAlone(found >> 32)) {
                return (int) found;
            }
        }
        number();
        int left = 0;
        int right = n - 1;
        while (right > left + 1) {
            swap((left + right) >>> 1, left + 1);
            swapIfGreater(left + 1, right);
            swapIfGreater(left, right);
            swapIfGreater(left + 1, left);
            long pivot = key(order[left]);
            int i = left + 2;
            int j = right - 1;
            while (true) {
                while (key(order[i]) < pivot) {
                    i++;
                }
                while (key(order[j]) > pivot) {
                    j--;
                }
                if (j < i) {
                    break;
                }
                swap(i++, j--);
            }
            swap(left, j);
            left = j <= k ? i : left;
            right = j >= k ? j - 1 : right;
        }
        if (right == left + 1) {
            swapIfGreater(left, right);
        }
        return order[k];
    }

    /// Whether only one packed element has this key.
    private boolean isAlone(long key) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += packed[i] >> 32 == key ? 1 : 0;
        }
        return count == 1;
    }

    private void swapIfGreater(int i, int j) {
        if (key(order[i]) > key(order[j])) {
            swap(i, j);
        }
    }

    private void swap(int i, int j) {
        int value = order[i];
        order[i] = order[j];
        order[j] = value;
    }

    private void number() {
        order = order.length == n ? order : new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
    }

    /// Brings the positions of wide elements into stable order.
    private void sort() {
        number();
        work = work.length == n ? work : new int[n];
        sort(0, n);
    }

    /// Merges sorted halves; stable.
    private void sort(int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(from, middle);
        sort(middle, to);
        System.arraycopy(order, from, work, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            boolean takeRight = right < to && keys[order[right]] < keys[work[left]];
            order[i] = takeRight ? order[right++] : work[left++];
        }
    }
}
