package dev.lanegrad.kernels;

/// Folding axes of an array of booleans into a dense output, as `Reduce` does with numbers.
public final class ReduceBoolean {
    private ReduceBoolean() {}

    /// `y := x₀ ∨ x₁ ∨ ...`; false over no elements.
    public static void any(
            boolean[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            boolean[] y,
            int yo) {
        search(true, x, xo, ReduceAxes.of(sizes, xStrides, reduced), y, yo);
    }

    /// `y := x₀ ∧ x₁ ∧ ...`; true over no elements.
    public static void all(
            boolean[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            boolean[] y,
            int yo) {
        search(false, x, xo, ReduceAxes.of(sizes, xStrides, reduced), y, yo);
    }

    /// `y :=` the number of elements that are true.
    public static void count(
            boolean[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, long[] y, int yo) {
        ReduceAxes axes = ReduceAxes.of(sizes, xStrides, reduced);
        int inner = axes.reduced.rank() - 1;
        int length = axes.reduced.sizes[inner];
        int stride = axes.reduced.strides[0][inner];
        Cursor outer = new Cursor(axes.kept.sizes, axes.kept.strides);
        Cursor row = ReduceAxes.outer(axes.reduced);
        for (int j = 0; j < axes.kept.count; j++, outer.next()) {
            long count = 0;
            row.moveTo(0);
            for (int i = 0; i < axes.reduced.count; i += length, row.next()) {
                count += count(x, xo + outer.at(1) + row.at(0), stride, length);
            }
            y[yo + outer.at(0)] = count;
        }
    }

    private static int count(boolean[] x, int xo, int stride, int n) {
        boolean lanes = Simd.VECTOR && stride == 1;
        int count = lanes ? BooleanLanes.count(x, xo, n) : 0;
        for (int i = lanes ? BooleanLanes.whole(n) : 0; i < n; i++) {
            count += x[xo + i * stride] ? 1 : 0;
        }
        return count;
    }

    /// Whether `sought` occurs among the elements of each output, which is `sought` then.
    private static void search(
            boolean sought, boolean[] x, int xo, ReduceAxes axes, boolean[] y, int yo) {
        Cursor outer = new Cursor(axes.kept.sizes, axes.kept.strides);
        Cursor inner = new Cursor(axes.reduced.sizes, axes.reduced.strides);
        for (int j = 0; j < axes.kept.count; j++, outer.next()) {
            boolean found = false;
            inner.moveTo(0);
            for (int i = 0; i < axes.reduced.count && !found; i++, inner.next()) {
                found = x[xo + outer.at(1) + inner.at(0)] == sought;
            }
            y[yo + outer.at(0)] = found == sought;
        }
    }
}
