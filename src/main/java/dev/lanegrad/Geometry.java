package dev.lanegrad;

import java.util.Arrays;

/// Where the elements of a tensor lie in its storage.
///
/// @param strides the distance of neighbours along each axis, in elements
/// @param offset the position of the first element
record Geometry(Shape shape, int[] strides, int offset) {
    static Geometry of(Tensor x) {
        return new Geometry(x.shape(), x.strides(), x.offset());
    }

    /// The lowest position of an element.
    long first() {
        return offset + reach(-1);
    }

    /// The highest position of an element.
    long last() {
        return offset + reach(1);
    }

    /// The sum of the axes' extents in one direction.
    private long reach(int sign) {
        long sum = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            if (Integer.signum(strides[axis]) == sign) {
                sum += (long) strides[axis] * (shape.sizes()[axis] - 1);
            }
        }
        return sum;
    }

    /// Whether two elements may lie at one position; never false when they do.
    boolean overlaps() {
        Integer[] axes = new Integer[strides.length];
        Arrays.setAll(axes, i -> i);
        Arrays.sort(axes, (a, b) -> Integer.compare(Math.abs(strides[a]), Math.abs(strides[b])));
        long reached = 0;
        for (int axis : axes) {
            int size = shape.sizes()[axis];
            if (size > 1) {
                long stride = Math.abs(strides[axis]);
                if (stride <= reached) {
                    return true;
                }
                reached += stride * (size - 1);
            }
        }
        return false;
    }

    /// The positions of the elements in row-major order, counted from `origin`.
    long[] positions(long origin) {
        long[] all = new long[shape.numel()];
        int[] index = new int[strides.length];
        long at = offset - origin;
        for (int i = 0; i < all.length; i++) {
            all[i] = at;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape.sizes()[axis]) {
                    break;
                }
                at -= (long) strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return all;
    }
}
