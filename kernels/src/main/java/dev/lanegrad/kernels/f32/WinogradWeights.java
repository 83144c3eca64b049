package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.WinogradRows.POSITIONS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;

/// The weight of a Winograd convolution as the right factors of its 36 matrix products: a row for
/// each source channel, a column for each target channel, cut into blocks of rows and panels of
/// columns.
final class WinogradWeights {
    /// Source channels mapped at a time.
    private static final int CHANNELS = 16;

    private static final int SKEW = 80;

    private final int channels;
    private final int outputs;
    private final int position;
    private final float[] panels;
    private final boolean pooled;

    private WinogradWeights(int channels, int outputs, float[] panels, boolean pooled) {
        this.channels = channels;
        this.outputs = outputs;
        this.panels = panels;
        this.pooled = pooled;
        position = channels * outputs + SKEW;
    }

    /// Maps the weight of `channels` source and `outputs` target channels at `w`.
    static WinogradWeights map(int channels, int outputs, WinogradWindow w) {
        float[] panels = Blocking.aligned(length(channels, outputs));
        WinogradWeights mapped = new WinogradWeights(channels, outputs, panels, true);
        mapped.fill(w);
        return mapped;
    }

    /// What [#fill] has left in `panels`, or will.
    static WinogradWeights in(float[] panels, int channels, int outputs) {
        return new WinogradWeights(channels, outputs, panels, false);
    }

    /// Elements of the 36 factors.
    static int length(int channels, int outputs) {
        return POSITIONS * (channels * outputs + SKEW);
    }

    /// Maps the weight at `w`.
    void fill(WinogradWindow w) {
        int panelCount = Blocking.parts(outputs, NR);
        Parallel.run(
                Blocking.parts(channels, CHANNELS) * panelCount,
                1,
                (from, to) -> {
                    float[] window = Scratch.floats(9 * CHANNELS * NR);
                    float[] half = Blocking.aligned(18 * CHANNELS * NR);
                    for (int i = from; i < to; i++) {
                        int c = i / panelCount * CHANNELS;
                        int j = i % panelCount * NR;
                        int count = Math.min(CHANNELS, channels - c);
                        int width = Math.min(NR, outputs - j);
                        w.pack(c, j, count, width, window);
                        mapPanel(c, j, count * width, window, half);
                    }
                    Scratch.release(half);
                    Scratch.release(window);
                });
    }

    private void mapPanel(int c, int j, int n, float[] window, float[] half) {
        WinogradMaps.weight(n, 3, window, 0, 3 * n, n, half, LINE, 3 * n, n);
        int to = panelRow(0, c, j);
        WinogradMaps.weight(n, 6, half, LINE, n, 3 * n, panels, to, position, 6 * position);
    }

    /// The array of the panels.
    float[] panels() {
        return panels;
    }

    /// Where the panel from column `j` on begins, of block `step` of rows, at `position`.
    int panel(int position, int step, int j) {
        int rows = Math.min(KC, channels - step * KC);
        return LINE + position * this.position + step * KC * outputs + j * rows;
    }

    /// Where row `c` of the panel from column `j` on begins, at `position`.
    int panelRow(int position, int c, int j) {
        int step = c / KC;
        return panel(position, step, j) + (c - step * KC) * Math.min(NR, outputs - j);
    }

    /// Gives scratch back.
    void release() {
        if (pooled) {
            Scratch.release(panels);
        }
    }
}
