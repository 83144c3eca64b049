package dev.lanegrad;

import java.util.Arrays;

/// How logical axes lie in memory.
final class Layout {
    private Layout() {}

    static boolean isContiguous(Shape shape, int[] strides) {
        int[] sizes = shape.sizes();
        int step = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (sizes[axis] == 0) {
                return true;
            }
            if (sizes[axis] != 1 && strides[axis] != step) {
                return false;
            }
            step *= sizes[axis];
        }
        return true;
    }

    /// Whether the elements fill a range, in whatever order of axes.
    static boolean isDense(Shape shape, int[] strides) {
        if (isContiguous(shape, strides)) {
            return true;
        }
        int[] sizes = shape.sizes();
        int step = 1;
        boolean[] seen = new boolean[sizes.length];
        for (int found = 0; found < sizes.length; found++) {
            int axis = next(sizes, strides, seen);
            seen[axis] = true;
            if (sizes[axis] != 1) {
                if (strides[axis] != step) {
                    return false;
                }
                step *= sizes[axis];
            }
        }
        return true;
    }

    /// Whether neighbours along an axis are one and the same element.
    static boolean repeats(Shape shape, int[] strides) {
        for (int axis = 0; axis < strides.length; axis++) {
            if (strides[axis] == 0 && shape.sizes()[axis] > 1) {
                return true;
            }
        }
        return false;
    }

    /// The axis of smallest stride that is not seen yet; axes of size 1 come first.
    private static int next(int[] sizes, int[] strides, boolean[] seen) {
        int best = -1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!seen[axis]
                    && (best < 0 || key(sizes, strides, axis) < key(sizes, strides, best))) {
                best = axis;
            }
        }
        return best;
    }

    private static int key(int[] sizes, int[] strides, int axis) {
        return sizes[axis] == 1 ? Integer.MIN_VALUE : strides[axis];
    }

    /// Strides of a dense tensor of `shape` whose axes lie in the order that `like` has them in.
    static int[] denseLike(Shape shape, int[] like) {
        int[] sizes = shape.sizes();
        Integer[] order = new Integer[sizes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(Math.abs(like[b]), Math.abs(like[a])));
        int[] strides = new int[sizes.length];
        int step = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            strides[order[i]] = step;
            step *= Math.max(1, sizes[order[i]]);
        }
        return strides;
    }

    /// Strides `[N, C, H, W]` of an image batch that lies as `[N, H, W, C]`; of any rank ≥ 3, the
    /// channels being axis 1.
    static int[] channelsLast(Shape shape) {
        int[] sizes = shape.sizes();
        int[] strides = new int[sizes.length];
        strides[1] = 1;
        int step = sizes[1];
        for (int axis = sizes.length - 1; axis >= 2; axis--) {
            strides[axis] = step;
            step *= sizes[axis];
        }
        strides[0] = step;
        return strides;
    }

    static boolean isChannelsLast(Shape shape, int[] strides) {
        int[] expected = channelsLast(shape);
        for (int axis = 0; axis < expected.length; axis++) {
            if (shape.sizes()[axis] != 1 && strides[axis] != expected[axis]) {
                return false;
            }
        }
        return true;
    }

    /// Strides of `from` seen as `to`, which it broadcasts to.
    static int[] expanded(Shape from, int[] strides, Shape to) {
        if (from.equals(to)) {
            return strides;
        }
        int lead = to.dim() - from.dim();
        int[] wide = new int[to.dim()];
        for (int axis = 0; axis < from.dim(); axis++) {
            wide[lead + axis] = from.sizes()[axis] == 1 ? 0 : strides[axis];
        }
        return wide;
    }

    /// Strides of the same elements under another shape; null if they would have to move.
    static int @org.jspecify.annotations.Nullable [] reshaped(Shape from, int[] strides, Shape to) {
        if (from.numel() == 0) {
            return to.contiguousStrides();
        }
        int[] old = from.sizes();
        int[] sizes = to.sizes();
        int[] result = new int[sizes.length];
        int view = sizes.length - 1;
        int step = old.length == 0 ? 1 : strides[old.length - 1];
        long run = 1;
        long viewRun = 1;
        for (int axis = old.length - 1; axis >= 0; axis--) {
            run *= old[axis];
            boolean ends = axis == 0 || (old[axis - 1] != 1 && strides[axis - 1] != run * step);
            if (!ends) {
                continue;
            }
            while (view >= 0 && (viewRun < run || sizes[view] == 1)) {
                result[view] = (int) (viewRun * step);
                viewRun *= sizes[view];
                view--;
            }
            if (viewRun != run) {
                return null;
            }
            if (axis > 0) {
                step = strides[axis - 1];
                run = 1;
                viewRun = 1;
            }
        }
        while (view >= 0 && sizes[view] == 1) {
            result[view--] = step;
        }
        return view >= 0 ? null : result;
    }
}
