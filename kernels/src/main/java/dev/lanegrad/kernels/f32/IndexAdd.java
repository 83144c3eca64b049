// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;

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

    /// `y[o, index[o, c, i], i] += x[o, c, i]` in ascending order of c; index and x are `[outer,
    /// count, inner]`, y is `[outer, size, inner]`, all dense.
    public static void scatterAdd(
            float[] x,
            int xo,
            int outer,
            int count,
            int inner,
            long[] index,
            int io,
            float[] y,
            int yo,
            int size) {
        int block = count * inner;
        Parallel.run(
                outer,
                Math.max(1, GRAIN / block),
                (from, to) -> {
                    for (int o = from; o < to; o++) {
                        int base = yo + o * size * inner;
                        if (inner == 1) {
                            for (int i = o * count, end = i + count; i < end; i++) {
                                y[base + (int) index[io + i]] += x[xo + i];
                            }
                            continue;
                        }
                        for (int c = 0; c < count; c++) {
                            int at = o * block + c * inner;
                            for (int k = 0; k < inner; k++) {
                                y[base + (int) index[io + at + k] * inner + k] += x[xo + at + k];
                            }
                        }
                    }
                });
    }
}
