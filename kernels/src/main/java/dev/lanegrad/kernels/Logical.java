package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Where;
import java.util.Arrays;

/// The element-wise operations on booleans, and the choice that booleans make.
public enum Logical implements LoopKernel {
    AND(2),
    OR(2),
    XOR(2),
    NOT(1),

    /// `y := c ? a : b`, for a and b of any element type.
    WHERE(3);

    private final int inputs;

    Logical(int inputs) {
        this.inputs = inputs;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
        boolean[] x = (boolean[]) a[0];
        switch (this) {
            case AND -> and(x, at, step, (boolean[]) a[1], (boolean[]) a[2], n);
            case OR -> or(x, at, step, (boolean[]) a[1], (boolean[]) a[2], n);
            case XOR -> xor(x, at, step, (boolean[]) a[1], (boolean[]) a[2], n);
            case NOT -> not(x, at, step, (boolean[]) a[1], n);
            case WHERE ->
                    Where.select(
                            x, at[0], step[0], a[1], at[1], step[1], a[2], at[2], step[2], a[3],
                            at[3], n);
        }
    }

    @SuppressWarnings("ShortCircuitBoolean") // a branch would be mispredicted
    private static void and(boolean[] a, int[] at, int[] step, boolean[] b, boolean[] y, int n) {
        int ao = at[0];
        int bo = at[1];
        int yo = at[2];
        int as = step[0];
        int bs = step[1];
        if (as == 1 && bs == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] & b[bo + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i * as] & b[bo + i * bs];
        }
    }

    @SuppressWarnings("ShortCircuitBoolean") // a branch would be mispredicted
    private static void or(boolean[] a, int[] at, int[] step, boolean[] b, boolean[] y, int n) {
        int ao = at[0];
        int bo = at[1];
        int yo = at[2];
        int as = step[0];
        int bs = step[1];
        if (as == 1 && bs == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] | b[bo + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i * as] | b[bo + i * bs];
        }
    }

    private static void xor(boolean[] a, int[] at, int[] step, boolean[] b, boolean[] y, int n) {
        int ao = at[0];
        int bo = at[1];
        int yo = at[2];
        int as = step[0];
        int bs = step[1];
        if (as == 1 && bs == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] ^ b[bo + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i * as] ^ b[bo + i * bs];
        }
    }

    private static void not(boolean[] x, int[] at, int[] step, boolean[] y, int n) {
        if (n == 0) {
            return;
        }
        int xo = at[0];
        int yo = at[1];
        if (step[0] == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = x[xo + i] ^ true;
            }
        } else {
            Arrays.fill(y, yo, yo + n, !x[xo]);
        }
    }
}
