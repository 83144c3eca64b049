// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Positions;
import dev.lanegrad.kernels.ReduceAxes;
import java.util.Arrays;

/// Moving elements between places of any stride.
public final class Copy {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    private Copy() {}

    /// `y := x`, n elements at strides xs and ys; an input stride of 0 repeats one element.
    public static void strided(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
        if (ys == 1) {
            if (xs == 1) {
                System.arraycopy(x, xo, y, yo, n);
            } else if (xs == 0) {
                Arrays.fill(y, yo, yo + n, x[xo]);
            } else if (xs == -1) {
                Reversal.reversed(x, xo, y, yo, n);
            } else if (xs == 2) {
                Lookup.everySecond(x, xo, y, yo, n);
            } else {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = x[xo + i * xs];
                }
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i * ys] = x[xo + i * xs];
            }
        }
    }

    /// `y := x` over the index space `sizes`; strides in elements, an input stride of 0 repeats.
    public static void copyStrided(
            int[] sizes, float[] x, int xo, int[] xStrides, float[] y, int yo, int[] yStrides) {
        Axes axes = Axes.of(sizes, xStrides, yStrides);
        if (axes.count == 0) {
            return;
        }
        if (!Transpose.copied(axes, x, xo, y, yo)) {
            rows(axes, x, xo, y, yo);
        }
    }

    /// Copies row by row along the output's innermost axis.
    private static void rows(Axes axes, float[] x, int xo, float[] y, int yo) {
        int inner = axes.rank() - 1;
        int n = axes.sizes[inner];
        if (n > GRAIN) {
            longRows(axes, x, xo, y, yo);
            return;
        }
        int height = inner == 0 ? 1 : axes.sizes[inner - 1];
        int xs = axes.strides[0][inner];
        int ys = axes.strides[1][inner];
        int xby = inner == 0 ? 0 : axes.strides[0][inner - 1];
        int yby = inner == 0 ? 0 : axes.strides[1][inner - 1];
        Parallel.run(
                axes.count / n,
                GRAIN / n,
                (from, to) -> {
                    Cursor at = ReduceAxes.outer(axes);
                    for (int i = from; i < to; ) {
                        at.moveTo(i);
                        int m = Math.min(to - i, height - i % height);
                        int xr = xo + at.at(0);
                        int yr = yo + at.at(1);
                        if (xs == 1 && ys == 1) {
                            Runs.copy(x, xr, xby, y, yr, yby, m, n);
                        } else {
                            for (int r = 0; r < m; r++) {
                                strided(x, xr + r * xby, xs, y, yr + r * yby, ys, n);
                            }
                        }
                        i += m;
                    }
                });
    }

    /// Copies rows of more elements than a chunk of parallel work, piece by piece.
    private static void longRows(Axes axes, float[] x, int xo, float[] y, int yo) {
        int inner = axes.rank() - 1;
        int n = axes.sizes[inner];
        int xs = axes.strides[0][inner];
        int ys = axes.strides[1][inner];
        int pieces = (n + GRAIN - 1) / GRAIN;
        Parallel.run(
                axes.count / n * pieces,
                1,
                (from, to) -> {
                    Cursor row = ReduceAxes.outer(axes);
                    for (int i = from; i < to; i++) {
                        row.moveTo(i / pieces);
                        int start = i % pieces * GRAIN;
                        int xr = xo + row.at(0) + start * xs;
                        int yr = yo + row.at(1) + start * ys;
                        strided(x, xr, xs, y, yr, ys, Math.min(GRAIN, n - start));
                    }
                });
    }

    /// `y[o, i, :] := x[o, index[i], :]` for o in 0 to `outer`, i in 0 to `count`, slices of
    /// `inner` elements; x is `[outer, rows, inner]`, y `[outer, count, inner]`, both dense.
    public static void indexSelect(
            float[] x,
            int xo,
            int outer,
            int rows,
            int inner,
            long[] index,
            int io,
            int count,
            float[] y,
            int yo) {
        if (inner == 1) {
            columns(x, xo, outer, rows, index, io, count, y, yo);
            return;
        }
        Parallel.run(
                outer * count,
                Math.max(1, GRAIN / Math.max(1, inner)),
                (first, end) -> {
                    for (int i = first; i < end; ) {
                        int base = i / count * rows;
                        int start = i - i / count * count;
                        int n = Math.min(end - i, count - start);
                        for (int k = 0; k < n; k++) {
                            int from = xo + (base + (int) index[io + start + k]) * inner;
                            System.arraycopy(x, from, y, yo + (i + k) * inner, inner);
                        }
                        i += n;
                    }
                });
    }

    /// Slices of one element: the numbers are read once for many rows.
    private static void columns(
            float[] x,
            int xo,
            int outer,
            int rows,
            long[] index,
            int io,
            int count,
            float[] y,
            int yo) {
        int strip = Math.max(1, Math.min(count, Positions.STRIP));
        int strips = (count + strip - 1) / strip;
        int height = Math.max(1, Math.min(outer, GRAIN / strip));
        int blocks = (outer + height - 1) / height;
        Parallel.run(
                blocks * strips,
                Math.max(1, GRAIN / (strip * height)),
                (from, to) -> {
                    int[] places = new int[strip];
                    for (int i = from; i < to; i++) {
                        int start = i % strips * strip;
                        int n = Math.min(strip, count - start);
                        int top = i / strips * height;
                        Positions.read(index, io + start, rows, places, n);
                        for (int o = top; o < Math.min(outer, top + height); o++) {
                            int at = yo + o * count + start;
                            Lookup.numbered(x, xo + o * rows, places, y, at, n);
                        }
                    }
                });
    }

    /// `y[o, index[i], :] := x[o, i, :]` in ascending order of i, for o in 0 to `outer`, i in 0 to
    /// `count`, slices of `inner` elements; x is `[outer, count, inner]`, y `[outer, rows, inner]`,
    /// both dense.
    public static void indexCopy(
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
        for (int i = 0; i < outer * count; i++) {
            int row = i / count * rows + (int) index[io + i % count];
            System.arraycopy(x, xo + i * inner, y, yo + row * inner, inner);
        }
    }
}
