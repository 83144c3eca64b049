package dev.lanegrad.kernels;

import java.util.Arrays;

/// A walk over an index space in row-major order that knows where every operand's element is.
public final class Cursor {
    private final int[] sizes;
    private final int[][] strides;
    private final int[] index;
    private final int[] at;

    /// A walk over `sizes`; `strides[k][axis]` is operand k's stride, in elements.
    public Cursor(int[] sizes, int[]... strides) {
        this.sizes = sizes;
        this.strides = strides;
        this.index = new int[sizes.length];
        this.at = new int[strides.length];
    }

    /// Goes to the element of this number in row-major order.
    public Cursor moveTo(int element) {
        int rest = element;
        Arrays.fill(at, 0);
        Arrays.fill(index, 0);
        for (int axis = sizes.length - 1; axis >= 0 && rest > 0; axis--) {
            index[axis] = rest % sizes[axis];
            rest /= sizes[axis];
            for (int k = 0; k < at.length; k++) {
                at[k] += index[axis] * strides[k][axis];
            }
        }
        return this;
    }

    /// Operand k's distance, in elements, from the element of index 0.
    public int at(int k) {
        return at[k];
    }

    /// Goes to the next element; after the last one, to the first.
    public void next() {
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (++index[axis] < sizes[axis]) {
                for (int k = 0; k < at.length; k++) {
                    at[k] += strides[k][axis];
                }
                return;
            }
            index[axis] = 0;
            for (int k = 0; k < at.length; k++) {
                at[k] -= (sizes[axis] - 1) * strides[k][axis];
            }
        }
    }

    /// `to[i] := base + ` operand k's distance at the i-th element from here, for i in 0 to n, and
    /// goes on to the element after them.
    public void take(int k, int base, int[] to, int n) {
        int last = sizes.length - 1;
        if (last < 0) {
            Arrays.fill(to, 0, n, base);
            return;
        }
        int stride = strides[k][last];
        for (int i = 0; i < n; ) {
            int run = Math.min(n - i, sizes[last] - index[last]);
            for (int end = i + run, v = base + at[k]; i < end; i++, v += stride) {
                to[i] = v;
            }
            skip(run - 1);
            next();
        }
    }

    private void skip(int steps) {
        int last = sizes.length - 1;
        index[last] += steps;
        for (int j = 0; j < at.length; j++) {
            at[j] += steps * strides[j][last];
        }
    }
}
