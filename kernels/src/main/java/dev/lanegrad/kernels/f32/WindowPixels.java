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
/// channels, which are summed in one run. The tiles for them ([WindowTile12x2]) read an element
/// once for three taps.
final class WindowPixels {
    /// Columns of a window.
    private static final int COLUMNS = 3;

    /// Columns of a panel of the weight.
    static final int PANEL = 2 * W;

    /// Target pixels of an image row below which tiles are too small: for one panel, where other
    /// tiles would be worse still, and for more.
    private static final int FEW_PIXELS = 6;

    private static final int FEW_PIXELS_OF_PANELS = 24;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final int top;
    private final int left;
    private final int height;
    private final int width;
    private final int channels;
    private final int[] taps;

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
        taps = table();
    }

    /// Whether tiles can read so many channels in this way, and should, to write `outputs`; the
    /// same for any number of images.
    static boolean serves(Window window, int channels, int outputs) {
        int few = outputs <= PANEL ? FEW_PIXELS : FEW_PIXELS_OF_PANELS;
        return Simd.REGISTERS >= 32
                && window.stepW() == 1
                && window.columns().length == COLUMNS
                && window.contiguous()
                && window.targetW() >= few
                && channels <= PIXEL - 16
                && window.taps() * channels <= DEPTH;
    }

    /// Elements of a copy of what target rows `from` to `to` see, counted through all images.
    int length(int from, int to) {
        int images = (to - 1) / window.targetH() - from / window.targetH() + 1;
        return ((to - from) * window.stepH() + images * (height - window.stepH())) * rowLength();
    }

    /// Where the first element is that target row `row` sees, in a copy for rows from `from` on.
    int at(int row, int from) {
        int images = row / window.targetH() - from / window.targetH();
        return ((row - from) * window.stepH() + images * (height - window.stepH())) * rowLength();
    }

    /// Elements from what a target row sees to what the next one of the image sees.
    int rowPitch() {
        return window.stepH() * rowLength();
    }

    private int rowLength() {
        return width * PIXEL;
    }

    /// Where the elements are that a target pixel sees: tap row by tap row, channel by channel, tap
    /// column by tap column.
    int[] taps() {
        return taps;
    }

    private int[] table() {
        int[] table = new int[window.taps() * channels];
        for (int k = 0; k < table.length; k++) {
            int i = window.rows()[k / COLUMNS / channels] - top;
            table[k] = (i * width + k % COLUMNS) * PIXEL + k / COLUMNS % channels;
        }
        return table;
    }

    /// Copies the rows of a panel of the weight, `n` elements each, from the order tap by tap,
    /// channel by channel to that of [#taps].
    static void arrange(int taps, int channels, int n, float[] w, float[] y, int yo) {
        for (int tap = 0; tap < taps; tap++) {
            int to = yo + (tap / COLUMNS * channels * COLUMNS + tap % COLUMNS) * n;
            Pack.copyRows(channels, n, w, tap * channels * n, n, y, to, COLUMNS * n);
        }
    }

    /// Copies what target rows `from` to `to` see.
    void copy(int from, int to, float[] y, int yo) {
        int h = window.targetH();
        for (int row = from; row < to; ) {
            int next = window.endOfImage(row, to);
            copyImage(row / h, row % h, next - row, y, yo + at(row, from));
            row = next;
        }
    }

    /// What `rows` target rows of an image see, from row `i0` on.
    private void copyImage(int image, int i0, int rows, float[] y, int yo) {
        int h0 = i0 * window.stepH() + top;
        int h1 = h0 + (rows - 1) * window.stepH() + height;
        int from = Math.clamp(-left, 0, width);
        int to = Math.clamp(window.sourceW() - left, from, width);
        for (int h = h0; h < h1; h++) {
            int yh = yo + (h - h0) * rowLength();
            if (h < 0 || h >= window.sourceH()) {
                clear(y, yh, 0, width);
                continue;
            }
            int row = (image * window.sourceH() + h) * window.sourceW();
            int at = xo + (row + left + from) * pitch;
            clear(y, yh, 0, from);
            Pack.copyRows(to - from, channels, x, at, pitch, y, yh + from * PIXEL, PIXEL);
            clear(y, yh, to, width);
        }
    }

    private void clear(float[] y, int yo, int from, int to) {
        for (int j = from; j < to; j++) {
            Arrays.fill(y, yo + j * PIXEL, yo + j * PIXEL + channels, 0);
        }
    }
}
