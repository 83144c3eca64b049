package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Window;
import org.jspecify.annotations.Nullable;

/// Rows of target pixels of depthwise convolutions by windows of three by three that have one
/// column of zeros on the left and see no rows outside of the image, and as many of their channels
/// as fill vectors.
///
/// Target rows are counted through all images.
final class DepthwiseRow {
    private static final int SIZE = 3;

    private DepthwiseRow() {}

    /// Whether the rows of the window are of this kind, those excepted that are not
    /// [#isInside(Window, int)].
    static boolean serves(Window v) {
        boolean ends =
                v.stepW() == 1
                        ? v.targetW() == v.sourceW() && v.targetW() > 1
                        : v.stepW() == 2 && 2 * (v.targetW() - 1) < v.sourceW();
        return v.rows().length == SIZE
                && v.columns().length == SIZE
                && v.contiguous()
                && v.columns()[0] == -1
                && v.targetW() > 0
                && ends;
    }

    /// Whether target row `row` sees no rows outside of the image.
    static boolean isInside(Window v, int row) {
        int i = row % v.targetH() * v.stepH();
        return i + v.rows()[0] >= 0 && i + v.rows()[SIZE - 1] < v.sourceH();
    }

    /// `y := bias + Σ w·x` for the channels up to `end`, a multiple of W.
    ///
    /// @param w of [DenseWeights]
    /// @param yo where the row begins
    static void forward(
            Window v,
            int row,
            float[] x,
            int xo,
            float[] w,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            int channels,
            int end) {
        int n = v.targetW();
        int x0 = source(v, row, 0, xo, channels);
        int x1 = source(v, row, 1, xo, channels);
        int x2 = source(v, row, 2, xo, channels);
        float[] starts = bias == null ? Blocking.ZEROS : bias;
        for (int c = 0; c < end; c += W) {
            int start = bias == null ? 0 : bo + c;
            int a = x0 + c;
            int b = x1 + c;
            int d = x2 + c;
            int to = yo + c;
            if (v.stepW() == 1) {
                DepthwiseTile.dense(x, a, b, d, channels, w, c, channels, starts, start, y, to, n);
            } else {
                DepthwiseTile.strided(
                        x, a, b, d, channels, w, c, channels, starts, start, y, to, n, isWhole(v));
            }
        }
    }

    /// `sums := sums + Σ x·gy` for the channels up to `end`, a multiple of W; taps are `lds` apart.
    ///
    /// @param gyo where the row begins
    static void gradient(
            Window v,
            int row,
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            int lds,
            int channels,
            int end) {
        int n = v.targetW();
        int x0 = source(v, row, 0, xo, channels);
        int x1 = source(v, row, 1, xo, channels);
        int x2 = source(v, row, 2, xo, channels);
        for (int c = 0; c < end; c += W) {
            int a = x0 + c;
            int b = x1 + c;
            int d = x2 + c;
            int from = gyo + c;
            int to = so + c;
            if (v.stepW() == 1) {
                DepthwiseTile.denseGradient(x, a, b, d, channels, gy, from, sums, to, lds, n);
            } else {
                DepthwiseTile.stridedGradient(
                        x, a, b, d, channels, gy, from, sums, to, lds, n, isWhole(v));
            }
        }
    }

    /// Whether the last target pixel sees three columns, pixels being two apart.
    private static boolean isWhole(Window v) {
        return 2 * v.targetW() - 1 < v.sourceW();
    }

    /// Where the source row begins that belongs to row `r` of the window.
    private static int source(Window v, int row, int r, int xo, int channels) {
        int h = row % v.targetH() * v.stepH() + v.rows()[r];
        return xo + (row / v.targetH() * v.sourceH() + h) * v.sourceW() * channels;
    }
}
