// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.ReduceAxes;

/// Folds whose elements lie along rows of the input: the smallest stride is that of a reduced axis.
final class FoldRows {
    private final Fold.Op op;
    private final float[] x;
    private final int xo;
    private final Axes kept;
    private final Axes reduced;
    private final float[] y;
    private final int yo;
    private final int n;
    private final int stride;

    FoldRows(Fold.Op op, float[] x, int xo, ReduceAxes axes, float[] y, int yo) {
        this.op = op;
        this.x = x;
        this.xo = xo;
        this.kept = axes.kept;
        this.reduced = axes.reduced;
        this.y = y;
        this.yo = yo;
        this.n = reduced.sizes[reduced.rank() - 1];
        this.stride = reduced.strides[0][reduced.rank() - 1];
    }

    void run() {
        int count = reduced.count;
        if (count > 2 * Fold.GRAIN) {
            blocks();
        } else if (reduced.rank() == 1 && (stride == 1 || n == 1) && n <= Fold.LEAF) {
            int inner = kept.sizes[kept.rank() - 1];
            int grain = Math.max(1, Fold.GRAIN / (Math.min(inner, 64) * n));
            int strips = (inner + 63) / 64;
            Parallel.run(kept.count / inner * strips, grain, this::strips);
        } else {
            Parallel.run(kept.count, Math.max(1, Fold.GRAIN / count), this::outputs);
        }
    }

    /// Outputs by strips of 64 along the innermost kept axis.
    private void strips(int from, int to) {
        int last = kept.rank() - 1;
        int inner = kept.sizes[last];
        int strips = (inner + 63) / 64;
        int ys = kept.strides[0][last];
        int xs = kept.strides[1][last];
        Cursor at = ReduceAxes.outer(kept).moveTo(from / strips);
        int strip = from % strips;
        for (int s = from; s < to; s++) {
            int first = strip * 64;
            Fold.rows(
                    op,
                    x,
                    xo + at.at(1) + first * xs,
                    xs,
                    Math.min(64, inner - first),
                    n,
                    y,
                    yo + at.at(0) + first * ys,
                    ys);
            if (++strip == strips) {
                strip = 0;
                at.next();
            }
        }
    }

    /// Outputs `from` to `to`, each folded whole.
    private void outputs(int from, int to) {
        Cursor at = new Cursor(kept.sizes, kept.strides).moveTo(from);
        Range range = new Range(reduced.count);
        for (int j = from; j < to; j++, at.next()) {
            y[yo + at.at(0)] = range.fold(xo + at.at(1), 0, reduced.count);
        }
    }

    /// Long folds: blocks of each output in parallel, then their results pairwise.
    private void blocks() {
        int count = reduced.count;
        int blocks = (count + Fold.GRAIN - 1) / Fold.GRAIN;
        float[] parts = new float[kept.count * blocks];
        Parallel.run(
                parts.length,
                1,
                (from, to) -> {
                    Cursor at = new Cursor(kept.sizes, kept.strides);
                    Range range = new Range(Fold.GRAIN);
                    for (int i = from; i < to; i++) {
                        int start = i % blocks * Fold.GRAIN;
                        int end = Math.min(count - start, Fold.GRAIN) + start;
                        int row = xo + at.moveTo(i / blocks).at(1);
                        parts[i] = range.fold(row, start, end);
                    }
                });
        Cursor at = new Cursor(kept.sizes, kept.strides);
        for (int j = 0; j < kept.count; j++, at.next()) {
            Fold.joinAll(op, parts, j * blocks, blocks, 1);
            y[yo + at.at(0)] = parts[j * blocks];
        }
    }

    /// The fold of a range of one output's elements, in the order of the reduced axes.
    private final class Range {
        private final Cursor rows = ReduceAxes.outer(reduced);
        private final float[] strip = stride == 1 ? x : new float[Math.min(n, Fold.LEAF)];
        private final FoldStack stack;

        Range(int count) {
            int pieces = count / n + 2;
            stack = new FoldStack(op, count / Fold.LEAF + 2 * pieces, Fold.LANES);
        }

        float fold(int row, int from, int to) {
            rows.moveTo(from / n);
            int start = from % n;
            for (int done = from; done < to; rows.next(), start = 0) {
                int m = Math.min(n - start, to - done);
                piece(row + rows.at(0) + start * stride, m);
                done += m;
            }
            stack.finish();
            return Fold.lanes(op, stack.t, 0);
        }

        private void piece(int at, int m) {
            for (int i = 0; i < m; i += Fold.LEAF) {
                int k = Math.min(Fold.LEAF, m - i);
                int leaf = at + i * stride;
                if (stride != 1) {
                    Copy.strided(x, leaf, stride, strip, 0, 1, k);
                    leaf = 0;
                }
                Fold.leaf(op, strip, leaf, k, stack.t, stack.top());
                stack.push();
            }
        }
    }
}
