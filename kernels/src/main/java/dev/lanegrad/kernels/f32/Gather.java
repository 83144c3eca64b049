// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;

/// Taking and writing single elements along one axis, where the index covers all other axes.
public final class Gather {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    private Gather() {}

    /// `y[o, c, i] := x[o, index[o, c, i], i]`; x is `[outer, size, inner]`, index and y are
    /// `[outer, count, inner]`, all dense.
    public static void gather(
            float[] x,
            int xo,
            int outer,
            int size,
            int inner,
            long[] index,
            int io,
            int count,
            float[] y,
            int yo) {
        Parallel.run(
                outer * count,
                Math.max(1, GRAIN / inner),
                (from, to) -> {
                    if (inner == 1) {
                        for (int i = from; i < to; ) {
                            int base = xo + i / count * size;
                            int end = Math.min(to, (i / count + 1) * count);
                            for (; i < end; i++) {
                                y[yo + i] = x[base + (int) index[io + i]];
                            }
                        }
                        return;
                    }
                    for (int row = from; row < to; row++) {
                        int base = xo + row / count * size * inner;
                        int at = row * inner;
                        for (int k = 0; k < inner; k++) {
                            y[yo + at + k] = x[base + (int) index[io + at + k] * inner + k];
                        }
                    }
                });
    }

    /// `y[o, index[o, c, i], i] := x[o, c, i]` in ascending order of c; index and x are `[outer,
    /// count, inner]`, y is `[outer, size, inner]`, all dense.
    public static void scatter(
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
                                y[base + (int) index[io + i]] = x[xo + i];
                            }
                            continue;
                        }
                        for (int c = 0; c < count; c++) {
                            int at = o * block + c * inner;
                            for (int k = 0; k < inner; k++) {
                                y[base + (int) index[io + at + k] * inner + k] = x[xo + at + k];
                            }
                        }
                    }
                });
    }
}
