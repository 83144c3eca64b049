package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.AxisRows;
import dev.lanegrad.kernels.Cursor;
import dev.lanegrad.kernels.Parallel;

/// Softmax along one axis and its gradient; operands of any strides over one index space.
public final class Softmax {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

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
        if (n == 0) {
            return;
        }
        if (columns(log, sizes, axis, x, xo, xStrides, y, yo, yStrides)) {
            return;
        }
        int[] outer = sizes.clone();
        outer[axis] = 1;
        int xs = n == 1 ? 1 : xStrides[axis];
        int ys = n == 1 ? 1 : yStrides[axis];
        Parallel.run(
                product(outer),
                Math.max(1, GRAIN / n),
                (from, to) -> {
                    Cursor at = new Cursor(outer, xStrides, yStrides).moveTo(from);
                    FoldStack stack = SoftmaxRow.stack(n);
                    float[] in = xs == 1 ? x : new float[n];
                    float[] out = ys == 1 ? y : new float[n];
                    float[] strip = log ? SoftmaxRow.strip(n) : in;
                    for (int r = from; r < to; r++, at.next()) {
                        int xr = gather(x, xo + at.at(0), xs, n, in);
                        int yr = ys == 1 ? yo + at.at(1) : 0;
                        if (log) {
                            logSoftmaxRow(in, xr, n, out, yr, strip, stack);
                        } else {
                            softmaxRow(in, xr, n, out, yr, stack);
                        }
                        scatter(out, ys, n, y, yo + at.at(1));
                    }
                });
    }

    /// Side by side, where they lie so.
    private static boolean columns(
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
        int xs = xStrides[axis];
        int ys = yStrides[axis];
        return AxisRows.forEachBand(
                sizes,
                axis,
                xStrides,
                yStrides,
                (xr, yr, columns) -> {
                    SoftmaxColumns band = new SoftmaxColumns(n, columns);
                    if (log) {
                        band.logSoftmax(x, xo + xr, xs, y, yo + yr, ys);
                    } else {
                        band.softmax(x, xo + xr, xs, y, yo + yr, ys);
                    }
                });
    }

    private static void softmaxRow(float[] x, int xo, int n, float[] y, int yo, FoldStack stack) {
        float max = SoftmaxRow.max(x, xo, n);
        float sum = SoftmaxRow.exp(x, xo, n, max, y, yo, stack);
        SoftmaxRow.scale(y, yo, n, 1f / sum);
    }

    private static void logSoftmaxRow(
            float[] x, int xo, int n, float[] y, int yo, float[] strip, FoldStack stack) {
        float max = SoftmaxRow.max(x, xo, n);
        float sum = SoftmaxRow.sumOfExp(x, xo, n, max, strip, stack);
        SoftmaxRow.subtract(x, xo, n, max, SoftmaxRow.log(sum), y, yo);
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
        if (n == 0) {
            return;
        }
        int[] outer = sizes.clone();
        outer[axis] = 1;
        int gs = n == 1 ? 1 : gyStrides[axis];
        int ys = n == 1 ? 1 : yStrides[axis];
        int xs = n == 1 ? 1 : gxStrides[axis];
        Parallel.run(
                product(outer),
                Math.max(1, GRAIN / n),
                (from, to) -> {
                    Cursor at = new Cursor(outer, gyStrides, yStrides, gxStrides).moveTo(from);
                    FoldStack stack = SoftmaxRow.stack(n);
                    float[] g = gs == 1 ? gy : new float[n];
                    float[] v = ys == 1 ? y : new float[n];
                    float[] out = xs == 1 ? gx : new float[n];
                    for (int r = from; r < to; r++, at.next()) {
                        int gr = gather(gy, gyo + at.at(0), gs, n, g);
                        int vr = gather(y, yo + at.at(1), ys, n, v);
                        int xr = xs == 1 ? gxo + at.at(2) : 0;
                        if (log) {
                            float sum = SoftmaxRow.sum(g, gr, n, stack);
                            SoftmaxRow.logSoftmaxGradient(g, gr, v, vr, n, sum, out, xr);
                        } else {
                            float dot = SoftmaxRow.dot(g, gr, v, vr, n, stack);
                            SoftmaxRow.softmaxGradient(g, gr, v, vr, n, dot, out, xr);
                        }
                        scatter(out, xs, n, gx, gxo + at.at(2));
                    }
                });
    }

    /// Where a row lies in `row`: in place if its stride is 1, else it is copied there.
    private static int gather(float[] x, int at, int stride, int n, float[] row) {
        if (stride == 1) {
            return at;
        }
        Copy.strided(x, at, stride, row, 0, 1, n);
        return 0;
    }

    private static void scatter(float[] row, int stride, int n, float[] y, int at) {
        if (stride != 1) {
            Copy.strided(row, 0, 1, y, at, stride, n);
        }
    }

    private static int product(int[] sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }
}
