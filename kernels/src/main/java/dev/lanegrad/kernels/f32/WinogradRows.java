package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.LDA;
import static dev.lanegrad.kernels.f32.Blocking.LINE;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;

/// A block of image tiles, mapped for a Winograd convolution: 36 matrices, one for each position in
/// a tile, with a row for each tile and a column for each channel.
final class WinogradRows {
    /// Positions in a tile, hence matrix products of a convolution.
    static final int POSITIONS = 36;

    /// Channels mapped at a time: the halfway result stays in the first-level cache.
    static final int CHANNELS = 128;

    /// Elements between the matrices' ends and beginnings, so that the 36 elements that a tile
    /// writes do not all fall into the same few lines of the caches.
    static final int SKEW = 16;

    private static final int GRAIN = 8;

    private final TileGrid grid;
    private final float[] x;
    private final int xo;
    private final int channels;
    private final int panel;
    private final int position;
    private final float[] rows;

    /// Channels `xo` to `xo + channels` of the grid's images, up to `capacity` tiles at a time.
    WinogradRows(TileGrid grid, float[] x, int xo, int channels, int capacity) {
        this.grid = grid;
        this.x = x;
        this.xo = xo;
        this.channels = channels;
        panel = capacity * LDA;
        position = steps() * panel + SKEW;
        rows = Blocking.aligned(POSITIONS * position);
    }

    /// Number of blocks of [Blocking#KC] channels.
    int steps() {
        return Blocking.parts(channels, KC);
    }

    /// Channels of block `step`.
    int width(int step) {
        return Math.min(KC, channels - step * KC);
    }

    /// Maps tiles `from` to `to`.
    void read(int from, int to) {
        Parallel.run(
                to - from,
                GRAIN,
                (t0, t1) -> {
                    float[] edge = Scratch.floats(POSITIONS * CHANNELS);
                    float[] half = Blocking.aligned(POSITIONS * CHANNELS);
                    for (int t = t0; t < t1; t++) {
                        for (int c = 0; c < channels; c += CHANNELS) {
                            map(from + t, t, c, edge, half);
                        }
                    }
                    Scratch.release(half);
                    Scratch.release(edge);
                });
    }

    private void map(int tile, int row, int c, float[] edge, float[] half) {
        int n = Math.min(CHANNELS, channels - c);
        if (grid.inside(tile)) {
            int at = xo + grid.at(tile) + c;
            int pitch = grid.pitch();
            WinogradMaps.input(n, 6, x, at, grid.w() * pitch, pitch, half, LINE, 6 * n, n);
        } else {
            grid.read(tile, n, x, xo + c, edge);
            WinogradMaps.input(n, 6, edge, 0, 6 * n, n, half, LINE, 6 * n, n);
        }
        int to = place(0, c) + row * LDA;
        WinogradMaps.input(n, 6, half, LINE, n, 6 * n, rows, to, position, 6 * position);
    }

    /// Tiles by rows, none yet: see [#move].
    Rows rows() {
        return Rows.ready(0, 0, rows, LINE);
    }

    /// Turns `a` to the first `count` tiles at `position`, `n` channels from `c` on, all of one
    /// block: a row for each tile.
    void move(Rows a, int position, int c, int n, int count) {
        a.move(count, n, place(position, c));
    }

    /// The first `count` tiles at `position`, `n` channels from `c` on, all of one block: a row for
    /// each channel.
    Rows columns(int position, int c, int n, int count) {
        return Rows.columnsInPlace(n, count, rows, place(position, c), LDA);
    }

    /// Where channel `c` of the first tile is, at `position`.
    private int place(int position, int c) {
        return LINE + position * this.position + c / KC * panel + c % KC;
    }

    /// Gives the scratch back.
    void release() {
        Scratch.release(rows);
    }
}
