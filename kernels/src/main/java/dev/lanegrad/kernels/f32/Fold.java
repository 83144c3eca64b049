// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ReduceAxes;

/// Chooses between folding along rows and folding along columns, and between the loops of the
/// operations.
final class Fold {
    /// The operations.
    enum Op {
        SUM,
        SUM_OF_SQUARES,
        SUM_OF_MAGNITUDES,
        PROD,
        MAX,
        MIN
    }

    /// Lanes of an accumulator, rows of a leaf of columns, elements of a leaf of a row.
    static final int LANES = FoldSum.LANES;

    static final int STEPS = FoldSum.STEPS;
    static final int LEAF = FoldSum.LEAF;

    /// Elements of one chunk of parallel work, a power of two: about 10 µs. Larger folds are cut
    /// into chunks of it, whose results are joined pairwise.
    static final int GRAIN = 1 << 16;

    private Fold() {}

    static void run(
            Op op,
            float[] x,
            int xo,
            int[] sizes,
            int[] xStrides,
            boolean[] reduced,
            float[] y,
            int yo) {
        ReduceAxes axes = ReduceAxes.of(sizes, xStrides, reduced);
        if (axes.kept.count == 0) {
            return;
        }
        if (axes.reduced.count == 0) {
            java.util.Arrays.fill(y, yo, yo + axes.kept.count, identity(op));
        } else if (axes.byColumns()) {
            new FoldColumns(op, x, xo, axes, y, yo).run();
        } else {
            new FoldRows(op, x, xo, axes, y, yo).run();
        }
    }

    static float identity(Op op) {
        return switch (op) {
            case SUM, SUM_OF_SQUARES, SUM_OF_MAGNITUDES -> FoldSum.identity();
            case PROD -> FoldProd.identity();
            case MAX -> FoldMax.identity();
            case MIN -> FoldMin.identity();
        };
    }

    static void leaf(Op op, float[] x, int xo, int n, float[] y, int yo) {
        switch (op) {
            case SUM -> FoldSum.leaf(x, xo, n, y, yo);
            case SUM_OF_SQUARES -> FoldSumOfSquares.leaf(x, xo, n, y, yo);
            case SUM_OF_MAGNITUDES -> FoldSumOfMagnitudes.leaf(x, xo, n, y, yo);
            case PROD -> FoldProd.leaf(x, xo, n, y, yo);
            case MAX -> FoldMax.leaf(x, xo, n, y, yo);
            case MIN -> FoldMin.leaf(x, xo, n, y, yo);
        }
    }

    static void rows(Op op, float[] x, int xo, int xs, int rows, int n, float[] y, int yo, int ys) {
        switch (op) {
            case SUM -> FoldSum.rows(x, xo, xs, rows, n, y, yo, ys);
            case SUM_OF_SQUARES -> FoldSumOfSquares.rows(x, xo, xs, rows, n, y, yo, ys);
            case SUM_OF_MAGNITUDES -> FoldSumOfMagnitudes.rows(x, xo, xs, rows, n, y, yo, ys);
            case PROD -> FoldProd.rows(x, xo, xs, rows, n, y, yo, ys);
            case MAX -> FoldMax.rows(x, xo, xs, rows, n, y, yo, ys);
            case MIN -> FoldMin.rows(x, xo, xs, rows, n, y, yo, ys);
        }
    }

    static void columns(Op op, float[] x, int[] at, int rows, int n, float[] y, int yo) {
        switch (op) {
            case SUM -> FoldSum.columns(x, at, rows, n, y, yo);
            case SUM_OF_SQUARES -> FoldSumOfSquares.columns(x, at, rows, n, y, yo);
            case SUM_OF_MAGNITUDES -> FoldSumOfMagnitudes.columns(x, at, rows, n, y, yo);
            case PROD -> FoldProd.columns(x, at, rows, n, y, yo);
            case MAX -> FoldMax.columns(x, at, rows, n, y, yo);
            case MIN -> FoldMin.columns(x, at, rows, n, y, yo);
        }
    }

    static void join(Op op, float[] a, int ao, float[] b, int bo, int n) {
        switch (op) {
            case SUM, SUM_OF_SQUARES, SUM_OF_MAGNITUDES -> FoldSum.join(a, ao, b, bo, n);
            case PROD -> FoldProd.join(a, ao, b, bo, n);
            case MAX -> FoldMax.join(a, ao, b, bo, n);
            case MIN -> FoldMin.join(a, ao, b, bo, n);
        }
    }

    static float lanes(Op op, float[] t, int to) {
        return switch (op) {
            case SUM, SUM_OF_SQUARES, SUM_OF_MAGNITUDES -> FoldSum.lanes(t, to);
            case PROD -> FoldProd.lanes(t, to);
            case MAX -> FoldMax.lanes(t, to);
            case MIN -> FoldMin.lanes(t, to);
        };
    }

    /// Joins `parts` results of n accumulators, one after the other in `t`, pairwise into the
    /// first.
    static void joinAll(Op op, float[] t, int to, int parts, int n) {
        for (int step = 1; step < parts; step *= 2) {
            for (int part = 0; part + step < parts; part += 2 * step) {
                join(op, t, to + part * n, t, to + (part + step) * n, n);
            }
        }
    }
}
