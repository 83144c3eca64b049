// derive: i32 i16 i8 bool
package dev.lanegrad.kernels.i64;

/// Copies of rows whose elements lie side by side.
final class Runs {
    private Runs() {}

    /// `rows` rows of n elements; from row to row a position moves by the number that ends in `by`.
    static void copy(long[] x, int xo, int xby, long[] y, int yo, int yby, int rows, int n) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, xo + r * xby, y, yo + r * yby, n);
        }
    }
}
