package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.W;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;

/// The gradient of a convolution with respect to its weight from [WindowColumns]: the pixels that a
/// tap sees lie at one distance in the copy, wherever in the image they are, so that a run of a
/// tile passes over rows of them and no tap needs a copy of its own.
///
/// ```
/// for blocks of an image's rows
///   pack gy's pixels, run by run, into panels
///   for blocks of source channels, for columns of the window     (units)
///     copy the pixels of this column, rows above and below with them
///     for runs of rows, for rows of the window, for panels of gy, for tiles:  gw := gw + Aᵀ·B
/// ```
final class GradWeightColumns {
    /// Pixels summed in one run of a tile, about: a panel of gy, 32 KiB, stays in the first-level
    /// cache.
    private static final int RUN = Blocking.NEAR;

    /// Runs whose pixels are copied together.
    private static final int RUNS = 4;

    /// Channels that are copied together, at most.
    private static final int CHANNELS = 128;

    /// Channels and pixels of an image below which tiles are too small.
    private static final int FEW_CHANNELS = 6;

    private static final int FEW_PIXELS = 36;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int xPitch;
    private final int channels;
    private final float[] gy;
    private final int gyo;
    private final int pitch;
    private final int outputs;
    private final int channelBlocks;
    private final int blocksAnImage;

    /// As [ConvGradWeight].
    GradWeightColumns(
            Window window,
            float[] x,
            int xo,
            int xPitch,
            int channels,
            float[] gy,
            int gyo,
            int gyPitch,
            int outputs) {
        this.window = window;
        this.x = x;
        this.xo = xo;
        this.xPitch = xPitch;
        this.channels = channels;
        this.gy = gy;
        this.gyo = gyo;
        this.pitch = gyPitch;
        this.outputs = outputs;
        this.channelBlocks = Blocking.parts(channels, CHANNELS);
        int pixels = window.targetH() * window.targetW();
        this.blocksAnImage = Math.min(Blocking.parts(pixels, RUN * RUNS), window.targetH());
    }

    /// Whether pixels should be read in this way.
    static boolean serves(Window window, int channels) {
        return WindowColumns.overlap(window)
                && channels >= FEW_CHANNELS
                && window.targetH() * window.targetW() >= FEW_PIXELS;
    }

    /// Blocks of rows of all images.
    int blocks() {
        return window.n() * blocksAnImage;
    }

    /// Parts of gw that can be computed apart.
    int units() {
        return channelBlocks * window.columns().length;
    }

    /// Units `u0` to `u1` of gw, summed over blocks `b0` to `b1`: written to gw's rows, `ldw` apart
    /// from `gwo`.
    void part(int b0, int b1, int u0, int u1, float[] gw, int gwo, int ldw) {
        int h = window.targetH();
        int rows = Blocking.parts(h, blocksAnImage);
        int lda = (Blocking.parts(Blocking.parts(channels, channelBlocks), 16) | 1) * 16;
        WindowColumns columns = new WindowColumns(window, x, xo, xPitch, lda);
        float[] copy = Blocking.aligned(columns.length(0, rows));
        float[] panels = Blocking.aligned(rows * window.targetW() * panelsWidth());
        Rows a = Rows.columnsInPlace(0, 0, copy, LINE, lda);
        for (int block = b0; block < b1; block++) {
            int image = block / blocksAnImage * h;
            int from = image + Blocking.start(block % blocksAnImage, h, blocksAnImage);
            int to = image + Blocking.start(block % blocksAnImage + 1, h, blocksAnImage);
            packPanels(from, to, panels);
            for (int unit = u0; unit < u1; unit++) {
                int column = unit % window.columns().length;
                int c0 = Blocking.start(unit / window.columns().length, channels, channelBlocks);
                int c1 =
                        Blocking.start(unit / window.columns().length + 1, channels, channelBlocks);
                columns.copy(column, c0, c1, from, to, copy, LINE);
                for (int r = 0; r < runs(from, to); r++) {
                    boolean first = block == b0 && r == 0;
                    for (int t = 0; t < window.rows().length; t++) {
                        int row = start(r, from, to);
                        int n = (start(r + 1, from, to) - row) * window.targetW();
                        a.move(c1 - c0, n, LINE + columns.at(t, row, from));
                        int tap = t * window.columns().length + column;
                        int at = gwo + (tap * channels + c0) * ldw;
                        int b = LINE + (row - from) * window.targetW() * panelsWidth();
                        multiply(a, n, panels, b, first, gw, at, ldw);
                    }
                }
            }
        }
        a.release();
        Scratch.release(copy);
        Scratch.release(panels);
    }

    /// Runs that rows `from` to `to` are cut into.
    private int runs(int from, int to) {
        return Math.min(Blocking.parts((to - from) * window.targetW(), RUN), to - from);
    }

    /// The first row of run `r`.
    private int start(int r, int from, int to) {
        return from + Blocking.start(r, to - from, runs(from, to));
    }

    private int panelsWidth() {
        return Blocking.parts(outputs, W) * W;
    }

    /// Rows `from` to `to` of gy, each run a matrix of panels of its own.
    private void packPanels(int from, int to, float[] panels) {
        int w = window.targetW();
        for (int r = 0; r < runs(from, to); r++) {
            int row = start(r, from, to);
            int n = (start(r + 1, from, to) - row) * w;
            int b = LINE + (row - from) * w * panelsWidth();
            for (int j = 0; j < outputs; j += NR) {
                int at = gyo + row * w * pitch + j;
                Pack.panel(n, Math.min(NR, outputs - j), gy, at, pitch, 1, panels, b + j * n);
            }
        }
    }

    private void multiply(
            Rows a, int n, float[] panels, int bo, boolean first, float[] gw, int at, int ldw) {
        for (int j = 0; j < outputs; j += NR) {
            int width = Math.min(NR, outputs - j);
            float[] z = first ? ZEROS : gw;
            int zo = first ? 0 : at + j;
            a.multiply(width, panels, bo + j * n, z, zo, first ? 0 : ldw, gw, at + j, ldw);
        }
    }
}
