package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Window;
import org.jspecify.annotations.Nullable;

/// The product of a window's rows and a weight, block by block: a convolution.
///
/// ```
/// for blocks of target pixels x groups of panels        (in parallel)
///   for the sum's index, KC at a time
///     gather what the pixels see                        (WindowRows)
///     for panels of target channels, for tiles of pixels:  y := y + A·B
/// ```
final class ConvBlocks {
    /// Target pixels of a chunk at least, should there be so many: every chunk reads all weights.
    private static final int PIXELS = 192;

    /// Chunks begin at whole tiles.
    private static final int TILE = 6;

    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final WindowRows rows;
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
        this.weights = weights;
        this.outputs = outputs;
    }

    /// `y := bias + A·B`, where target pixel p is the `outputs` elements at `place.at(p)`; then the
    /// epilogue, if there is one, for dense places.
    void run(float @Nullable [] bias, int bo, float[] y, Place place, @Nullable Epilogue epilogue) {
        int pixels = window.pixels();
        int tiles = Blocking.parts(pixels, TILE);
        int blocks =
                Math.max(
                        Blocking.parts(pixels, Blocking.MC),
                        Math.clamp(pixels / PIXELS, 1, Blocking.CHUNKS));
        int panels = Blocking.parts(outputs, NR);
        int groups = Math.min(panels, Math.max(1, Blocking.CHUNKS / blocks));
        Parallel.run(
                blocks * groups,
                1,
                (from, to) -> {
                    for (int chunk = from; chunk < to; chunk++) {
                        int p0 = Blocking.start(chunk / groups, tiles, blocks) * TILE;
                        int p1 = Blocking.start(chunk / groups + 1, tiles, blocks) * TILE;
                        int j0 = Blocking.start(chunk % groups, panels, groups) * NR;
                        int j1 = Blocking.start(chunk % groups + 1, panels, groups) * NR;
                        block(
                                p0,
                                Math.min(p1, pixels),
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
        boolean gathers = !window.pointwise();
        float[] copy = gathers ? Scratch.floats(n * Blocking.LDA) : ZEROS;
        for (int step = 0; step < weights.steps(); step++) {
            int k0 = weights.start(step);
            int kc = weights.start(step + 1) - k0;
            Rows a = gather(p0, n, k0, kc, copy);
            for (int j = j0; j < j1; j += NR) {
                int width = Math.min(NR, outputs - j);
                int at = co + j - j0;
                float[] z = step > 0 ? c : bias != null ? bias : ZEROS;
                int zo = step > 0 ? at : bias != null ? bo + j : 0;
                int ldz = step > 0 ? ldc : 0;
                float[] b = weights.panels();
                a.multiply(width, b, weights.panel(step, j), z, zo, ldz, c, at, ldc);
            }
            a.release();
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
        if (gathers) {
            Scratch.release(copy);
        }
    }

    private Rows gather(int p0, int n, int k0, int kc, float[] copy) {
        if (window.pointwise()) {
            int at = xo + p0 * pitch + k0;
            return outputs <= 2 * NR && pitch % 512 != 0 && Blocking.readable(x)
                    ? Rows.inPlace(n, kc, x, at, pitch)
                    : Rows.packed(n, kc, x, at, pitch, 1);
        }
        rows.pack(p0, p0 + n, k0, k0 + kc, copy, 0, Blocking.LDA);
        return Rows.ready(n, kc, copy, 0);
    }
}
