package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.STRIP;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The product of a window's rows and a weight, block by block: a convolution.
///
/// ```
/// for blocks of target pixels x groups of panels        (in parallel)
///   for the sum's index, KC at a time, for strips of few pixels
///     gather what the pixels see                        (WindowRows)
///     for panels of target channels, for tiles of pixels:  y := y + A·B
/// ```
///
/// Where windows overlap, pixels are copied less often ([WindowColumns], [WindowPixels]).
final class ConvBlocks {
    /// Target pixels of a chunk at least, should there be so many: every chunk reads all weights.
    private static final int PIXELS = 192;

    /// Target pixels of a chunk at most, if it is rows of an image: the larger it is, the less
    /// often are the rows copied that two of them see.
    private static final int ROWS_OF_PIXELS = 960;

    /// Elements of y in such a chunk if it is read and written for each tap: 256 KiB, which stay in
    /// the second-level cache beside the weight that passes.
    private static final int SUMS = 1 << 16;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final WindowRows rows;
    private final @Nullable WindowPixels pixels;
    private final ConvWeights weights;
    private final int outputs;

    /// Channels `xo` to `xo + channels` of images of `pitch` channels, to `outputs` channels.
    ConvBlocks(
            Window window,
            float[] x,
            int xo,
            int pitch,
            int channels,
            ConvWeights weights,
            int outputs) {
        this.window = window;
        this.x = x;
        this.xo = xo;
        this.pitch = pitch;
        this.rows = new WindowRows(window, x, xo, pitch, channels);
        this.pixels =
                weights.order() == WindowOrder.PIXELS
                        ? new WindowPixels(window, x, xo, pitch, channels)
                        : null;
        this.weights = weights;
        this.outputs = outputs;
    }

    /// `y := bias + A·B`, where target pixel p is the `outputs` elements at `place.at(p)`; then the
    /// epilogue, if there is one, for dense places.
    void run(float @Nullable [] bias, int bo, float[] y, Place place, @Nullable Epilogue epilogue) {
        int n = window.pixels();
        int unit = weights.order() == WindowOrder.ROWS ? Blocking.ROWS : window.targetW();
        int most =
                switch (weights.order()) {
                    case ROWS -> Blocking.MC;
                    case COLUMNS -> Math.min(Math.max(PIXELS / 2, SUMS / outputs), ROWS_OF_PIXELS);
                    case PIXELS -> ROWS_OF_PIXELS;
                };
        int units = Blocking.parts(n, unit);
        int blocks = Math.max(Blocking.parts(n, most), Math.clamp(n / PIXELS, 1, Blocking.CHUNKS));
        int width = weights.panelWidth();
        int panels = Blocking.parts(outputs, width);
        int groups = Math.min(panels, Math.max(1, Blocking.CHUNKS / blocks));
        Parallel.run(
                blocks * groups,
                1,
                (from, to) -> {
                    for (int chunk = from; chunk < to; chunk++) {
                        int p0 = Blocking.start(chunk / groups, units, blocks) * unit;
                        int p1 = Blocking.start(chunk / groups + 1, units, blocks) * unit;
                        int j0 = Blocking.start(chunk % groups, panels, groups) * width;
                        int j1 = Blocking.start(chunk % groups + 1, panels, groups) * width;
                        block(
                                p0,
                                Math.min(p1, n),
                                j0,
                                Math.min(j1, outputs),
                                bias,
                                bo,
                                y,
                                place,
                                epilogue);
                    }
                });
    }

    private void block(
            int p0,
            int p1,
            int j0,
            int j1,
            float @Nullable [] bias,
            int bo,
            float[] y,
            Place place,
            @Nullable Epilogue epilogue) {
        int n = p1 - p0;
        boolean dense = place.dense();
        float[] c = dense ? y : Scratch.floats(n * (j1 - j0));
        int co = dense ? place.at(p0) + j0 : 0;
        int ldc = dense ? place.step() : j1 - j0;
        switch (weights.order()) {
            case ROWS -> multiplyRows(p0, n, j0, j1, bias, bo, c, co, ldc);
            case COLUMNS -> multiplyColumns(p0, p1, j0, j1, bias, bo, c, co, ldc);
            case PIXELS ->
                    multiplyTaps(
                            Objects.requireNonNull(pixels), p0, p1, j0, j1, bias, bo, c, co, ldc);
        }
        if (epilogue != null) {
            epilogue.apply(y, co, n, ldc, j0, j1 - j0);
        }
        if (!dense) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(c, i * ldc, y, place.at(p0 + i) + j0, ldc);
            }
            Scratch.release(c);
        }
    }

    /// What pixels `p0` to `p1`, whole rows of them, see, copied pixel by pixel.
    private void multiplyTaps(
            WindowPixels pixels,
            int p0,
            int p1,
            int j0,
            int j1,
            float @Nullable [] bias,
            int bo,
            float[] c,
            int co,
            int ldc) {
        int w = window.targetW();
        int first = p0 / w;
        int end = p1 / w;
        int[] taps = pixels.taps();
        float[] copy = Blocking.aligned(pixels.length(first, end));
        pixels.copy(first, end, copy, LINE);
        for (int row = first; row < end; ) {
            int next = window.endOfImage(row, end);
            int from = LINE + pixels.at(row, first);
            Rows a = Rows.ofTaps(next - row, pixels.rowPitch(), w, taps, copy, from);
            multiply(a, 0, j0, j1, bias, bo, c, co + (row - first) * w * ldc, ldc);
            a.release();
            row = next;
        }
        Scratch.release(copy);
    }

    /// What pixels `p0` to `p1`, whole rows of them, see, copied column by column.
    private void multiplyColumns(
            int p0,
            int p1,
            int j0,
            int j1,
            float @Nullable [] bias,
            int bo,
            float[] c,
            int co,
            int ldc) {
        int w = window.targetW();
        int first = p0 / w;
        int end = p1 / w;
        WindowColumns columns = new WindowColumns(window, x, xo, pitch, Blocking.LDA);
        float[] copy = Blocking.aligned(columns.length(first, end));
        Rows a = Rows.ready(0, 0, copy, LINE);
        for (int step = 0; step < weights.steps(); step++) {
            int kc = weights.start(step + 1) - weights.start(step);
            int tapRow = weights.tapRow(step);
            if (tapRow == 0) {
                int channel = weights.firstChannel(step);
                int column = weights.tapColumn(step);
                columns.copy(column, channel, channel + kc, first, end, copy, LINE);
            }
            for (int j = j0; j < j1; j += weights.panelWidth()) {
                int to = Math.min(j + weights.panelWidth(), j1);
                for (int row = first; row < end; ) {
                    int next = window.endOfImage(row, end);
                    a.move((next - row) * w, kc, LINE + columns.at(tapRow, row, first));
                    int at = co + (row - first) * w * ldc + j - j0;
                    multiply(a, step, j, to, bias, bo, c, at, ldc);
                    row = next;
                }
            }
        }
        a.release();
        Scratch.release(copy);
    }

    /// What `n` pixels from `p0` on see, as rows of a matrix.
    private void multiplyRows(
            int p0,
            int n,
            int j0,
            int j1,
            float @Nullable [] bias,
            int bo,
            float[] c,
            int co,
            int ldc) {
        boolean copies = !readsInPlace();
        float[] strip = copies ? Blocking.aligned(STRIP * Blocking.LDA) : x;
        Rows a = copies ? Rows.ready(0, 0, strip, LINE) : Rows.inPlace(0, 0, x, xo, pitch);
        for (int step = 0; step < weights.steps(); step++) {
            int k0 = weights.start(step);
            int kc = weights.start(step + 1) - k0;
            for (int i = 0; i < n; i += STRIP) {
                int count = Math.min(STRIP, n - i);
                if (copies) {
                    gather(p0 + i, count, k0, kc, strip);
                }
                a.move(count, kc, copies ? LINE : xo + (p0 + i) * pitch + k0);
                multiply(a, step, j0, j1, bias, bo, c, co + i * ldc, ldc);
            }
        }
        a.release();
        if (copies) {
            Scratch.release(strip);
        }
    }

    private void multiply(
            Rows a,
            int step,
            int j0,
            int j1,
            float @Nullable [] bias,
            int bo,
            float[] c,
            int co,
            int ldc) {
        for (int j = j0; j < j1; j += weights.panelWidth()) {
            int width = Math.min(weights.panelWidth(), outputs - j);
            int at = co + j - j0;
            float[] z = step > 0 ? c : bias != null ? bias : ZEROS;
            int zo = step > 0 ? at : bias != null ? bo + j : 0;
            int ldz = step > 0 ? ldc : 0;
            float[] b = weights.panels();
            a.multiply(width, b, weights.panel(step, j), z, zo, ldz, c, at, ldc);
        }
    }

    /// Whether the pixels themselves are the rows, and meet few panels.
    private boolean readsInPlace() {
        return window.pointwise() && outputs <= 2 * NR && pitch % 512 != 0 && Blocking.readable(x);
    }

    /// Elements `k0` to `k0 + kc` of what `n` pixels see.
    private void gather(int p0, int n, int k0, int kc, float[] strip) {
        if (window.pointwise()) {
            Pack.rows(n, kc, x, xo + p0 * pitch + k0, pitch, 1, strip, LINE);
        } else {
            rows.pack(p0, p0 + n, k0, k0 + kc, strip, LINE, Blocking.LDA);
        }
    }
}
