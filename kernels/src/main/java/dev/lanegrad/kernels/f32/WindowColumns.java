package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Window;
import java.util.Arrays;

/// What target pixels see of a few channels in one column of their windows: a copy for each such
/// column, in the order of the target pixels, whose rows all tap rows read at an offset.
///
/// ```
///   for blocks of source channels, for columns of the window
///     copy the pixels of this column, rows above and below with them
///     for rows of the window, for panels of target channels, for tiles of pixels:  y := y + A·B
/// ```
///
/// A pixel is copied once for each column, where [WindowRows] copy it once for each tap, and the
/// panel that all tiles of a chunk meet stays in the first-level cache.
final class WindowColumns {
    /// Channels below which a run of a tile is too short.
    private static final int FEW_CHANNELS = 96;

    /// Target pixels of an image below which tiles, which end with it, are too small.
    private static final int FEW_PIXELS = 12;

    /// Target pixels of a row above which a chunk has too few rows for the ones above and below,
    /// copied with each chunk.
    private static final int MANY_COLUMNS = 320;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final int ldy;
    private final int top;
    private final int border;
    private final int rowLength;

    /// Channels-last images of `pitch` channels, of which the first one to be seen is at `xo`;
    /// copied pixels are `ldy` apart.
    WindowColumns(Window window, float[] x, int xo, int pitch, int ldy) {
        this.window = window;
        this.x = x;
        this.xo = xo;
        this.pitch = pitch;
        this.ldy = ldy;
        top = window.rows()[0];
        border = window.rows()[window.rows().length - 1] - top;
        rowLength = window.targetW() * ldy;
    }

    /// Whether the taps of a column share most of their pixels.
    static boolean overlap(Window window) {
        int rows = window.rows().length;
        return window.stepH() == 1
                && window.stepW() == 1
                && window.taps() > 1
                && window.rows()[rows - 1] - window.rows()[0] < 2 * rows;
    }

    /// Whether tiles should read so many channels in this way.
    static boolean serves(Window window, int channels) {
        return overlap(window)
                && channels >= FEW_CHANNELS
                && window.targetW() <= MANY_COLUMNS
                && window.targetH() * window.targetW() >= FEW_PIXELS;
    }

    /// Elements of a copy for target rows `from` to `to`, counted through all images.
    int length(int from, int to) {
        return place(to - 1, from) + (border + 1) * rowLength;
    }

    /// Where what target row `row` sees in row `tapRow` of the window begins, in a copy for rows
    /// from `from` on.
    int at(int tapRow, int row, int from) {
        return place(row, from) + (window.rows()[tapRow] - top) * rowLength;
    }

    /// Images do not share the rows above and below them.
    private int place(int row, int from) {
        int images = row / window.targetH() - from / window.targetH();
        return (row - from + images * border) * rowLength;
    }

    /// Copies channels `c0` to `c1` of what target rows `from` to `to` see in a column.
    void copy(int tapColumn, int c0, int c1, int from, int to, float[] y, int yo) {
        int h = window.targetH();
        for (int row = from; row < to; ) {
            int next = window.endOfImage(row, to);
            int first = row % h + top;
            int end = first + next - row + border;
            copyImage(row / h, first, end, tapColumn, c0, c1, y, yo + place(row, from));
            row = next;
        }
    }

    /// Rows `first` to `end` of an image, shifted by the column; zeros outside of the image.
    private void copyImage(
            int image, int first, int end, int tapColumn, int c0, int c1, float[] y, int yo) {
        int shift = window.columns()[tapColumn];
        int w = window.targetW();
        int from = Math.clamp(-shift, 0, w);
        int to = Math.clamp(window.sourceW() - shift, from, w);
        for (int h = first; h < end; h++) {
            int at = yo + (h - first) * rowLength;
            boolean inside = h >= 0 && h < window.sourceH();
            int left = inside ? from : w;
            clear(0, left, c1 - c0, y, at);
            if (inside) {
                int pixel = (image * window.sourceH() + h) * window.sourceW() + from + shift;
                int source = xo + pixel * pitch + c0;
                Pack.copyRows(to - from, c1 - c0, x, source, pitch, y, at + from * ldy, ldy);
                clear(to, w, c1 - c0, y, at);
            }
        }
    }

    private void clear(int from, int to, int n, float[] y, int yo) {
        for (int j = from; j < to; j++) {
            Arrays.fill(y, yo + j * ldy, yo + j * ldy + n, 0);
        }
    }
}
