package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.W;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The gradient of a convolution with respect to its weight, `gw := Aᵀ·gy`, where A is the window's
/// matrix of x.
///
/// ```
/// for segments of the pixels x parts of gw's rows          (in parallel)
///   for pixels, PIXELS at a time
///     for gw's rows, ROWS at a time (taps and input channels)
///       gather what the pixels see of these rows           (WindowRows)
///       for panels of gy, for tiles:  gw := gw + Aᵀ·B
/// add up what the segments gave, in their order             (in parallel)
/// ```
///
/// Where windows overlap, pixels are copied less often ([GradWeightColumns]).
///
/// A small gw is cut into segments, each with a sum of its own, so that x and gy are read few
/// times; a large one into parts of its rows. Both depend on the shape alone.
final class ConvGradWeight {
    /// Pixels summed in one run of a tile.
    private static final int PIXELS = 192;

    /// Rows of gw that are gathered for at a time.
    private static final int ROWS = 192;

    /// Chunks that the work should have for many threads to share it.
    private static final int CHUNKS = 16;

    /// Elements that all segments' sums may have together, 4 MiB.
    private static final int SUMS = 1 << 20;

    private static final VectorSpecies<Float> S = Lanes.S;

    private final Window window;
    private final WindowRows x;
    private final @Nullable GradWeightColumns columns;
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
        this.columns =
                GradWeightColumns.serves(window, channels)
                        ? new GradWeightColumns(
                                window, x, xo, xPitch, channels, gy, gyo, gyPitch, outputs)
                        : null;
        this.depth = window.taps() * channels;
        this.gy = gy;
        this.gyo = gyo;
        this.pitch = gyPitch;
        this.outputs = outputs;
    }

    /// Writes gw: its row `[tap row, tap column, channel]` is the `outputs` elements from `gwo`
    /// plus `ldw` times the row's number.
    void run(float[] gw, int gwo, int ldw) {
        int blocks = columns != null ? columns.blocks() : Blocking.parts(window.pixels(), PIXELS);
        int units = columns != null ? columns.units() : Blocking.parts(depth, 48);
        int size = depth * outputs;
        int segments = Math.max(1, Math.min(Math.min(8, blocks / 2), SUMS / size));
        int parts = Math.min(Blocking.parts(CHUNKS, segments), units);
        float[] sums = segments > 1 ? Scratch.floats(segments * size) : gw;
        int lds = segments > 1 ? outputs : ldw;
        Parallel.run(
                segments * parts,
                1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int segment = i / parts;
                        int b0 = Blocking.start(segment, blocks, segments);
                        int b1 = Blocking.start(segment + 1, blocks, segments);
                        int at = segments > 1 ? segment * size : gwo;
                        if (columns != null) {
                            int u0 = Blocking.start(i % parts, units, parts);
                            int u1 = Blocking.start(i % parts + 1, units, parts);
                            columns.part(b0, b1, u0, u1, sums, at, lds);
                        } else {
                            int k0 = Blocking.start(i % parts, depth, parts);
                            int k1 = Blocking.start(i % parts + 1, depth, parts);
                            part(b0, b1, blocks, k0, k1, sums, at, lds);
                        }
                    }
                });
        if (segments > 1) {
            add(segments, sums, gw, gwo, ldw);
            Scratch.release(sums);
        }
    }

    /// Rows `k0` to `k1` of gw, summed over pixel blocks `b0` to `b1`.
    private void part(int b0, int b1, int blocks, int k0, int k1, float[] gw, int gwo, int ldw) {
        int bands = Blocking.parts(k1 - k0, ROWS);
        int lda = (Blocking.parts(Blocking.parts(k1 - k0, bands), 16) | 1) * 16;
        int width = Blocking.parts(outputs, W) * W;
        float[] a = Blocking.aligned(PIXELS * lda);
        float[] panels = Blocking.aligned(PIXELS * width);
        for (int block = b0; block < b1; block++) {
            int p0 = Blocking.start(block, window.pixels(), blocks);
            int n = Blocking.start(block + 1, window.pixels(), blocks) - p0;
            for (int j = 0; j < outputs; j += NR) {
                int at = gyo + p0 * pitch + j;
                Pack.panel(n, Math.min(NR, outputs - j), gy, at, pitch, 1, panels, LINE + j * n);
            }
            for (int band = 0; band < bands; band++) {
                int i = k0 + Blocking.start(band, k1 - k0, bands);
                int rows = k0 + Blocking.start(band + 1, k1 - k0, bands) - i;
                x.pack(p0, p0 + n, i, i + rows, a, LINE, lda);
                Rows columns = Rows.columnsInPlace(rows, n, a, LINE, lda);
                for (int j = 0; j < outputs; j += NR) {
                    int at = gwo + i * ldw + j;
                    float[] z = block > b0 ? gw : ZEROS;
                    int zo = block > b0 ? at : 0;
                    int ldz = block > b0 ? ldw : 0;
                    int count = Math.min(NR, outputs - j);
                    columns.multiply(count, panels, LINE + j * n, z, zo, ldz, gw, at, ldw);
                }
                columns.release();
            }
        }
        Scratch.release(a);
        Scratch.release(panels);
    }

    private void add(int segments, float[] sums, float[] gw, int gwo, int ldw) {
        int size = depth * outputs;
        Parallel.run(
                depth,
                Math.max(1, (1 << 14) / (segments * outputs)),
                (from, to) -> {
                    for (int k = from; k < to; k++) {
                        addRow(segments, size, sums, k * outputs, gw, gwo + k * ldw, outputs);
                    }
                });
    }

    /// `y := Σ x[i·size]` over the segments' rows of `n` elements.
    static void addRow(int segments, int size, float[] sums, int so, float[] gw, int gwo, int n) {
        for (int j = 0; j < n; j += W) {
            VectorMask<Float> m = S.indexInRange(j, n);
            FloatVector sum = FloatVector.fromArray(S, sums, so + j, m);
            for (int i = 1; i < segments; i++) {
                sum = sum.add(FloatVector.fromArray(S, sums, so + i * size + j, m));
            }
            sum.intoArray(gw, gwo + j, m);
        }
    }
}
