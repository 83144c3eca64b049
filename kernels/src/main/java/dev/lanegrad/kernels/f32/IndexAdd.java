// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Positions;

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

    /// `y[o, index[i], :] += x[o, i, :]` in ascending order of i, for o in 0 to `outer`, i in 0 to
    /// `count`, slices of `inner` elements; x is `[outer, count, inner]`, y `[outer, rows, inner]`,
    /// both dense.
    public static void indexAdd(
            float[] x,
            int xo,
            int outer,
            int count,
            int inner,
            long[] index,
            int io,
            float[] y,
            int yo,
            int rows) {
        int slab = Math.max(SLAB, inner / (2 * Parallel.numThreads()));
        int slabs = (inner + slab - 1) / slab;
        Parallel.run(
                outer * slabs,
                Math.max(1, GRAIN / (Math.max(1, count) * Math.max(1, Math.min(slab, inner)))),
                (first, end) -> {
                    for (int task = first; task < end; task++) {
                        int o = task / slabs;
                        int start = task % slabs * slab;
                        int n = Math.min(slab, inner - start);
                        for (int i = 0; i < count; i++) {
                            int from = xo + (o * count + i) * inner + start;
                            int to = yo + (o * rows + (int) index[io + i]) * inner + start;
                            if (n >= FEW) {
                                BinaryAdd.run(y, to, 1, x, from, 1, y, to, n, NONE, NONE);
                                continue;
                            }
                            for (int k = 0; k < n; k++) {
                                y[to + k] += x[from + k];
                            }
                        }
                    }
                });
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
