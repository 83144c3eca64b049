package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
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

    private WinogradWeights(int channels, int outputs) {
        this.channels = channels;
        this.outputs = outputs;
        position = channels * outputs + SKEW;
        panels = Blocking.panels(POSITIONS * position);
    }

    /// Maps the weight of `channels` source and `outputs` target channels at `w`.
    static WinogradWeights map(int channels, int outputs, WinogradWindow w) {
        WinogradWeights mapped = new WinogradWeights(channels, outputs);
        int panelCount = Blocking.parts(outputs, NR);
        Parallel.run(
                Blocking.parts(channels, CHANNELS) * panelCount,
                1,
                (from, to) -> {
                    float[] window = Scratch.floats(9 * CHANNELS * NR);
                    float[] half = Scratch.floats(18 * CHANNELS * NR);
                    for (int i = from; i < to; i++) {
                        int c = i / panelCount * CHANNELS;
                        int j = i % panelCount * NR;
                        int count = Math.min(CHANNELS, channels - c);
                        int width = Math.min(NR, outputs - j);
                        w.pack(c, j, count, width, window);
                        mapped.mapPanel(c, j, count * width, window, half);
                    }
                    Scratch.release(half);
                    Scratch.release(window);
                });
        return mapped;
    }

    private void mapPanel(int c, int j, int n, float[] window, float[] half) {
        WinogradMaps.weight(n, 3, window, 0, 3 * n, n, half, 0, 3 * n, n);
        int step = c / KC;
        int to = panel(0, step, j) + (c - step * KC) * Math.min(NR, outputs - j);
        WinogradMaps.weight(n, 6, half, 0, n, 3 * n, panels, to, position, 6 * position);
    }

    /// The array of the panels.
    float[] panels() {
        return panels;
    }

    /// Where the panel from column `j` on begins, of block `step` of rows, at `position`.
    int panel(int position, int step, int j) {
        int rows = Math.min(KC, channels - step * KC);
        return Blocking.LINE + position * this.position + step * KC * outputs + j * rows;
    }

    /// Gives the scratch back.
    void release() {
        Scratch.release(panels);
    }
}
