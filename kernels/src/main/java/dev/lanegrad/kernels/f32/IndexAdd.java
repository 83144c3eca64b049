// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Positions;
import java.util.Arrays;

/// Adding slices at numbered places.
public final class IndexAdd {
    /// Fewest elements of a slice that one task adds: tasks share the elements out, not the slices,
    /// so that each place is added to in order.
    private static final int SLAB = 64;

    /// Fewer elements of a slice are added one by one.
    private static final int FEW = 16;

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    /// For the parameters that an addition has not.
    private static final float NONE = 0;

    private IndexAdd() {}

    /// `y := x`, then `y[o, index[i], :] += w[o, i, :]` in ascending order of i, for o in 0 to
    /// `outer`, i in 0 to `count`, slices of `inner` elements; w is `[outer, count, inner]`, x and
    /// y `[outer, rows, inner]`, all dense.
    public static void indexAdd(
            float[] x,
            int xo,
            float[] w,
            int wo,
            int outer,
            int count,
            int inner,
            long[] index,
            int io,
            float[] y,
            int yo,
            int rows) {
        int threads = Parallel.numThreads();
        int slab = threads == 1 ? Math.max(1, inner) : Math.max(SLAB, inner / (2 * threads));
        int slabs = (inner + slab - 1) / slab;
        Parallel.run(
                outer * slabs,
                Math.max(1, GRAIN / (Math.max(1, count) * Math.max(1, Math.min(slab, inner)))),
                (first, end) -> {
                    boolean[] begun = new boolean[inner < FEW ? 0 : rows];
                    for (int task = first; task < end; task++) {
                        int start = task % slabs * slab;
                        int n = Math.min(slab, inner - start);
                        int o = task / slabs;
                        int from = wo + o * count * inner + start;
                        int old = xo + o * rows * inner + start;
                        int to = yo + o * rows * inner + start;
                        if (n < FEW) {
                            copy(x, old, y, to, rows, inner, n);
                            addFew(w, from, index, io, count, inner, n, y, to);
                        } else {
                            Arrays.fill(begun, false);
                            add(x, old, w, from, index, io, count, inner, n, begun, y, to);
                            copyRest(x, old, y, to, inner, n, begun);
                        }
                    }
                });
    }

    /// Copies the first n elements of all rows, in pieces that stay in the caches.
    private static void copy(float[] x, int xo, float[] y, int yo, int rows, int inner, int n) {
        int height = n == inner ? GRAIN / inner : 1;
        for (int row = 0; row < rows; row += height) {
            int length = (Math.min(height, rows - row) - 1) * inner + n;
            System.arraycopy(x, xo + row * inner, y, yo + row * inner, length);
        }
    }

    private static void addFew(
            float[] w,
            int wo,
            long[] index,
            int io,
            int count,
            int inner,
            int n,
            float[] y,
            int yo) {
        for (int i = 0; i < count; i++) {
            int from = wo + i * inner;
            int to = yo + (int) index[io + i] * inner;
            for (int k = 0; k < n; k++) {
                y[to + k] += w[from + k];
            }
        }
    }

    /// Adds to what is in x the first time, so that a row of y is not written just to be read.
    private static void add(
            float[] x,
            int xo,
            float[] w,
            int wo,
            long[] index,
            int io,
            int count,
            int inner,
            int n,
            boolean[] begun,
            float[] y,
            int yo) {
        for (int i = 0; i < count; i++) {
            int row = (int) index[io + i];
            int from = wo + i * inner;
            int to = yo + row * inner;
            if (begun[row]) {
                BinaryAdd.run(y, to, 1, w, from, 1, y, to, n, NONE, NONE);
            } else {
                BinaryAdd.run(x, xo + row * inner, 1, w, from, 1, y, to, n, NONE, NONE);
                begun[row] = true;
            }
        }
    }

    /// Copies the first n elements of the rows that nothing was added to.
    private static void copyRest(
            float[] x, int xo, float[] y, int yo, int inner, int n, boolean[] begun) {
        int most = n == inner ? Math.max(1, GRAIN / inner) : 1;
        for (int row = 0; row < begun.length; ) {
            int end = row;
            while (end < begun.length && !begun[end] && end - row < most) {
                end++;
            }
            if (end > row) {
                int length = (end - row - 1) * inner + n;
                System.arraycopy(x, xo + row * inner, y, yo + row * inner, length);
            }
            row = Math.max(end, row + 1);
        }
    }

    /// `y := x`, then `y[o, index[o, c, i], i] += w[o, c, i]` in ascending order of c; index and w
    /// are `[outer, count, inner]`, x and y `[outer, size, inner]`, all dense. Positions are
    /// checked as they are read, see [Positions].
    ///
    /// @throws IndexOutOfBoundsException if a position is not in 0 to `size`, exclusively
    public static void scatterAdd(
            float[] x,
            int xo,
            float[] w,
            int wo,
            int outer,
            int count,
            int inner,
            long[] index,
            int io,
            float[] y,
            int yo,
            int size) {
        int block = count * inner;
        int width = inner == 1 ? count : inner;
        int strip = Math.min(width, Positions.STRIP);
        Parallel.run(
                outer,
                Math.max(1, GRAIN / block),
                (from, to) -> {
                    int[] places = new int[strip];
                    for (int o = from; o < to; o++) {
                        int base = yo + o * size * inner;
                        System.arraycopy(x, xo + o * size * inner, y, base, size * inner);
                        for (int row = o * block; row < (o + 1) * block; row += width) {
                            for (int start = 0; start < width; start += strip) {
                                int n = Math.min(strip, width - start);
                                Positions.read(index, io + row + start, size, places, n);
                                if (inner != 1) {
                                    Positions.inColumns(places, inner, start, n);
                                }
                                add(w, wo + row + start, places, y, base, n);
                            }
                        }
                    }
                });
    }

    private static void add(float[] w, int wo, int[] places, float[] y, int yo, int n) {
        for (int k = 0; k < n; k++) {
            y[yo + places[k]] += w[wo + k];
        }
    }
}
