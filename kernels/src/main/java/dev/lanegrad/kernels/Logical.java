package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Where;
import java.util.Arrays;

/// The element-wise operations on booleans, and the choice that booleans make.
public enum Logical implements LoopKernel {
    AND(2, true, false, false),
    OR(2, true, true, false),
    XOR(2, false, true, false),
    NOT(1, true, false, true),

    /// `y := c ? a : b`, for a and b of any element type.
    WHERE(3, false, false, false);

    private final int inputs;

    /// The operation is `both·a·b ⊕ either·(a ⊕ b) ⊕ flip`.
    private final boolean both;

    private final boolean either;
    private final boolean flip;

    Logical(int inputs, boolean both, boolean either, boolean flip) {
        this.inputs = inputs;
        this.both = both;
        this.either = either;
        this.flip = flip;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
        boolean[] x = (boolean[]) a[0];
        switch (this) {
            case AND, OR, XOR -> pairs(x, at, step, (boolean[]) a[1], (boolean[]) a[2], n);
            case NOT -> ofOne(x, at[0], step[0], (boolean[]) a[1], at[1], n, true, false);
            case WHERE ->
                    Where.select(
                            x, at[0], step[0], a[1], at[1], step[1], a[2], at[2], step[2], a[3],
                            at[3], n);
        }
    }

    private void pairs(boolean[] a, int[] at, int[] step, boolean[] b, boolean[] y, int n) {
        if (n == 0) {
            return;
        }
        if (step[0] == 0) {
            boolean value = a[at[0]];
            ofOne(b, at[1], step[1], y, at[2], n, of(value, false), of(value, true));
        } else if (step[1] == 0) {
            boolean value = b[at[1]];
            ofOne(a, at[0], 1, y, at[2], n, of(false, value), of(true, value));
        } else {
            combine(a, at[0], b, at[1], y, at[2], n, both, either, flip);
        }
    }

    @SuppressWarnings("ShortCircuitBoolean") // a branch would be mispredicted
    private boolean of(boolean a, boolean b) {
        return (both & a & b) ^ (either & (a ^ b)) ^ flip;
    }

    /// `y := x ? ofTrue : ofFalse`
    private static void ofOne(
            boolean[] x,
            int xo,
            int xs,
            boolean[] y,
            int yo,
            int n,
            boolean ofFalse,
            boolean ofTrue) {
        if (xs == 0) {
            Arrays.fill(y, yo, yo + n, (n > 0 && x[xo]) ? ofTrue : ofFalse);
        } else {
            combine(x, xo, x, xo, y, yo, n, ofFalse != ofTrue, false, ofFalse);
        }
    }

    @SuppressWarnings("ShortCircuitBoolean") // a branch would be mispredicted
    private static void combine(
            boolean[] a,
            int ao,
            boolean[] b,
            int bo,
            boolean[] y,
            int yo,
            int n,
            boolean both,
            boolean either,
            boolean flip) {
        int i = Simd.VECTOR ? BooleanLanes.combine(a, ao, b, bo, y, yo, n, both, either, flip) : 0;
        for (; i < n; i++) {
            boolean x = a[ao + i];
            boolean w = b[bo + i];
            y[yo + i] = (both & x & w) ^ (either & (x ^ w)) ^ flip;
        }
    }
}
