package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.DEPTH;
import static dev.lanegrad.kernels.f32.Blocking.PIXEL;
import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Simd;
import dev.lanegrad.kernels.Window;
import java.util.Arrays;

/// The matrix of [WindowRows] without its copies: neighbouring pixels see the same elements, so
/// every source pixel is copied once, with a border of zeros, and a table tells where the elements
/// are that a target pixel sees, from the first of them on.
///
/// For windows of three columns over target pixels that are one source pixel apart, and for few
/// channels: there the copies would take nearly as long as the products.
final class WindowPixels {
    /// Columns of a window.
    private static final int COLUMNS = 3;

    /// Target pixels of an image row below which tiles are too small.
    private static final int FEW_PIXELS = 6;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final int channels;
    private final int top;
    private final int left;
    private final int height;
    private final int width;

    /// Channels `xo` to `xo + channels` of channels-last images of `pitch` channels.
    WindowPixels(Window window, float[] x, int xo, int pitch, int channels) {
        this.window = window;
        this.x = x;
        this.xo = xo;
        this.pitch = pitch;
        this.channels = channels;
        top = window.rows()[0];
        left = window.columns()[0];
        height = window.rows()[window.rows().length - 1] - top + 1;
        width = window.targetW() + window.columns()[window.columns().length - 1] - left;
    }

    /// Whether tiles can read so many channels in this way, and should, to write `outputs`.
    static boolean serves(Window window, int channels, int outputs) {
        return Simd.REGISTERS >= 32
                && outputs <= 2 * W
                && window.stepW() == 1
                && window.columns().length == 3
                && window.contiguous()
                && window.targetW() >= FEW_PIXELS
                && channels <= PIXEL - 16
                && window.taps() * channels <= DEPTH;
    }

    /// Elements of a copy of what `rows` target rows see.
    int length(int rows) {
        return ((rows - 1) * window.stepH() + height) * width * PIXEL;
    }

    /// Elements from what a target row sees to what the next one sees.
    int rowPitch() {
        return window.stepH() * width * PIXEL;
    }

    /// Where the elements are that a target pixel sees, tap row by tap row, channel by channel, tap
    /// column by tap column.
    int[] taps() {
        int[] taps = new int[window.taps() * channels];
        for (int k = 0; k < taps.length; k++) {
            int i = window.rows()[k / COLUMNS / channels] - top;
            taps[k] = (i * width + k % COLUMNS) * PIXEL + k / COLUMNS % channels;
        }
        return taps;
    }

    /// Copies the rows of a weight, `n` elements each, from their order in `w` to that of [#taps].
    void arrange(int n, float[] w, int wo, float[] y, int yo) {
        for (int k = 0; k < window.taps() * channels; k++) {
            int tap = k / COLUMNS / channels * COLUMNS + k % COLUMNS;
            int from = wo + (tap * channels + k / COLUMNS % channels) * n;
            System.arraycopy(w, from, y, yo + k * n, n);
        }
    }

    /// Copies what target rows `i0` to `i1` of an image see.
    void copy(int image, int i0, int i1, float[] y) {
        int h0 = i0 * window.stepH() + top;
        int h1 = (i1 - 1) * window.stepH() + top + height;
        int from = Math.clamp(-left, 0, width);
        int to = Math.clamp(window.sourceW() - left, from, width);
        for (int h = h0; h < h1; h++) {
            int yo = (h - h0) * width * PIXEL;
            if (h < 0 || h >= window.sourceH()) {
                clear(y, yo, 0, width);
                continue;
            }
            int row = (image * window.sourceH() + h) * window.sourceW();
            int at = xo + (row + left + from) * pitch;
            clear(y, yo, 0, from);
            Pack.copyRows(to - from, channels, x, at, pitch, y, yo + from * PIXEL, PIXEL);
            clear(y, yo, to, width);
        }
    }

    private void clear(float[] y, int yo, int from, int to) {
        for (int j = from; j < to; j++) {
            Arrays.fill(y, yo + j * PIXEL, yo + j * PIXEL + channels, 0);
        }
    }
}
