package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.NEAR;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.W;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;

/// The weight of a convolution as the right factor of a matrix product: a row for each tap and
/// source channel, a column for each target channel, cut into blocks of rows and panels of columns.
///
/// For [WindowOrder#PIXELS] all rows are one block, for [WindowOrder#COLUMNS] those of a tap and a
/// block of channels.
final class ConvWeights {
    /// Target pixels for which a weight that is in order already is copied to cache lines.
    private static final int MANY_PIXELS = 64;

    private final Window window;
    private final int channels;
    private final int outputs;
    private final WindowOrder order;
    private final int channelBlocks;
    private final int steps;
    private final float[] panels;
    private final int at;
    private final boolean pooled;

    private ConvWeights(
            Window window, int channels, int outputs, float[] panels, int at, boolean pooled) {
        this.window = window;
        this.channels = channels;
        this.outputs = outputs;
        this.order = WindowOrder.of(window, channels, outputs);
        this.channelBlocks = Blocking.parts(channels, NEAR);
        this.steps =
                switch (order) {
                    case ROWS -> Blocking.parts(depth(), KC);
                    case COLUMNS -> channelBlocks * window.taps();
                    case PIXELS -> 1;
                };
        this.panels = panels;
        this.at = at;
        this.pooled = pooled;
    }

    /// Copies the weight of `channels` source and `outputs` target channels. Element `[tap row, tap
    /// column, source channel, target channel]` is at `wo` plus the strides' sum.
    static ConvWeights pack(
            Window window,
            int channels,
            int outputs,
            float[] w,
            int wo,
            int rowStride,
            int columnStride,
            int channelStride,
            int outputStride) {
        int row = channels * outputs;
        boolean usable =
                window.pixels() < MANY_PIXELS
                        && WindowOrder.of(window, channels, outputs) == WindowOrder.ROWS
                        && Blocking.readable(w)
                        && outputs == NR
                        && outputStride == 1
                        && channelStride == outputs
                        && columnStride == row
                        && rowStride == window.columns().length * row
                        && inOrder(window.tapRows())
                        && inOrder(window.tapColumns());
        if (usable) {
            return new ConvWeights(window, channels, outputs, w, wo, false);
        }
        float[] panels = Blocking.aligned(length(window, channels, outputs));
        ConvWeights packed =
                new ConvWeights(window, channels, outputs, panels, Blocking.LINE, true);
        packed.fill(w, wo, rowStride, columnStride, channelStride, outputStride);
        return packed;
    }

    /// What [#fill] has left in `panels` from `at` on, or will.
    static ConvWeights at(Window window, int channels, int outputs, float[] panels, int at) {
        return new ConvWeights(window, channels, outputs, panels, at, false);
    }

    /// Elements of a copy.
    static int length(Window window, int channels, int outputs) {
        return window.taps() * channels * (Blocking.parts(outputs, W) * W);
    }

    /// Copies the weight, as [#pack].
    void fill(
            float[] w,
            int wo,
            int rowStride,
            int columnStride,
            int channelStride,
            int outputStride) {
        int panelCount = Blocking.parts(outputs, panelWidth());
        Parallel.run(
                steps * panelCount,
                1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int j = i % panelCount * panelWidth();
                        int first = wo + j * outputStride;
                        packPanel(
                                i / panelCount,
                                j,
                                w,
                                first,
                                rowStride,
                                columnStride,
                                channelStride,
                                outputStride);
                    }
                });
    }

    private static boolean inOrder(int[] taps) {
        for (int t = 0; t < taps.length; t++) {
            if (taps[t] != t) {
                return false;
            }
        }
        return true;
    }

    private void packPanel(
            int step,
            int j,
            float[] w,
            int wo,
            int rowStride,
            int columnStride,
            int channelStride,
            int outputStride) {
        int width = Math.min(panelWidth(), outputs - j);
        int pitch = Blocking.parts(width, W) * W;
        int at = panel(step, j);
        switch (order) {
            case ROWS -> {
                int k1 = start(step + 1);
                for (int k = start(step); k < k1; ) {
                    int c = k % channels;
                    int count = Math.min(channels - c, k1 - k);
                    int from = wo + tap(k / channels, rowStride, columnStride) + c * channelStride;
                    Pack.panel(count, width, w, from, channelStride, outputStride, panels, at);
                    at += count * pitch;
                    k += count;
                }
            }
            case COLUMNS -> {
                int columns = window.columns().length;
                int tap = tapRow(step) * columns + tapColumn(step);
                int c = firstChannel(step);
                int count = start(step + 1) - start(step);
                int from = wo + tap(tap, rowStride, columnStride) + c * channelStride;
                Pack.panel(count, width, w, from, channelStride, outputStride, panels, at);
            }
            case PIXELS -> {
                float[] rows = Scratch.floats(depth() * pitch);
                for (int tap = 0; tap < window.taps(); tap++) {
                    int from = wo + tap(tap, rowStride, columnStride);
                    int to = tap * channels * pitch;
                    Pack.panel(channels, width, w, from, channelStride, outputStride, rows, to);
                }
                WindowPixels.arrange(window.taps(), channels, pitch, rows, panels, at);
                Scratch.release(rows);
            }
        }
    }

    /// Where a tap's elements begin in the weight.
    private int tap(int tap, int rowStride, int columnStride) {
        int columns = window.columns().length;
        return window.tapRows()[tap / columns] * rowStride
                + window.tapColumns()[tap % columns] * columnStride;
    }

    /// Columns of a panel.
    int panelWidth() {
        return order == WindowOrder.PIXELS ? WindowPixels.PANEL : NR;
    }

    /// Number of rows: what one target element sums over.
    int depth() {
        return window.taps() * channels;
    }

    /// Number of blocks of rows.
    int steps() {
        return steps;
    }

    /// First row of block `step`.
    int start(int step) {
        if (order != WindowOrder.COLUMNS) {
            return Blocking.start(step, depth(), steps);
        }
        int taps = window.taps();
        int c = firstChannel(step);
        int count = Blocking.start(step / taps + 1, channels, channelBlocks) - c;
        return step == steps ? depth() : taps * c + step % taps * count;
    }

    /// The first channel of block `step`, if these are of [WindowOrder#COLUMNS].
    int firstChannel(int step) {
        return Blocking.start(step / window.taps(), channels, channelBlocks);
    }

    /// The tap column of block `step`, if these are of [WindowOrder#COLUMNS].
    int tapColumn(int step) {
        return step % window.taps() / window.rows().length;
    }

    /// The tap row of block `step`, if these are of [WindowOrder#COLUMNS].
    int tapRow(int step) {
        return step % window.rows().length;
    }

    /// The order of the rows.
    WindowOrder order() {
        return order;
    }

    /// The array of the panels.
    float[] panels() {
        return panels;
    }

    /// Where the panel from column `j` on begins, of block `step`.
    int panel(int step, int j) {
        int k0 = start(step);
        return at + k0 * (Blocking.parts(outputs, W) * W) + j * (start(step + 1) - k0);
    }

    /// Gives the copy back.
    void release() {
        if (pooled) {
            Scratch.release(panels);
        }
    }
}
