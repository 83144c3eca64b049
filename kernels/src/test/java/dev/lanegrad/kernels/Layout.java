package dev.lanegrad.kernels;

import java.util.Random;

/// Where the elements of a test's operand lie: sizes, strides and an offset, within an array that
/// is larger on both sides.
public final class Layout {
    private static final int MARGIN = 37;

    private final int[] sizes;
    private final int[] strides;
    private final int offset;
    private final int length;
    private final int[] positions;

    private Layout(int[] sizes, int[] strides, int offset, int length) {
        this.sizes = sizes;
        this.strides = strides;
        this.offset = offset;
        this.length = length;
        this.positions = positions();
    }

    public int[] sizes() {
        return sizes;
    }

    public int[] strides() {
        return strides;
    }

    public int offset() {
        return offset;
    }

    /// Length of the array that holds the operand.
    public int length() {
        return length;
    }

    /// Row-major without gaps.
    public static Layout dense(int... sizes) {
        return of(sizes, identity(sizes.length), new int[sizes.length], 0);
    }

    /// Without gaps, with the axes in this order in memory, outermost first.
    public static Layout inOrder(int[] order, int... sizes) {
        return of(sizes, order, new int[sizes.length], 0);
    }

    /// Axes in random order in memory, some of them with a step, rows with a gap.
    public static Layout random(Random random, int... sizes) {
        int[] order = identity(sizes.length);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int[] gaps = new int[sizes.length];
        for (int axis = 0; axis < gaps.length; axis++) {
            gaps[axis] = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        }
        return of(sizes, order, gaps, random.nextInt(MARGIN));
    }

    /// As [#random], but the elements along some axes are the same ones.
    public static Layout expanded(Random random, int... sizes) {
        int[] narrow = sizes.clone();
        for (int axis = 0; axis < sizes.length; axis++) {
            narrow[axis] = random.nextBoolean() ? Math.min(1, sizes[axis]) : sizes[axis];
        }
        Layout layout = random(random, narrow);
        int[] strides = layout.strides.clone();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (narrow[axis] != sizes[axis]) {
                strides[axis] = 0;
            }
        }
        return new Layout(sizes, strides, layout.offset, layout.length);
    }

    private static Layout of(int[] sizes, int[] order, int[] gaps, int offset) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            int axis = order[i];
            stride += gaps[axis];
            strides[axis] = stride;
            stride *= Math.max(1, sizes[axis]);
        }
        return new Layout(sizes, strides, offset + MARGIN, stride + 2 * MARGIN + offset);
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    /// Number of elements.
    public int count() {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    /// Index by axis of the element of this number in row-major order.
    public int[] index(int element) {
        int[] index = new int[sizes.length];
        int rest = element;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            index[axis] = rest % sizes[axis];
            rest /= sizes[axis];
        }
        return index;
    }

    /// Position in the array of the element of this number in row-major order.
    public int position(int element) {
        return positions[element];
    }

    private int[] positions() {
        int[] positions = new int[count()];
        for (int i = 0; i < positions.length; i++) {
            int rest = i;
            positions[i] = offset;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                positions[i] += rest % sizes[axis] * strides[axis];
                rest /= sizes[axis];
            }
        }
        return positions;
    }

    @Override
    public String toString() {
        return "sizes "
                + java.util.Arrays.toString(sizes)
                + " strides "
                + java.util.Arrays.toString(strides)
                + " offset "
                + offset;
    }
}
