package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.ReduceAxes;

/// The loops of [Reduce]'s folds.
final class Fold {
    private Fold() {}

    static void sum(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        fold(0, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void prod(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        fold(1, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void max(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        fold(2, x, xo, sizes, xStrides, reduced, y, yo);
    }

    static void min(
            float[] x, int xo, int[] sizes, int[] xStrides, boolean[] reduced, float[] y, int yo) {
        fold(3, x, xo, sizes, xStrides, reduced, y, yo);
    }

    private static void fold(
            int op,
            float[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            float[] y,
            int yo) {
        ReduceAxes axes = ReduceAxes.of(sizes, xStrides, reduced);
        Cursor outer = new Cursor(axes.kept.sizes, axes.kept.strides);
        Cursor inner = new Cursor(axes.reduced.sizes, axes.reduced.strides);
        for (int j = 0; j < axes.kept.count; j++, outer.next()) {
            float a =
                    switch (op) {
                        case 0 -> 0;
                        case 1 -> 1;
                        case 2 -> Float.NEGATIVE_INFINITY;
                        default -> Float.POSITIVE_INFINITY;
                    };
            for (int i = 0; i < axes.reduced.count; i++, inner.next()) {
                float v = x[xo + outer.at(1) + inner.at(0)];
                a =
                        switch (op) {
                            case 0 -> a + v;
                            case 1 -> a * v;
                            case 2 -> Math.max(a, v);
                            default -> Math.min(a, v);
                        };
            }
            y[yo + outer.at(0)] = a;
        }
    }

    static boolean isNaN(float v) {
        return Float.isNaN(v);
    }
}
