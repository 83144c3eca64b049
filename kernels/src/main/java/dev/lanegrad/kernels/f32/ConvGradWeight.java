package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;

/// The gradient of a convolution with respect to its weight, `gw := Aᵀ·gy`, where A is the window's
/// matrix of x.
///
/// ```
/// for blocks of gw's rows (taps and input channels)        (in parallel)
///   for pixels, PIXELS at a time
///     gather what the pixels see of these rows             (WindowRows)
///     for panels of gy:  copy it, then for tiles  gw := gw + Aᵀ·B
/// ```
///
/// Each element of gw is summed by one chunk, pixel block after pixel block.
final class ConvGradWeight {
    /// Pixels summed in one run of a tile.
    private static final int PIXELS = 192;

    /// Rows of gw in one chunk of work.
    private static final int ROWS = 96;

    private final Window window;
    private final WindowRows x;
    private final int depth;
    private final float[] gy;
    private final int gyo;
    private final int pitch;
    private final int outputs;

    /// Channels `xo` to `xo + channels` of images of `xPitch` channels, and channels `gyo` to `gyo
    /// + outputs` of gradients of `gyPitch` channels.
    ConvGradWeight(
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
        this.x = new WindowRows(window, x, xo, xPitch, channels);
        this.depth = window.taps() * channels;
        this.gy = gy;
        this.gyo = gyo;
        this.pitch = gyPitch;
        this.outputs = outputs;
    }

    /// Writes gw: its row `[tap row, tap column, channel]` is the `outputs` elements from `gwo`
    /// plus `ldw` times the row's number.
    void run(float[] gw, int gwo, int ldw) {
        int chunks = Blocking.parts(depth, ROWS);
        Parallel.run(
                chunks,
                1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int k0 = Blocking.start(i, depth, chunks);
                        int k1 = Blocking.start(i + 1, depth, chunks);
                        rows(k0, k1, gw, gwo + k0 * ldw, ldw);
                    }
                });
    }

    private void rows(int k0, int k1, float[] gw, int gwo, int ldw) {
        int rows = k1 - k0;
        int lda = (Blocking.parts(rows, 16) | 1) * 16;
        int pixels = window.pixels();
        int blocks = Blocking.parts(pixels, PIXELS);
        float[] a = Scratch.floats(PIXELS * lda);
        float[] panel = Scratch.floats(PIXELS * NR);
        boolean inPlace = pitch == NR && outputs == NR;
        for (int i = 0; i < blocks; i++) {
            int p0 = Blocking.start(i, pixels, blocks);
            int n = Blocking.start(i + 1, pixels, blocks) - p0;
            x.pack(p0, p0 + n, k0, k1, a, 0, lda);
            Rows columns = Rows.columnsInPlace(rows, n, a, 0, lda);
            for (int j = 0; j < outputs; j += NR) {
                int width = Math.min(NR, outputs - j);
                float[] b = inPlace ? gy : panel;
                int bo = inPlace ? gyo + p0 * pitch : 0;
                if (!inPlace) {
                    Pack.panel(n, width, gy, gyo + p0 * pitch + j, pitch, 1, panel, 0);
                }
                float[] z = i > 0 ? gw : ZEROS;
                int zo = i > 0 ? gwo + j : 0;
                columns.multiply(width, b, bo, z, zo, i > 0 ? ldw : 0, gw, gwo + j, ldw);
            }
            columns.release();
        }
        Scratch.release(a);
        Scratch.release(panel);
    }
}
