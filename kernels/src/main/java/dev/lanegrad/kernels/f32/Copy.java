// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Axes;
import dev.lanegrad.kernels.Cursor;
import java.util.Arrays;

/// Moving elements between places of any stride.
public final class Copy {
    private Copy() {}

    /// `y := x`, n elements at strides xs and ys; an input stride of 0 repeats one element.
    public static void strided(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
        if (ys == 1) {
            if (xs == 1) {
                System.arraycopy(x, xo, y, yo, n);
            } else if (xs == 0) {
                Arrays.fill(y, yo, yo + n, x[xo]);
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
        int inner = axes.rank() - 1;
        Cursor rows =
                new Cursor(
                        Arrays.copyOf(axes.sizes, inner),
                        Arrays.copyOf(axes.strides[0], inner),
                        Arrays.copyOf(axes.strides[1], inner));
        int n = axes.sizes[inner];
        for (int done = 0; done < axes.count; done += n, rows.next()) {
            strided(
                    x,
                    xo + rows.at(0),
                    axes.strides[0][inner],
                    y,
                    yo + rows.at(1),
                    axes.strides[1][inner],
                    n);
        }
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
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < count; i++) {
                int from = xo + (o * rows + (int) index[io + i]) * inner;
                System.arraycopy(x, from, y, yo + (o * count + i) * inner, inner);
            }
        }
    }
}
