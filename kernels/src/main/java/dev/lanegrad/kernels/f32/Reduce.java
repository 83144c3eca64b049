// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ReduceAxes;
import org.jspecify.annotations.Nullable;

/// Folding axes of an input of any strides into a dense output.
///
/// `reduced` marks the axes folded away; y is dense, in the order of the axes that are kept. A sum
/// over no elements is 0, a product 1, a maximum the smallest value of the type, a minimum the
/// largest. NaN propagates through all of them. Every output element is folded in one order, which
/// depends on sizes and strides alone.
public final class Reduce {
    private Reduce() {}

    /// `y := Σ x`
    public static void sum(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.SUM, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `y := Σ x²`
    public static void sumOfSquares(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.SUM_OF_SQUARES, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `y := Σ |x|`
    public static void sumOfMagnitudes(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.SUM_OF_MAGNITUDES, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `y := Π x`
    public static void prod(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.PROD, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `y := max x`
    public static void max(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.MAX, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `y := min x`
    public static void min(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        Fold.run(Fold.Op.MIN, x, xo, sizes, xStrides, reduced, y, yo);
    }

    /// `index := argmax x`, `y := max x`: the first of equal maxima, the first NaN if there is one.
    ///
    /// The index counts the reduced axes' elements in row-major order. There is at least one.
    public static void argmax(
            float[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            float @Nullable [] y,
            int yo,
            long[] index,
            int io) {
        arg(true, x, xo, sizes, xStrides, reduced, y, yo, index, io);
    }

    /// `index := argmin x`, `y := min x`: the first of equal minima, the first NaN if there is one.
    ///
    /// The index counts the reduced axes' elements in row-major order. There is at least one.
    public static void argmin(
            float[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            float @Nullable [] y,
            int yo,
            long[] index,
            int io) {
        arg(false, x, xo, sizes, xStrides, reduced, y, yo, index, io);
    }

    private static void arg(
            boolean largest,
            float[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            float @Nullable [] y,
            int yo,
            long[] index,
            int io) {
        ReduceAxes axes = ReduceAxes.inOrder(sizes, xStrides, reduced);
        if (axes.kept.count > 0) {
            new Extreme(largest, x, xo, axes, y, yo, index, io).run(axes.byColumns());
        }
    }
}
