// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;
import java.util.Arrays;

/// Where along one axis the extreme so far is: the latest of equal ones, and of NaNs the latest.
public final class RunningExtreme {
    /// Elements that are passed over together where their own extreme changes nothing.
    private static final int BLOCK = 64;

    private RunningExtreme() {}

    /// `y[i] := argmax of x[0] .. x[i]` along `axis`.
    public static void argmax(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            long[] y,
            int yo,
            int[] yStrides) {
        rows(true, sizes, axis, x, xo, xStrides, y, yo, yStrides);
    }

    /// `y[i] := argmin of x[0] .. x[i]` along `axis`.
    public static void argmin(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            long[] y,
            int yo,
            int[] yStrides) {
        rows(false, sizes, axis, x, xo, xStrides, y, yo, yStrides);
    }

    private static void rows(
            boolean largest,
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            long[] y,
            int yo,
            int[] yStrides) {
        int n = sizes[axis];
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        AxisRows.forEach(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr) -> {
                    if (xs == 1 && ys == 1) {
                        dense(largest, x, xo + xr, y, yo + yr, n);
                    } else if (largest) {
                        most(x, xo + xr, xs, y, yo + yr, ys, 0, 0, n);
                    } else {
                        least(x, xo + xr, xs, y, yo + yr, ys, 0, 0, n);
                    }
                });
    }

    private static void dense(boolean largest, float[] x, int xo, long[] y, int yo, int n) {
        Fold.Op op = largest ? Fold.Op.MAX : Fold.Op.MIN;
        float[] lanes = new float[Fold.LANES];
        int place = 0;
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            Fold.leaf(op, x, xo + i, m, lanes, 0);
            float v = Fold.lanes(op, lanes, 0);
            if (largest ? v < x[xo + place] : v > x[xo + place]) {
                Arrays.fill(y, yo + i, yo + i + m, place);
            } else if (largest) {
                place = most(x, xo, 1, y, yo, 1, place, i, i + m);
            } else {
                place = least(x, xo, 1, y, yo, 1, place, i, i + m);
            }
        }
    }

    /// Elements `from` to `to`, the extreme before them being that at `place`; returns the last
    /// one's.
    private static int most(
            float[] x, int xo, int xs, long[] y, int yo, int ys, int place, int from, int to) {
        int at = place;
        float most = x[xo + at * xs];
        for (int i = from; i < to; i++) {
            float v = x[xo + i * xs];
            if (v >= most || Order.isNaN(v)) {
                most = v;
                at = i;
            }
            y[yo + i * ys] = at;
        }
        return at;
    }

    /// As [#most].
    private static int least(
            float[] x, int xo, int xs, long[] y, int yo, int ys, int place, int from, int to) {
        int at = place;
        float least = x[xo + at * xs];
        for (int i = from; i < to; i++) {
            float v = x[xo + i * xs];
            if (v <= least || Order.isNaN(v)) {
                least = v;
                at = i;
            }
            y[yo + i * ys] = at;
        }
        return at;
    }
}
