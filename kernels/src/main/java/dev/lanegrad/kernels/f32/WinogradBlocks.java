package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.KC;
import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;
import static dev.lanegrad.kernels.f32.WinogradRows.CHANNELS;
import static dev.lanegrad.kernels.f32.WinogradRows.POSITIONS;
import static dev.lanegrad.kernels.f32.WinogradRows.SKEW;
import static java.util.Objects.requireNonNull;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// A Winograd convolution. Many tiles are cut into blocks, and the weight is mapped once:
///
/// ```
/// map the weight                                            (WinogradWeights)
/// for blocks of tiles                                       (in parallel, if there are many)
///   map what the tiles see                                  (WinogradRows)
///   for the 36 positions in a tile:  products := rows · weights
///   map the products to the tiles' pixels
/// ```
///
/// Few tiles meet a weight that is not mapped yet part by part, so that what it is mapped to, four
/// times as much, never leaves the caches:
///
/// ```
/// map what the tiles see
/// for panels of target channels                             (in parallel)
///   for source channels, KC at a time
///     map this part of the weight
///     for the 36 positions in a tile:  products := products + rows · part
///   map the products to the tiles' pixels
/// ```
final class WinogradBlocks {
    /// Rows of a tile of the matrix products.
    private static final int ROWS = 6;

    /// Tiles that are always few enough for the weight to be mapped part by part.
    private static final int FEW = 48;

    /// Elements of the window, for each of which one tile more is few: for more of them the
    /// products, which every part reads and writes, take more time than the mapped weight.
    private static final int ELEMENTS_A_TILE = 1024;

    private static final int GRAIN = 8;

    private static final float[] NOTHING = new float[CHANNELS];

    private final TileGrid source;
    private final TileGrid target;
    private final int tiles;
    private final int channels;
    private final int outputs;
    private final @Nullable WinogradWindow window;
    private final @Nullable WinogradWeights mapped;
    private final @Nullable Epilogue epilogue;

    /// The convolution of `tiles` tiles in all, of `source.pitch()` to `target.pitch()` channels.
    WinogradBlocks(TileGrid source, TileGrid target, int tiles, WinogradWindow window) {
        this(source, target, tiles, window, null, null);
    }

    /// The same with a weight that is mapped already, and the epilogue, if there is one.
    WinogradBlocks(
            TileGrid source,
            TileGrid target,
            int tiles,
            WinogradWeights mapped,
            @Nullable Epilogue epilogue) {
        this(source, target, tiles, null, mapped, epilogue);
    }

    private WinogradBlocks(
            TileGrid source,
            TileGrid target,
            int tiles,
            @Nullable WinogradWindow window,
            @Nullable WinogradWeights mapped,
            @Nullable Epilogue epilogue) {
        this.source = source;
        this.target = target;
        this.tiles = tiles;
        this.channels = source.pitch();
        this.outputs = target.pitch();
        this.window = window;
        this.mapped = mapped;
        this.epilogue = epilogue;
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

    /// Whether a mapped weight, which leaves the caches, costs more than to go through the tiles
    /// once for each part of it.
    static boolean few(int tiles, int channels, int outputs) {
        return tiles <= Math.max(FEW, channels * outputs / ELEMENTS_A_TILE);
    }

    /// `y := bias + ` the convolution of x.
    void run(float[] x, int xo, float @Nullable [] bias, int bo, float[] y, int yo) {
        float[] z = bias != null ? bias : NOTHING;
        int zo = bias != null ? bo : 0;
        int ldz = bias != null ? 1 : 0;
        int size = blockSize(tiles, channels, outputs);
        if (window != null && few(tiles, channels, outputs)) {
            byPanels(window, x, xo, z, zo, ldz, y, yo);
            return;
        }
        WinogradWeights weights =
                window == null
                        ? requireNonNull(mapped)
                        : WinogradWeights.map(channels, outputs, window);
        if (tiles / size < Blocking.CHUNKS) {
            byBlocks(0, tiles, size, weights, x, xo, z, zo, ldz, y, yo);
        } else {
            Parallel.run(
                    tiles,
                    size,
                    (from, to) -> byBlocks(from, to, size, weights, x, xo, z, zo, ldz, y, yo));
        }
        weights.release();
    }

    private void byPanels(
            WinogradWindow window,
            float[] x,
            int xo,
            float[] z,
            int zo,
            int ldz,
            float[] y,
            int yo) {
        WinogradRows rows = new WinogradRows(source, x, xo, channels, tiles);
        rows.read(0, tiles);
        Parallel.run(
                Blocking.parts(outputs, NR),
                1,
                (from, to) -> {
                    int position = tiles * NR + SKEW;
                    float[] products = Blocking.aligned(POSITIONS * position);
                    Rows a = rows.rows();
                    for (int j = from * NR; j < Math.min(to * NR, outputs); j += NR) {
                        int n = Math.min(NR, outputs - j);
                        for (int c = 0; c < channels; c += KC) {
                            int depth = Math.min(KC, channels - c);
                            WinogradWeights part = WinogradWeights.map(depth, n, window.from(c, j));
                            for (int p = 0; p < POSITIONS; p++) {
                                int at = part.panel(p, 0, 0);
                                rows.move(a, p, c, depth, tiles);
                                add(a, part, at, n, products, LINE + p * position, NR, c > 0);
                            }
                            part.release();
                        }
                        write(0, tiles, j, n, products, position, NR, z, zo, ldz, y, yo);
                    }
                    a.release();
                    Scratch.release(products);
                });
        rows.release();
    }

    private void byBlocks(
            int from,
            int to,
            int size,
            WinogradWeights weights,
            float[] x,
            int xo,
            float[] z,
            int zo,
            int ldz,
            float[] y,
            int yo) {
        WinogradRows rows = new WinogradRows(source, x, xo, channels, size);
        int ldc = outputs + SKEW;
        int position = size * ldc + SKEW;
        float[] products = Blocking.aligned(POSITIONS * position);
        for (int t0 = from; t0 < to; t0 += size) {
            int count = Math.min(size, to - t0);
            rows.read(t0, t0 + count);
            Parallel.run(
                    POSITIONS,
                    1,
                    (p0, p1) -> {
                        Rows a = rows.rows();
                        for (int p = p0; p < p1; p++) {
                            int at = LINE + p * position;
                            multiply(rows, a, p, count, weights, products, at, ldc);
                        }
                        a.release();
                    });
            write(t0, count, 0, outputs, products, position, ldc, z, zo, ldz, y, yo);
        }
        Scratch.release(products);
        rows.release();
    }

    private void multiply(
            WinogradRows rows,
            Rows a,
            int p,
            int count,
            WinogradWeights weights,
            float[] c,
            int co,
            int ldc) {
        for (int step = 0; step < rows.steps(); step++) {
            rows.move(a, p, step * KC, rows.width(step), count);
            for (int j = 0; j < outputs; j += NR) {
                int n = Math.min(NR, outputs - j);
                add(a, weights, weights.panel(p, step, j), n, c, co + j, ldc, step > 0);
            }
        }
    }

    /// `C := A·B`, or `C := C + A·B`, where B is the panel of `n` columns at `at`.
    private static void add(
            Rows a,
            WinogradWeights weights,
            int at,
            int n,
            float[] c,
            int co,
            int ldc,
            boolean accumulate) {
        float[] z = accumulate ? c : ZEROS;
        int zo = accumulate ? co : 0;
        int ldz = accumulate ? ldc : 0;
        a.multiply(n, weights.panels(), at, z, zo, ldz, c, co, ldc);
    }

    /// Maps target channels `from` to `from + n` of tiles `first` to `first + count` to pixels.
    private void write(
            int first,
            int count,
            int from,
            int n,
            float[] products,
            int position,
            int ldc,
            float[] z,
            int zo,
            int ldz,
            float[] y,
            int yo) {
        Parallel.run(
                count,
                GRAIN,
                (t0, t1) -> {
                    float[] half = Blocking.aligned(24 * CHANNELS);
                    float[] edge = Scratch.floats(16 * CHANNELS);
                    for (int t = t0; t < t1; t++) {
                        for (int j = 0; j < n; j += CHANNELS) {
                            int width = Math.min(CHANNELS, n - j);
                            int at = LINE + t * ldc + j;
                            halve(width, products, at, position, half);
                            int o = from + j;
                            tile(first + t, o, width, half, z, zo + o * ldz, edge, y, yo + o);
                        }
                    }
                    Scratch.release(edge);
                    Scratch.release(half);
                });
    }

    private static void halve(int n, float[] products, int at, int position, float[] half) {
        int row = 6 * position;
        WinogradMaps.output(n, 6, products, at, row, position, NOTHING, 0, half, LINE, 6 * n, n);
    }

    private void tile(
            int t, int o, int n, float[] half, float[] z, int zo, float[] edge, float[] y, int yo) {
        if (target.inside(t)) {
            int at = yo + target.at(t);
            int row = target.w() * outputs;
            WinogradMaps.output(n, 4, half, LINE, n, 6 * n, z, zo, y, at, outputs, row);
        } else {
            WinogradMaps.output(n, 4, half, LINE, n, 6 * n, z, zo, edge, 0, n, 4 * n);
            target.write(t, n, edge, y, yo);
        }
        if (epilogue != null) {
            int rows = target.rowsInside(t);
            for (int i = 0; i < rows; i++) {
                int at = yo + target.at(t) + i * target.w() * outputs;
                epilogue.apply(y, at, target.columnsInside(t), outputs, o, n);
            }
        }
    }
}
