// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Positions;

/// Taking and writing single elements along one axis, where the index covers all other axes.
///
/// Positions are checked as they are read, see [Positions].
public final class Gather {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    private Gather() {}

    /// `y[o, c, i] := x[o, index[o, c, i], i]`; x is `[outer, size, inner]`, index and y are
    /// `[outer, count, inner]`, all dense.
    ///
    /// @throws IndexOutOfBoundsException if a position is not in 0 to `size`, exclusively
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
        int width = inner == 1 ? count : inner;
        int rows = inner == 1 ? 1 : count;
        int strip = Math.min(width, Positions.STRIP);
        int strips = (width + strip - 1) / strip;
        Parallel.run(
                outer * rows * strips,
                GRAIN / strip,
                (from, to) -> {
                    int[] places = new int[strip];
                    for (int i = from; i < to; i++) {
                        int row = i / strips;
                        int start = i % strips * strip;
                        int n = Math.min(strip, width - start);
                        int at = row * width + start;
                        Positions.read(index, io + at, size, places, n);
                        if (inner != 1) {
                            Positions.inColumns(places, inner, start, n);
                        }
                        int base = xo + row / rows * size * inner;
                        Lookup.numbered(x, base, places, y, yo + at, n);
                    }
                });
    }

    /// `y := x`, then `y[o, index[o, c, i], i] := w[o, c, i]` in ascending order of c; index and w
    /// are `[outer, count, inner]`, x and y `[outer, size, inner]`, all dense.
    ///
    /// @throws IndexOutOfBoundsException if a position is not in 0 to `size`, exclusively
    public static void scatter(
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
                                write(w, wo + row + start, places, y, base, n);
                            }
                        }
                    }
                });
    }

    private static void write(float[] w, int wo, int[] places, float[] y, int yo, int n) {
        for (int k = 0; k < n; k++) {
            y[yo + places[k]] = w[wo + k];
        }
    }
}
