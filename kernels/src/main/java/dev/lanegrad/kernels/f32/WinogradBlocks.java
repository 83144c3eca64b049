package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;
import static dev.lanegrad.kernels.f32.WinogradRows.CHANNELS;
import static dev.lanegrad.kernels.f32.WinogradRows.POSITIONS;
import static dev.lanegrad.kernels.f32.WinogradRows.SKEW;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// A Winograd convolution, block of tiles by block of tiles.
///
/// ```
/// for blocks of tiles                                       (in parallel, if there are many)
///   map what the tiles see                                  (WinogradRows)
///   for the 36 positions in a tile:  products := rows · weights
///   map the products to the tiles' pixels
/// ```
final class WinogradBlocks {
    /// Rows of a tile of the matrix products.
    private static final int ROWS = 6;

    private static final int GRAIN = 8;

    private static final float[] NOTHING = new float[CHANNELS];

    private final TileGrid source;
    private final TileGrid target;
    private final int tiles;
    private final int channels;
    private final int outputs;
    private final WinogradWeights weights;

    /// The convolution of `tiles` tiles in all, of `source.pitch()` to `target.pitch()` channels.
    WinogradBlocks(TileGrid source, TileGrid target, int tiles, WinogradWeights weights) {
        this.source = source;
        this.target = target;
        this.tiles = tiles;
        this.channels = source.pitch();
        this.outputs = target.pitch();
        this.weights = weights;
    }

    /// Tiles of a block, by measurement; depends on sizes alone. Few, so that their rows and
    /// products stay in the second-level cache; more where there are more weights, all of which
    /// every block reads.
    static int blockSize(int tiles, int channels, int outputs) {
        long both = (long) channels + outputs;
        int most = (int) Math.clamp(both * both / 1024, 3 * ROWS, 32 * ROWS);
        int blocks = Blocking.parts(tiles, most);
        return Blocking.parts(Blocking.parts(tiles, blocks), ROWS) * ROWS;
    }

    /// `y := bias + ` the convolution of x.
    void run(float[] x, int xo, float @Nullable [] bias, int bo, float[] y, int yo) {
        int size = blockSize(tiles, channels, outputs);
        if (tiles / size < Blocking.CHUNKS) {
            run(0, tiles, size, x, xo, bias, bo, y, yo);
        } else {
            Parallel.run(tiles, size, (from, to) -> run(from, to, size, x, xo, bias, bo, y, yo));
        }
    }

    private void run(
            int from,
            int to,
            int size,
            float[] x,
            int xo,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo) {
        WinogradRows rows = new WinogradRows(source, x, xo, channels, size);
        int ldc = outputs + SKEW;
        int position = size * ldc + SKEW;
        float[] products = Scratch.floats(POSITIONS * position);
        for (int t0 = from; t0 < to; t0 += size) {
            int count = Math.min(size, to - t0);
            rows.read(t0, t0 + count);
            Parallel.run(
                    POSITIONS,
                    1,
                    (p0, p1) -> {
                        for (int p = p0; p < p1; p++) {
                            multiply(rows, p, count, products, p * position, ldc);
                        }
                    });
            write(t0, count, products, position, bias, bo, y, yo);
        }
        Scratch.release(products);
        rows.release();
    }

    private void multiply(WinogradRows rows, int p, int count, float[] c, int co, int ldc) {
        float[] b = weights.panels();
        for (int step = 0; step < rows.steps(); step++) {
            Rows a = rows.rows(p, step, count);
            for (int j = 0; j < outputs; j += NR) {
                float[] z = step > 0 ? c : ZEROS;
                int zo = step > 0 ? co + j : 0;
                int ldz = step > 0 ? ldc : 0;
                int width = Math.min(NR, outputs - j);
                a.multiply(width, b, weights.panel(p, step, j), z, zo, ldz, c, co + j, ldc);
            }
            a.release();
        }
    }

    private void write(
            int first,
            int count,
            float[] products,
            int position,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo) {
        Parallel.run(
                count,
                GRAIN,
                (from, to) -> {
                    float[] half = Scratch.floats(24 * CHANNELS);
                    float[] edge = Scratch.floats(16 * CHANNELS);
                    for (int t = from; t < to; t++) {
                        int at = t * (outputs + SKEW);
                        for (int j = 0; j < outputs; j += CHANNELS) {
                            int n = Math.min(CHANNELS, outputs - j);
                            WinogradMaps.output(
                                    n,
                                    6,
                                    products,
                                    at + j,
                                    6 * position,
                                    position,
                                    NOTHING,
                                    0,
                                    half,
                                    0,
                                    6 * n,
                                    n);
                            float[] z = bias != null ? bias : NOTHING;
                            int zo = bias != null ? bo + j : 0;
                            tile(first + t, n, half, z, zo, edge, y, yo + j);
                        }
                    }
                    Scratch.release(edge);
                    Scratch.release(half);
                });
    }

    private void tile(
            int t, int n, float[] half, float[] z, int zo, float[] edge, float[] y, int yo) {
        if (target.inside(t)) {
            int at = yo + target.at(t);
            int row = target.w() * outputs;
            WinogradMaps.output(n, 4, half, 0, n, 6 * n, z, zo, y, at, outputs, row);
        } else {
            WinogradMaps.output(n, 4, half, 0, n, 6 * n, z, zo, edge, 0, n, 4 * n);
            target.write(t, n, edge, y, yo);
        }
    }
}
