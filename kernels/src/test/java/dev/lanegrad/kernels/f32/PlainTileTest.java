package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.kernels.Simd;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTileTest {
    private static final int[] DEPTHS = {0, 1, 2, 7, 64, Blocking.KC};

    private final Random random = new Random(5);

    @Test
    void givesTheBitsOfVectorsForEveryTileAndForm() {
        assumeTrue(Simd.VECTOR);
        int tiles = 0;
        for (Rows.Form form : Rows.Form.values()) {
            for (int rows = 1; rows <= mostRows(form); rows++) {
                for (int columns = 1; columns <= mostColumns(form, rows); columns++) {
                    for (int kc : DEPTHS) {
                        compare(form, rows, columns, kc);
                        tiles++;
                    }
                }
            }
        }
        assertEquals((2 * (24 + 12) + 24 + 24) * DEPTHS.length, tiles);
    }

    private static int mostRows(Rows.Form form) {
        return form == Rows.Form.IN_PLACE ? 6 : Blocking.ROWS;
    }

    private static int mostColumns(Rows.Form form, int rows) {
        return form == Rows.Form.TAPS || rows > 6 ? 2 : 4;
    }

    private void compare(Rows.Form form, int rows, int columns, int kc) {
        if (form == Rows.Form.TAPS) {
            kc *= 3;
        }
        int n = columns * Blocking.W;
        boolean across = form == Rows.Form.COLUMNS;
        int lda = across ? rows + 3 : form == Rows.Form.TAPS ? Blocking.PIXEL : Blocking.LDA;
        float[] a = values(rows * Blocking.LDA + kc * lda + 7);
        float[] b = values(kc * n + 5);
        float[] z = values(rows * n);
        int ldc = n + 2;
        float[] byVectors = values(rows * ldc + 3);
        float[] plain = byVectors.clone();
        int[] taps = taps(kc);
        Rows tile =
                form == Rows.Form.TAPS
                        ? Rows.ofTaps(1, 0, rows, taps, a, 0)
                        : new Rows(form, rows, kc, a, 0, lda, false);
        tile.vectors(rows, columns, 7, b, 5, z, 0, n, byVectors, 3, ldc);
        PlainTile.run(
                rows,
                columns,
                kc,
                a,
                7,
                across ? 1 : lda,
                across ? lda : 1,
                form == Rows.Form.TAPS ? taps : null,
                b,
                5,
                z,
                0,
                n,
                plain,
                3,
                ldc);
        assertArrayEquals(byVectors, plain, form + " " + rows + "x" + columns + " depth " + kc);
    }

    /// Threes of neighbouring pixels, from anywhere.
    private int[] taps(int n) {
        int[] taps = new int[n];
        for (int k = 0; k < n; k++) {
            taps[k] = k % 3 == 0 ? random.nextInt(50) : taps[k - 1] + Blocking.PIXEL;
        }
        return taps;
    }

    private float[] values(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
