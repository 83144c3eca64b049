// derive: i32 i16 i8 bool
package dev.lanegrad.kernels.i64;

/// Elements that lie apart, side by side.
final class Lookup {
    private Lookup() {}

    /// `y[i] := x[places[i]]`, n elements; places count from `xo` and are from 0.
    static void numbered(long[] x, int xo, int[] places, long[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + places[i]];
        }
    }

    /// `y[i] := x[2·i]`, n elements.
    static void everySecond(long[] x, int xo, long[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + 2 * i];
        }
    }
}
