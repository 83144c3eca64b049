package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlasTest {
    private final Random random = new Random(3);

    private double[] values(int n) {
        return random.doubles(n, -1, 1).toArray();
    }

    private static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }

    @Test
    void everyTransposition() {
        int m = 7;
        int n = 37;
        int k = 19;
        for (boolean ta : new boolean[] {false, true}) {
            for (boolean tb : new boolean[] {false, true}) {
                int lda = (ta ? m : k) + 2;
                int ldb = (tb ? k : n) + 1;
                int ldc = n + 3;
                double[] a = values(5 + (ta ? k : m) * lda);
                double[] b = values(4 + (tb ? n : k) * ldb);
                double[] c = values(1 + m * ldc);
                double[] expected = c.clone();
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        for (int l = 0; l < k; l++) {
                            double x = a[5 + (ta ? l * lda + i : i * lda + l)];
                            double w = b[4 + (tb ? j * ldb + l : l * ldb + j)];
                            expected[1 + i * ldc + j] += x * w;
                        }
                    }
                }
                float[] single = floats(c);
                Blas.sgemm(
                        ta, tb, m, n, k, floats(a), 5, lda, floats(b), 4, ldb, single, 1, ldc,
                        true);
                Blas.dgemm(ta, tb, m, n, k, a, 5, lda, b, 4, ldb, c, 1, ldc, true);
                assertArrayEquals(expected, c, 1e-13);
                assertArrayEquals(floats(expected), single, 1e-5f);
            }
        }
    }

    @Test
    void denseForms() {
        float[] c = new float[4];
        Blas.sgemm(2, 2, 2, new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}, c);
        assertArrayEquals(new float[] {19, 22, 43, 50}, c);
        float[] y = {1, 1};
        Blas.sgemv(2, 3, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, 2}, y, true);
        assertArrayEquals(new float[] {8, 17}, y);
        double[] z = {9, 9};
        Blas.dgemv(2, 3, new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 0, 2}, z, false);
        assertArrayEquals(new double[] {7, 16}, z);
        double[] empty = {3};
        Blas.dgemm(1, 1, 0, new double[0], new double[0], empty);
        assertArrayEquals(new double[] {0}, empty);
    }

    @Test
    void whatIsWrongIsSaidAndLosesNothing() {
        float[] c = {7, 7, 7, 7};
        float[] four = {1, 2, 3, 4};
        assertComplaint(
                "sgemm: A is 2 x 3 from 0 on, rows 3 apart: it needs 6 elements of an array of 4",
                () -> Blas.sgemm(2, 2, 3, four, new float[6], c));
        assertComplaint(
                "sgemm: sizes may not be negative (m -1, n 2, k 3)",
                () -> Blas.sgemm(-1, 2, 3, four, four, c));
        assertComplaint(
                "sgemm: rows of B from 0 on, 1 apart, have 2 columns",
                () -> Blas.sgemm(false, false, 2, 2, 2, four, 0, 2, four, 0, 1, c, 0, 2, false));
        assertComplaint(
                "sgemm: C and B share an array, elements 0 to 3 and 0 to 3",
                () -> Blas.sgemm(2, 2, 2, four, c, c));
        assertComplaint(
                "sgemm: A is 65536 x 65536 from 0 on, rows 65536 apart: it needs 4294967296"
                        + " elements of an array of 4",
                () -> Blas.sgemm(1 << 16, 1, 1 << 16, four, new float[1 << 16], c));
        float[] all = new float[12];
        Arrays.fill(all, 1);
        Blas.sgemm(false, false, 2, 2, 2, all, 0, 2, all, 4, 2, all, 8, 2, false);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2}, all);
        assertArrayEquals(new float[] {7, 7, 7, 7}, c);
    }

    private static void assertComplaint(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
