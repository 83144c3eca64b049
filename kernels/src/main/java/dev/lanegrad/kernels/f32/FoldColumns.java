// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.ReduceAxes;

/// Folds across rows of the input: the smallest stride is that of a kept axis, and the outputs
/// along it, its columns, are folded side by side.
final class FoldColumns {
    /// Columns of one task.
    private static final int SLAB = 1024;

    private final Fold.Op op;
    private final float[] x;
    private final int xo;
    private final Axes kept;
    private final Axes reduced;
    private final float[] y;
    private final int yo;
    private final int n;
    private final int xs;
    private final int ys;
    private final int slabs;
    private final int blockRows;
    private final int blocks;

    FoldColumns(Fold.Op op, float[] x, int xo, ReduceAxes axes, float[] y, int yo) {
        this.op = op;
        this.x = x;
        this.xo = xo;
        this.kept = axes.kept;
        this.reduced = axes.reduced;
        this.y = y;
        this.yo = yo;
        int last = kept.rank() - 1;
        n = kept.sizes[last];
        ys = kept.strides[0][last];
        xs = kept.strides[1][last];
        slabs = (n + SLAB - 1) / SLAB;
        int fitting = Fold.GRAIN / Math.min(n, SLAB) / Fold.STEPS * Fold.STEPS;
        blockRows = reduced.count <= 2 * fitting ? reduced.count : fitting;
        blocks = (reduced.count + blockRows - 1) / blockRows;
    }

    void run() {
        int outer = kept.count / n;
        int tasks = outer * slabs * blocks;
        int grain = Math.max(1, Fold.GRAIN / (Math.min(n, SLAB) * blockRows));
        if (blocks == 1) {
            Parallel.run(tasks, grain, (from, to) -> tasks(from, to, y, yo, ys));
            return;
        }
        float[] parts = new float[outer * blocks * n];
        Parallel.run(tasks, grain, (from, to) -> tasks(from, to, parts, 0, 1));
        Cursor at = ReduceAxes.outer(kept);
        for (int k = 0; k < outer; k++, at.next()) {
            Fold.joinAll(op, parts, k * blocks * n, blocks, n);
            Copy.strided(parts, k * blocks * n, 1, y, yo + at.at(0), ys, n);
        }
    }

    private void tasks(int from, int to, float[] to0, int offset, int step) {
        Cursor at = ReduceAxes.outer(kept);
        Block block = new Block();
        for (int task = from; task < to; task++) {
            int part = task / slabs;
            int first = task % slabs * SLAB;
            at.moveTo(part / blocks);
            int base = blocks == 1 ? at.at(0) : part * n;
            block.fold(
                    xo + at.at(1) + first * xs,
                    part % blocks * blockRows,
                    Math.min(SLAB, n - first),
                    to0,
                    offset + base + first * step,
                    step);
        }
    }

    /// The fold of a block of rows of one slab of columns.
    private final class Block {
        /// Rows that are taken as one: dense rows shorter than a vector fold side by side.
        private final int together = together();

        private final int width = Math.min(n, SLAB) * together;
        private final Cursor rows = new Cursor(reduced.sizes, reduced.strides);
        private final int[] at = new int[Fold.STEPS];
        private final float[] tile = xs == 1 ? x : new float[Fold.STEPS * width];
        private final FoldStack stack =
                new FoldStack(op, blockRows / (Fold.STEPS * together) + 2, width);

        private int together() {
            boolean dense = xs == 1 && reduced.rank() == 1 && reduced.strides[0][0] == n;
            int k = dense ? 4 * Fold.LANES / n : 1;
            return blockRows > Fold.STEPS && k > 1 ? k : 1;
        }

        void fold(int column, int firstRow, int m, float[] to, int offset, int step) {
            int count = Math.min(blockRows, reduced.count - firstRow);
            if (count <= Fold.STEPS && step == 1 && together == 1) {
                rows.moveTo(firstRow);
                leaf(column, count, m, to, offset);
                return;
            }
            int whole = count / together;
            for (int r = 0; r < whole; r += Fold.STEPS) {
                rows.moveTo(firstRow + r * together);
                leaf(column, Math.min(Fold.STEPS, whole - r), m, stack.t, stack.top());
                stack.push();
            }
            if (whole * together < count) {
                rest(column + (firstRow + whole * together) * n, count - whole * together);
            }
            stack.finish();
            Fold.joinAll(op, stack.t, 0, together, n);
            Copy.strided(stack.t, 0, 1, to, offset, step, m);
        }

        /// Folds the next k rows, each of them `together` rows.
        private void leaf(int column, int k, int m, float[] to, int offset) {
            if (together > 1) {
                for (int i = 0; i < k; i++) {
                    at[i] = column + rows.at(0) + i * width;
                }
                Fold.columns(op, x, at, k, width, to, offset);
                return;
            }
            rows.take(0, column, at, k);
            if (xs != 1) {
                for (int i = 0; i < k; i++) {
                    Copy.strided(x, at[i], xs, tile, i * width, 1, m);
                    at[i] = i * width;
                }
            }
            Fold.columns(op, tile, at, k, m, to, offset);
        }

        /// Folds rows that are too few to be taken together.
        private void rest(int from, int k) {
            int top = stack.top();
            java.util.Arrays.fill(stack.t, top + k * n, top + width, Fold.identity(op));
            at[0] = from;
            Fold.columns(op, x, at, 1, k * n, stack.t, top);
            stack.push();
        }
    }
}
