package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LDA;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.W;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.WarmUp;

/// Which tiles have been compiled. One that has not, since its vectors would keep the caller
/// waiting, and that is used a lot is run in the background until it has.
final class WarmTiles {
    private static final int SHAPES = Blocking.ROWS * 4;

    /// Steps of a trial. It takes half a microsecond when compiled, a hundred times as long before.
    private static final int KC = 32;

    private static final long FAST_NANOS = 5_000;

    /// Products after which a tile is worth a compiler's time: some hundredths of a second.
    private static final int MUCH = 1 << 26;

    private static final boolean[] FAST = new boolean[Rows.Form.values().length * SHAPES];
    private static final boolean[] ASKED = new boolean[FAST.length];

    /// Products that each tile has summed without vectors; threads may forget each other's.
    private static final int[] USED = new int[FAST.length];

    private WarmTiles() {}

    /// Whether the tile of so many rows and vectors, about to sum `kc` products in each element, is
    /// fast. One lane never is.
    static boolean areFast(Rows.Form form, int rows, int columns, int kc) {
        if (!WarmUp.ON || W == 1) {
            return !WarmUp.ON;
        }
        int tile = form.index * SHAPES + 4 * rows + columns - 5;
        if (FAST[tile]) {
            return true;
        }
        USED[tile] += rows * columns * W * kc;
        if (USED[tile] > MUCH && !ASKED[tile]) {
            ask(tile, form, rows, columns);
        }
        return false;
    }

    private static synchronized void ask(int tile, Rows.Form form, int rows, int columns) {
        if (ASKED[tile]) {
            return;
        }
        ASKED[tile] = true;
        int lda = form == Rows.Form.COLUMNS ? rows : LDA;
        float[] a = new float[rows * LDA + KC * rows];
        Rows trial =
                form == Rows.Form.TAPS
                        ? Rows.ofTaps(1, 0, rows, new int[KC], a, 0)
                        : new Rows(form, rows, KC, a, 0, lda, false);
        float[] b = new float[KC * NR];
        float[] c = new float[rows * NR];
        WarmUp.inBackground(
                () -> trial.vectors(rows, columns, 0, b, 0, ZEROS, 0, 0, c, 0, NR),
                FAST_NANOS,
                () -> FAST[tile] = true);
    }
}
