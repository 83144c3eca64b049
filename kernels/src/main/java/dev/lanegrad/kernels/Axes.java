package dev.lanegrad.kernels;

/// The axes of several operands over one index space, in the simplest form that visits every
/// element.
///
/// Axes of size 1 are dropped, axes are sorted so that the last operand's smallest stride is
/// innermost, and neighbours are merged where every operand's strides allow it: dense operands of
/// one layout become a single axis, whatever their rank and order of axes.
public final class Axes {
    /// Sizes, outermost first; empty if any axis is empty, one axis of size 1 for a single element.
    public final int[] sizes;

    /// Strides by operand, then by axis.
    public final int[][] strides;

    /// Number of elements.
    public final int count;

    private Axes(int[] sizes, int[][] strides, int count) {
        this.sizes = sizes;
        this.strides = strides;
        this.count = count;
    }

    /// Simplifies the axes of `sizes`; `strides[k][axis]` is operand k's stride, in elements.
    public static Axes of(int[] sizes, int[]... strides) {
        return of(true, sizes, strides);
    }

    /// The same, but axes stay in their order: elements are visited in row-major order of `sizes`.
    public static Axes inOrder(int[] sizes, int[]... strides) {
        return of(false, sizes, strides);
    }

    private static Axes of(boolean sorted, int[] sizes, int[][] strides) {
        int operands = strides.length;
        int count = 1;
        int rank = 0;
        for (int size : sizes) {
            count *= size;
            rank += size == 1 ? 0 : 1;
        }
        if (count == 0) {
            return new Axes(new int[] {0}, new int[operands][1], 0);
        }
        if (rank == 0) {
            return new Axes(new int[] {1}, new int[operands][1], 1);
        }
        int[] order = new int[rank];
        for (int axis = 0, r = 0; axis < sizes.length; axis++) {
            if (sizes[axis] != 1) {
                order[r++] = axis;
            }
        }
        if (sorted) {
            sort(order, strides);
        }
        int[] merged = new int[rank];
        int[][] steps = new int[operands][rank];
        int last = -1;
        for (int axis : order) {
            if (last >= 0 && continues(last, axis, sizes, steps, strides)) {
                merged[last] *= sizes[axis];
            } else {
                merged[++last] = sizes[axis];
            }
            for (int k = 0; k < operands; k++) {
                steps[k][last] = strides[k][axis];
            }
        }
        return new Axes(trim(merged, last + 1), trimAll(steps, last + 1), count);
    }

    /// Number of axes, at least 1.
    public int rank() {
        return sizes.length;
    }

    /// A stable insertion sort, largest stride first: the last operand decides, then the ones
    /// before it.
    private static void sort(int[] order, int[][] strides) {
        for (int i = 1; i < order.length; i++) {
            for (int j = i; j > 0 && inner(order[j - 1], order[j], strides); j--) {
                int swap = order[j];
                order[j] = order[j - 1];
                order[j - 1] = swap;
            }
        }
    }

    /// Whether axis `a`, now outside axis `b`, belongs inside it.
    private static boolean inner(int a, int b, int[][] strides) {
        for (int k = strides.length - 1; k >= 0; k--) {
            int sa = Math.abs(strides[k][a]);
            int sb = Math.abs(strides[k][b]);
            if (sa != sb && sa != 0 && sb != 0) {
                return sa < sb;
            }
        }
        return false;
    }

    private static boolean continues(
            int outer, int axis, int[] sizes, int[][] steps, int[][] strides) {
        for (int k = 0; k < steps.length; k++) {
            if (steps[k][outer] != strides[k][axis] * sizes[axis]) {
                return false;
            }
        }
        return true;
    }

    private static int[] trim(int[] x, int n) {
        return n == x.length ? x : java.util.Arrays.copyOf(x, n);
    }

    private static int[][] trimAll(int[][] x, int n) {
        for (int k = 0; k < x.length; k++) {
            x[k] = trim(x[k], n);
        }
        return x;
    }
}
