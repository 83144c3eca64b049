// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;

/// Copies between layouts whose innermost axes differ.
///
/// Vectors gather a column where there are such, and write it as it is. Else, where the output's
/// rows are far apart, tiles go through a small buffer, so that the input is read and the output
/// written in whole rows of a tile: large powers of two as strides then evict no lines that are
/// still needed.
final class Transpose {
    /// Rows and columns of a tile.
    private static final int TILE = 32;

    /// Tiles of one chunk of parallel work.
    private static final int GRAIN = 32;

    /// Tiles of fewer rows or columns do without the buffer.
    private static final int FEW = 8;

    /// Rows of the output no further apart, in elements, are written to without the buffer.
    private static final int NEAR = 512;

    private Transpose() {}

    /// Copies if the output's innermost axis and another one of the input have stride 1, and
    /// returns whether that was so.
    static boolean copied(Axes axes, float[] x, int xo, float[] y, int yo) {
        int across = axes.rank() - 1;
        int along = -1;
        for (int axis = 0; axis < across; axis++) {
            if (axes.strides[0][axis] == 1) {
                along = axis;
            }
        }
        if (along < 0
                || axes.strides[1][across] != 1
                || axes.strides[0][across] <= 1
                || axes.sizes[along] < 4) {
            return false;
        }
        run(axes, along, across, x, xo, y, yo);
        return true;
    }

    private static void run(
            Axes axes, int along, int across, float[] x, int xo, float[] y, int yo) {
        int rows = axes.sizes[across];
        int columns = axes.sizes[along];
        int xs = axes.strides[0][across];
        int ys = axes.strides[1][along];
        int downs = (rows + TILE - 1) / TILE;
        int rights = (columns + TILE - 1) / TILE;
        int[] sizes = without(axes.sizes, along);
        int[][] strides = {without(axes.strides[0], along), without(axes.strides[1], along)};
        int[] places = Columns.places(xs);
        Parallel.run(
                axes.count / rows / columns * downs * rights,
                GRAIN,
                (from, to) -> {
                    Cursor outer = new Cursor(sizes, strides);
                    float[] buffer = (float[]) Scratch.like(x, TILE * TILE);
                    for (int tile = from; tile < to; tile++) {
                        int part = tile / rights;
                        int row = part % downs * TILE;
                        int column = tile % rights * TILE;
                        outer.moveTo(part / downs);
                        tile(
                                x,
                                xo + outer.at(0) + row * xs + column,
                                xs,
                                places,
                                Math.min(TILE, rows - row),
                                Math.min(TILE, columns - column),
                                buffer,
                                y,
                                yo + outer.at(1) + column * ys + row,
                                ys);
                    }
                    Scratch.release((Object) buffer);
                });
    }

    /// The axes but the last and `along`.
    private static int[] without(int[] x, int along) {
        int[] rest = Arrays.copyOf(x, x.length - 2);
        for (int axis = along; axis < rest.length; axis++) {
            rest[axis] = x[axis + 1];
        }
        return rest;
    }

    /// `y[j·ys + i] := x[i·xs + j]` for i in 0 to `rows`, j in 0 to `columns`.
    private static void tile(
            float[] x,
            int xo,
            int xs,
            int[] places,
            int rows,
            int columns,
            float[] buffer,
            float[] y,
            int yo,
            int ys) {
        if (rows < FEW || columns < FEW) {
            for (int row = 0; row < rows; row++) {
                for (int j = 0; j < columns; j++) {
                    y[yo + j * ys + row] = x[xo + row * xs + j];
                }
            }
            return;
        }
        boolean direct = Columns.GATHERS || ys <= NEAR;
        float[] to = direct ? y : buffer;
        int start = direct ? yo : 0;
        int down = direct ? ys : TILE;
        int i = Columns.transposed(x, xo, places, rows, columns, to, start, down);
        for (; i + 8 <= rows; i += 8) {
            eightRows(x, xo + i * xs, xs, columns, to, start + i, down);
        }
        for (; i < rows; i++) {
            int row = xo + i * xs;
            for (int j = 0; j < columns; j++) {
                to[start + j * down + i] = x[row + j];
            }
        }
        if (!direct) {
            for (int j = 0; j < columns; j++) {
                System.arraycopy(buffer, j * TILE, y, yo + j * ys, rows);
            }
        }
    }

    /// Eight rows side by side, so that as many cache lines are on their way at a time.
    private static void eightRows(
            float[] x, int xo, int xs, int columns, float[] y, int yo, int ys) {
        int x1 = xo + xs;
        int x2 = x1 + xs;
        int x3 = x2 + xs;
        int x4 = x3 + xs;
        int x5 = x4 + xs;
        int x6 = x5 + xs;
        int x7 = x6 + xs;
        for (int j = 0; j < columns; j++) {
            int at = yo + j * ys;
            y[at] = x[xo + j];
            y[at + 1] = x[x1 + j];
            y[at + 2] = x[x2 + j];
            y[at + 3] = x[x3 + j];
            y[at + 4] = x[x4 + j];
            y[at + 5] = x[x5 + j];
            y[at + 6] = x[x6 + j];
            y[at + 7] = x[x7 + j];
        }
    }
}
