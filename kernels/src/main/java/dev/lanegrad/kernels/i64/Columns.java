// derive: i32 i16 i8 bool
package dev.lanegrad.kernels.i64;

/// Columns as rows, by vectors that gather the elements of a column: not for these elements.
final class Columns {
    static final boolean GATHERS = false;

    private Columns() {}

    static int[] places(int xs) {
        return new int[] {xs};
    }

    static int transposed(
            long[] x, int xo, int[] places, int rows, int columns, long[] y, int yo, int ys) {
        return 0;
    }
}
