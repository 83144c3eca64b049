// derive: i32 i16 i8 bool
package dev.lanegrad.kernels.i64;

/// Elements from the last to the first.
final class Reversal {
    private Reversal() {}

    /// `y[i] := x[-i]`, n elements.
    static void reversed(long[] x, int xo, long[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo - i];
        }
    }
}
