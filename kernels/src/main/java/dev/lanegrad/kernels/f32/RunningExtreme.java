// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;

/// Where along one axis the extreme so far is: the latest of equal ones, and of NaNs the latest.
public final class RunningExtreme {
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
        int n = sizes[axis];
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        AxisRows.forEach(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr) -> {
                    float most = x[xo + xr];
                    int at = 0;
                    for (int i = 0; i < n; i++) {
                        float v = x[xo + xr + i * xs];
                        if (v >= most || Order.isNaN(v)) {
                            most = v;
                            at = i;
                        }
                        y[yo + yr + i * ys] = at;
                    }
                });
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
        int n = sizes[axis];
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        AxisRows.forEach(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr) -> {
                    float least = x[xo + xr];
                    int at = 0;
                    for (int i = 0; i < n; i++) {
                        float v = x[xo + xr + i * xs];
                        if (v <= least || Order.isNaN(v)) {
                            least = v;
                            at = i;
                        }
                        y[yo + yr + i * ys] = at;
                    }
                });
    }
}
