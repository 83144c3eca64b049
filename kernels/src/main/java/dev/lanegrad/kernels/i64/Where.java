// derive: i32 i16 i8 bool
package dev.lanegrad.kernels.i64;

/// A choice between two operands, element by element.
public final class Where {
    private Where() {}

    /// `y := c ? a : b`, n elements; an input of step 0 is one value.
    public static void select(
            boolean[] c,
            int co,
            int cs,
            long[] a,
            int ao,
            int as,
            long[] b,
            int bo,
            int bs,
            long[] y,
            int yo,
            int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = c[co + i * cs] ? a[ao + i * as] : b[bo + i * bs];
        }
    }
}
