package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Cursor;

/// Softmax along one axis and its gradient; operands of any strides over one index space.
public final class Softmax {
    private Softmax() {}

    /// `y := exp(x − max x) / Σ exp(x − max x)` along `axis`.
    public static void softmax(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            float[] y,
            int yo,
            int[] yStrides) {
        forward(false, sizes, axis, x, xo, xStrides, y, yo, yStrides);
    }

    /// `y := x − max x − log Σ exp(x − max x)` along `axis`.
    public static void logSoftmax(
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            float[] y,
            int yo,
            int[] yStrides) {
        forward(true, sizes, axis, x, xo, xStrides, y, yo, yStrides);
    }

    /// `gx := y·(gy − Σ gy·y)` along `axis`, for y of [#softmax].
    public static void softmaxBackward(
            int[] sizes,
            int axis,
            float[] gy,
            int gyo,
            int[] gyStrides,
            float[] y,
            int yo,
            int[] yStrides,
            float[] gx,
            int gxo,
            int[] gxStrides) {
        backward(false, sizes, axis, gy, gyo, gyStrides, y, yo, yStrides, gx, gxo, gxStrides);
    }

    /// `gx := gy − exp(y)·Σ gy` along `axis`, for y of [#logSoftmax].
    public static void logSoftmaxBackward(
            int[] sizes,
            int axis,
            float[] gy,
            int gyo,
            int[] gyStrides,
            float[] y,
            int yo,
            int[] yStrides,
            float[] gx,
            int gxo,
            int[] gxStrides) {
        backward(true, sizes, axis, gy, gyo, gyStrides, y, yo, yStrides, gx, gxo, gxStrides);
    }

    private static void forward(
            boolean log,
            int[] sizes,
            int axis,
            float[] x,
            int xo,
            int[] xStrides,
            float[] y,
            int yo,
            int[] yStrides) {
        int n = sizes[axis];
        int[] outer = sizes.clone();
        outer[axis] = 1;
        Cursor at = new Cursor(outer, xStrides, yStrides);
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        for (int r = rows(outer); n > 0 && r > 0; r--, at.next()) {
            int xr = xo + at.at(0);
            int yr = yo + at.at(1);
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                max = Math.max(max, x[xr + i * xs]);
            }
            float sum = 0;
            for (int i = 0; i < n; i++) {
                float d = x[xr + i * xs] - max;
                float e = (float) Math.exp(d);
                y[yr + i * ys] = log ? d : e;
                sum += e;
            }
            float logSum = (float) Math.log(sum);
            for (int i = 0; i < n; i++) {
                y[yr + i * ys] = log ? y[yr + i * ys] - logSum : y[yr + i * ys] / sum;
            }
        }
    }

    private static void backward(
            boolean log,
            int[] sizes,
            int axis,
            float[] gy,
            int gyo,
            int[] gyStrides,
            float[] y,
            int yo,
            int[] yStrides,
            float[] gx,
            int gxo,
            int[] gxStrides) {
        int n = sizes[axis];
        int[] outer = sizes.clone();
        outer[axis] = 1;
        Cursor at = new Cursor(outer, gyStrides, yStrides, gxStrides);
        for (int r = rows(outer); r > 0; r--, at.next()) {
            int g = gyo + at.at(0);
            int v = yo + at.at(1);
            float sum = 0;
            for (int i = 0; i < n; i++) {
                float gi = gy[g + i * gyStrides[axis]];
                sum += log ? gi : gi * y[v + i * yStrides[axis]];
            }
            for (int i = 0; i < n; i++) {
                float gi = gy[g + i * gyStrides[axis]];
                float yi = y[v + i * yStrides[axis]];
                gx[gxo + at.at(2) + i * gxStrides[axis]] =
                        log ? gi - (float) Math.exp(yi) * sum : yi * (gi - sum);
            }
        }
    }

    private static int rows(int[] outer) {
        int rows = 1;
        for (int size : outer) {
            rows *= size;
        }
        return rows;
    }
}
