package dev.lanegrad.kernels;

import java.util.Arrays;

/// The axes of a reduction: those that are kept and those that are folded away, each in the
/// simplest form, with the smallest stride of the input innermost.
public final class ReduceAxes {
    /// Kept axes; operand 0 is the dense output, operand 1 the input.
    public final Axes kept;

    /// Reduced axes; operand 0 is the input.
    public final Axes reduced;

    private ReduceAxes(Axes kept, Axes reduced) {
        this.kept = kept;
        this.reduced = reduced;
    }

    /// Splits the axes of an input of `sizes` and `strides`; the output is dense in the order of
    /// the axes that are not `reduced`.
    public static ReduceAxes of(int[] sizes, int[] strides, boolean[] reduced) {
        return of(
                Axes.of(pick(sizes, reduced, true), pick(strides, reduced, true)),
                sizes,
                strides,
                reduced);
    }

    /// The same, but the reduced axes stay in their order.
    public static ReduceAxes inOrder(int[] sizes, int[] strides, boolean[] reduced) {
        return of(
                Axes.inOrder(pick(sizes, reduced, true), pick(strides, reduced, true)),
                sizes,
                strides,
                reduced);
    }

    private static ReduceAxes of(Axes folded, int[] sizes, int[] strides, boolean[] reduced) {
        int[] keptSizes = pick(sizes, reduced, false);
        int[] dense = denseStrides(keptSizes);
        return new ReduceAxes(Axes.of(keptSizes, dense, pick(strides, reduced, false)), folded);
    }

    /// Whether neighbouring outputs lie closer together in the input than the elements of one
    /// output do, so that outputs are best folded side by side.
    public boolean byColumns() {
        if (kept.count == 1) {
            return false;
        }
        return reduced.count == 1 || distance(kept.strides[1]) < distance(reduced.strides[0]);
    }

    private static int distance(int[] strides) {
        int innermost = Math.abs(strides[strides.length - 1]);
        return innermost == 0 ? 2 : 2 * innermost - 1;
    }

    /// A walk over all axes but the innermost.
    public static Cursor outer(Axes axes) {
        int rank = axes.rank() - 1;
        int[][] strides = new int[axes.strides.length][];
        for (int k = 0; k < strides.length; k++) {
            strides[k] = Arrays.copyOf(axes.strides[k], rank);
        }
        return new Cursor(Arrays.copyOf(axes.sizes, rank), strides);
    }

    /// The members of `x` on the axes that are, or are not, reduced.
    public static int[] pick(int[] x, boolean[] reduced, boolean wanted) {
        int[] picked = new int[x.length];
        int n = 0;
        for (int axis = 0; axis < x.length; axis++) {
            if (reduced[axis] == wanted) {
                picked[n++] = x[axis];
            }
        }
        return Arrays.copyOf(picked, n);
    }

    /// Strides of a dense row-major array of `sizes`.
    public static int[] denseStrides(int[] sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }
}
