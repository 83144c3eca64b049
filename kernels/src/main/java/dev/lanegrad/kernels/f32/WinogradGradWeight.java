package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;
import static dev.lanegrad.kernels.f32.WinogradRows.CHANNELS;
import static dev.lanegrad.kernels.f32.WinogradRows.POSITIONS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;

/// The gradient of a Winograd convolution with respect to its weight: the transposed maps in
/// reverse order.
///
/// ```
/// for segments of the tiles, for blocks of tiles                    (in parallel)
///   map what the tiles see                                          (WinogradRows)
///   map the tiles' gradients to panels
///   for the 36 positions in a tile:  sums := sums + rowsᵀ · panels
/// add the segments' sums, map them to gw                            (in parallel)
/// ```
///
/// Sums of many channels are too large for more than one segment, whose steps then are in parallel.
/// Sums for few tiles are made part by part, so that they, four times as many as gw has elements,
/// never leave the caches:
///
/// ```
/// map what the tiles see, and their gradients to panels
/// for panels of target channels x source channels, CHANNELS at a time   (in parallel)
///   for the 36 positions in a tile:  sums := rowsᵀ · panel
///   map the sums to a part of gw
/// ```
final class WinogradGradWeight {
    private static final int GRAIN = 8;

    /// Elements of gw mapped at a time.
    private static final int ELEMENTS = 256;

    /// Sums that parts of the tiles, side by side, may have in all.
    private static final int SUMS = 1 << 21;

    /// Segments that are too few for threads to share them evenly.
    private static final int FEW_SEGMENTS = 4;

    /// Rows of a panel's sums mapped at a time.
    private static final int ROWS = ELEMENTS / NR;

    private static final int SKEW = 80;

    private final TileGrid source;
    private final TileGrid target;
    private final int tiles;
    private final int channels;
    private final int outputs;

    /// For `tiles` tiles in all, of `source.pitch()` to `target.pitch()` channels.
    WinogradGradWeight(TileGrid source, TileGrid target, int tiles) {
        this.source = source;
        this.target = target;
        this.tiles = tiles;
        this.channels = source.pitch();
        this.outputs = target.pitch();
    }

    /// Writes gw, dense `[3, 3, channels, outputs]` from `gwo`.
    void run(float[] x, int xo, float[] gy, int gyo, float[] gw, int gwo) {
        if (WinogradBlocks.few(tiles, channels, outputs)) {
            byParts(x, xo, gy, gyo, gw, gwo);
            return;
        }
        int block = WinogradBlocks.blockSize(tiles, channels, outputs);
        int blocks = Blocking.parts(tiles, block);
        int size = channels * outputs;
        int position = size + SKEW;
        int all = POSITIONS * position;
        int most = Math.min(Math.min(blocks / 2, SUMS / all), Blocking.CHUNKS);
        int segments = most < FEW_SEGMENTS ? 1 : most;
        float[] sums = Blocking.aligned(segments * all);
        Parallel.run(
                segments,
                1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int t0 = Blocking.start(i, blocks, segments) * block;
                        int t1 = Math.min(Blocking.start(i + 1, blocks, segments) * block, tiles);
                        segment(t0, t1, block, x, xo, gy, gyo, sums, LINE + i * all, position);
                    }
                });
        Parallel.run(
                size,
                16 * ELEMENTS,
                (from, to) -> write(from, to, segments, sums, position, gw, gwo));
        Scratch.release(sums);
    }

    /// The sums of tiles `from` to `to`, `block` at a time.
    private void segment(
            int from,
            int to,
            int block,
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            int position) {
        WinogradRows rows = new WinogradRows(source, x, xo, channels, block);
        int panel = block * outputs + SKEW;
        float[] panels = Blocking.aligned(POSITIONS * panel);
        for (int t = from; t < to; t += block) {
            int count = Math.min(block, to - t);
            boolean first = t == from;
            rows.read(t, t + count);
            read(t, count, gy, gyo, panels, panel);
            Parallel.run(
                    POSITIONS * rows.steps(),
                    1,
                    (i0, i1) -> {
                        for (int i = i0; i < i1; i++) {
                            int p = i / rows.steps();
                            int step = i % rows.steps();
                            int at = so + p * position + step * KC * outputs;
                            Rows a = rows.columns(p, step * KC, rows.width(step), count);
                            multiply(a, count, panels, LINE + p * panel, sums, at, first);
                            a.release();
                        }
                    });
        }
        Scratch.release(panels);
        rows.release();
    }

    private void byParts(float[] x, int xo, float[] gy, int gyo, float[] gw, int gwo) {
        WinogradRows rows = new WinogradRows(source, x, xo, channels, tiles);
        rows.read(0, tiles);
        int panel = tiles * outputs + SKEW;
        float[] panels = Blocking.aligned(POSITIONS * panel);
        read(0, tiles, gy, gyo, panels, panel);
        int depths = Blocking.parts(channels, CHANNELS);
        Parallel.run(
                depths * Blocking.parts(outputs, NR),
                1,
                (from, to) -> {
                    int position = CHANNELS * NR + SKEW;
                    float[] sums = Blocking.aligned(POSITIONS * position);
                    float[] half = Blocking.aligned(18 * ELEMENTS);
                    for (int i = from; i < to; i++) {
                        int c = i % depths * CHANNELS;
                        int j = i / depths * NR;
                        int depth = Math.min(CHANNELS, channels - c);
                        int n = Math.min(NR, outputs - j);
                        for (int p = 0; p < POSITIONS; p++) {
                            int bo = LINE + p * panel + j * tiles;
                            Rows a = rows.columns(p, c, depth, tiles);
                            a.multiply(n, panels, bo, ZEROS, 0, 0, sums, LINE + p * position, n);
                            a.release();
                        }
                        int at = gwo + c * outputs + j;
                        for (int r = 0; r < depth; r += ROWS) {
                            int count = Math.min(ROWS, depth - r);
                            map(n, count, sums, LINE + r * n, position, half, gw, at + r * outputs);
                        }
                    }
                    Scratch.release(half);
                    Scratch.release(sums);
                });
        Scratch.release(panels);
        rows.release();
    }

    private void read(int first, int count, float[] gy, int gyo, float[] panels, int panel) {
        Parallel.run(
                count,
                GRAIN,
                (from, to) -> {
                    float[] edge = Scratch.floats(16 * NR);
                    float[] half = Blocking.aligned(24 * NR);
                    for (int t = from; t < to; t++) {
                        for (int j = 0; j < outputs; j += NR) {
                            int n = Math.min(NR, outputs - j);
                            int at = LINE + j * count + t * n;
                            tile(first + t, n, gy, gyo + j, edge, half);
                            WinogradMaps.gradOutput(
                                    n, 6, half, LINE, n, 4 * n, panels, at, panel, 6 * panel);
                        }
                    }
                    Scratch.release(half);
                    Scratch.release(edge);
                });
    }

    private void tile(int t, int n, float[] gy, int gyo, float[] edge, float[] half) {
        if (target.inside(t)) {
            int at = gyo + target.at(t);
            int row = target.w() * outputs;
            WinogradMaps.gradOutput(n, 4, gy, at, row, outputs, half, LINE, 4 * n, n);
        } else {
            target.read(t, n, gy, gyo, edge);
            WinogradMaps.gradOutput(n, 4, edge, 0, 4 * n, n, half, LINE, 4 * n, n);
        }
    }

    private void multiply(
            Rows a, int count, float[] panels, int bo, float[] sums, int at, boolean first) {
        for (int j = 0; j < outputs; j += NR) {
            float[] z = first ? ZEROS : sums;
            int zo = first ? 0 : at + j;
            int ldz = first ? 0 : outputs;
            int width = Math.min(NR, outputs - j);
            a.multiply(width, panels, bo + j * count, z, zo, ldz, sums, at + j, outputs);
        }
    }

    private void write(
            int from, int to, int segments, float[] sums, int position, float[] gw, int gwo) {
        float[] half = Blocking.aligned(18 * ELEMENTS);
        int all = POSITIONS * position;
        for (int i = from; i < to; i += ELEMENTS) {
            int n = Math.min(ELEMENTS, to - i);
            int at = LINE + i;
            for (int p = 0; p < POSITIONS && segments > 1; p++) {
                int sum = at + p * position;
                ConvGradWeight.addRow(segments, all, sums, sum, sums, sum, n);
            }
            map(n, 1, sums, at, position, half, gw, gwo + i);
        }
        Scratch.release(half);
    }

    /// `rows` rows of `n` elements of each of the 36 sums, at most ELEMENTS, to the nine parts of
    /// gw.
    private void map(
            int n, int rows, float[] sums, int at, int position, float[] half, float[] gw, int to) {
        int size = channels * outputs;
        int m = rows * n;
        WinogradMaps.gradWeight(m, 6, sums, at, 6 * position, position, half, LINE, 6 * m, m);
        for (int r = 0; r < rows; r++) {
            int from = LINE + r * n;
            int row = to + r * outputs;
            WinogradMaps.gradWeight(n, 3, half, from, m, 6 * m, gw, row, size, 3 * size);
        }
    }
}
