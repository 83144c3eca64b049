package dev.lanegrad.kernels.i64;

import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.ReduceAxes;

/// The loops of [Reduce]'s folds.
final class Fold {
    private Fold() {}

    static void sum(
            long[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, long[] y, int yo) {
        fold(0, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void prod(
            long[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, long[] y, int yo) {
        fold(1, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void max(
            long[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, long[] y, int yo) {
        fold(2, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void min(
            long[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, long[] y, int yo) {
        fold(3, x, xo, sizes, xStrides, reduced, y, yo);
    }

    private static void fold(
            int op,
            long[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            long[] y,
            int yo) {
        ReduceAxes axes = ReduceAxes.of(sizes, xStrides, reduced);
        Cursor outer = new Cursor(axes.kept.sizes, axes.kept.strides);
        Cursor inner = new Cursor(axes.reduced.sizes, axes.reduced.strides);
        for (int j = 0; j < axes.kept.count; j++, outer.next()) {
            long a = op == 0 ? 0 : op == 1 ? 1 : op == 2 ? Long.MIN_VALUE : Long.MAX_VALUE;
            for (int i = 0; i < axes.reduced.count; i++, inner.next()) {
                long v = x[xo + outer.at(1) + inner.at(0)];
                switch (op) {
                    case 0 -> a += v;
                    case 1 -> a *= v;
                    case 2 -> a = v > a ? v : a;
                    default -> a = v < a ? v : a;
                }
            }
            y[yo + outer.at(0)] = a;
        }
    }

    static boolean isNaN(long v) {
        return false;
    }
}
