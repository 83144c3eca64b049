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
            for (int rows = 1; rows <= 6; rows++) {
                for (int columns = 1; columns <= 4; columns++) {
                    for (int kc : DEPTHS) {
                        compare(form, rows, columns, kc);
                        tiles++;
                    }
                }
            }
        }
        assertEquals(3 * 24 * DEPTHS.length, tiles);
    }

    private void compare(Rows.Form form, int rows, int columns, int kc) {
        int n = columns * Blocking.W;
        boolean across = form == Rows.Form.COLUMNS;
        int lda = across ? rows + 3 : Blocking.LDA;
        float[] a = values(rows * Blocking.LDA + kc * lda + 7);
        float[] b = values(kc * n + 5);
        float[] z = values(rows * n);
        int ldc = n + 2;
        float[] byVectors = values(rows * ldc + 3);
        float[] plain = byVectors.clone();
        new Rows(form, rows, kc, a, 0, lda, false)
                .vectors(rows, columns, 7, b, 5, z, 0, n, byVectors, 3, ldc);
        PlainTile.run(
                rows,
                columns,
                kc,
                a,
                7,
                across ? 1 : lda,
                across ? lda : 1,
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

    private float[] values(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
