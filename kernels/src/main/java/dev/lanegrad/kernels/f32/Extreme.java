// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.ReduceAxes;
import org.jspecify.annotations.Nullable;

/// Finds the first place of the extreme value along reduced axes.
///
/// Elements are visited in row-major order of the reduced axes, since the place counts in it: in
/// blocks, whose extreme is folded with vectors first and searched for only if it beats those of
/// the blocks before. A NaN beats everything but an earlier NaN.
final class Extreme {
    /// Elements of a block.
    private static final int BLOCK = Math.min(Fold.LEAF, 1024);

    /// Outputs of one task that are searched side by side.
    private static final int COLUMNS = 256;

    private final boolean largest;
    private final Fold.Op op;
    private final float[] x;
    private final int xo;
    private final Axes kept;
    private final Axes reduced;
    private final int n;
    private final int stride;
    private final float @Nullable [] y;
    private final int yo;
    private final long[] index;
    private final int io;

    Extreme(
            boolean largest,
            float[] x,
            int xo,
            ReduceAxes axes,
            float @Nullable [] y,
            int yo,
            long[] index,
            int io) {
        this.largest = largest;
        this.op = largest ? Fold.Op.MAX : Fold.Op.MIN;
        this.x = x;
        this.xo = xo;
        this.kept = axes.kept;
        this.reduced = axes.reduced;
        this.n = reduced.sizes[reduced.rank() - 1];
        this.stride = reduced.strides[0][reduced.rank() - 1];
        this.y = y;
        this.yo = yo;
        this.index = index;
        this.io = io;
    }

    void run(boolean byColumns) {
        int last = kept.rank() - 1;
        if (reduced.count > 2 * Fold.GRAIN) {
            blocks();
        } else if (byColumns && reduced.rank() == 1 && kept.strides[1][last] == 1) {
            int strips = (kept.sizes[last] + COLUMNS - 1) / COLUMNS;
            int grain = Math.max(1, Fold.GRAIN / (n * Math.min(COLUMNS, kept.sizes[last])));
            Parallel.run(kept.count / kept.sizes[last] * strips, grain, this::columns);
        } else {
            Parallel.run(kept.count, Math.max(1, Fold.GRAIN / reduced.count), this::rows);
        }
    }

    private void put(int at, int position, long place) {
        index[io + at] = place;
        if (y != null) {
            y[yo + at] = x[position];
        }
    }

    private boolean beats(float v, float best) {
        return Order.isNaN(v) ? !Order.isNaN(best) : largest ? v > best : v < best;
    }

    private void rows(int from, int to) {
        Cursor at = new Cursor(kept.sizes, kept.strides).moveTo(from);
        Search search = new Search();
        for (int j = from; j < to; j++, at.next()) {
            int place = search.first(xo + at.at(1), 0, reduced.count);
            put(at.at(0), search.position, place);
        }
    }

    /// Long searches: blocks of each output in parallel, then the first of their finds that no
    /// later one beats.
    private void blocks() {
        int count = reduced.count;
        int blocks = (count + Fold.GRAIN - 1) / Fold.GRAIN;
        int[] places = new int[kept.count * blocks];
        int[] positions = new int[kept.count * blocks];
        Parallel.run(
                places.length,
                1,
                (from, to) -> {
                    Cursor at = new Cursor(kept.sizes, kept.strides);
                    Search search = new Search();
                    for (int i = from; i < to; i++) {
                        int start = i % blocks * Fold.GRAIN;
                        int end = Math.min(count - start, Fold.GRAIN) + start;
                        places[i] = search.first(xo + at.moveTo(i / blocks).at(1), start, end);
                        positions[i] = search.position;
                    }
                });
        Cursor at = new Cursor(kept.sizes, kept.strides);
        for (int j = 0; j < kept.count; j++, at.next()) {
            int best = j * blocks;
            for (int i = best + 1; i < (j + 1) * blocks; i++) {
                if (beats(x[positions[i]], x[positions[best]])) {
                    best = i;
                }
            }
            put(at.at(0), positions[best], places[best]);
        }
    }

    /// Strips of outputs that lie side by side in the input.
    private void columns(int from, int to) {
        int last = kept.rank() - 1;
        int inner = kept.sizes[last];
        int strips = (inner + COLUMNS - 1) / COLUMNS;
        Cursor at = ReduceAxes.outer(kept);
        float[] best = new float[COLUMNS];
        int[] place = new int[COLUMNS];
        for (int s = from; s < to; s++) {
            int first = s % strips * COLUMNS;
            int m = Math.min(COLUMNS, inner - first);
            int start = xo + at.moveTo(s / strips).at(1) + first;
            System.arraycopy(x, start, best, 0, m);
            java.util.Arrays.fill(place, 0);
            for (int r = 1; r < n; r++) {
                int row = start + r * stride;
                for (int c = 0; c < m; c++) {
                    if (beats(x[row + c], best[c])) {
                        best[c] = x[row + c];
                        place[c] = r;
                    }
                }
            }
            int step = kept.strides[0][last];
            for (int c = 0; c < m; c++) {
                put(at.at(0) + (first + c) * step, start + c + place[c] * stride, place[c]);
            }
        }
    }

    /// A search among a range of one output's elements.
    private final class Search {
        private final Cursor rows = ReduceAxes.outer(reduced);
        private final float[] strip = stride == 1 ? x : new float[BLOCK];
        private final float[] lanes = new float[Fold.LANES];

        /// Where the last search found its value in x.
        int position;

        private int place;
        private float best;

        /// The number of the element that beats all before it and that no later one beats.
        int first(int row, int from, int to) {
            place = -1;
            rows.moveTo(from / n);
            int start = from % n;
            for (int done = from; done < to; rows.next(), start = 0) {
                int m = Math.min(n - start, to - done);
                piece(row + rows.at(0) + start * stride, m, done);
                done += m;
            }
            return place;
        }

        private void piece(int at, int m, int number) {
            for (int i = 0; i < m; i += BLOCK) {
                int k = Math.min(BLOCK, m - i);
                int block = at + i * stride;
                if (stride != 1) {
                    Copy.strided(x, block, stride, strip, 0, 1, k);
                }
                int start = stride == 1 ? block : 0;
                Fold.leaf(op, strip, start, k, lanes, 0);
                float v = Fold.lanes(op, lanes, 0);
                if (place < 0 || beats(v, best)) {
                    int found = find(strip, start, v);
                    best = v;
                    place = number + i + found;
                    position = block + found * stride;
                }
            }
        }

        private int find(float[] a, int start, float v) {
            int i = start;
            if (Order.isNaN(v)) {
                while (!Order.isNaN(a[i])) {
                    i++;
                }
            } else {
                while (a[i] != v) {
                    i++;
                }
            }
            return i - start;
        }
    }
}
