package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.ReduceBoolean;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReduceIntegerTest {
    private static final int ROWS = 300;
    private static final int COLUMNS = 41;

    private final Random random = new Random(9);

    @Test
    void everyIntegerTypeFoldsAndWrapsAround() {
        long[] x = random.longs(ROWS * COLUMNS).toArray();
        for (boolean[] reduced : new boolean[][] {{true, false}, {false, true}, {true, true}}) {
            long[][] expected = expected(x, reduced);
            int n = expected[0].length;
            long[][] longs = new long[6][n];
            int[][] ints = new int[6][n];
            short[][] shorts = new short[6][n];
            byte[][] bytes = new byte[6][n];
            fold(x, longs, reduced);
            fold(ints(x), ints, reduced);
            fold(shorts(x), shorts, reduced);
            fold(bytes(x), bytes, reduced);
            for (int k = 0; k < 6; k++) {
                assertArrayEquals(expected[k], longs[k]);
                boolean wraps = k < 3;
                if (wraps) {
                    assertArrayEquals(ints(expected[k]), ints[k]);
                    assertArrayEquals(shorts(expected[k]), shorts[k]);
                    assertArrayEquals(bytes(expected[k]), bytes[k]);
                }
            }
            assertArrayEquals(ints(expected(widen(ints(x)), reduced)[4]), ints[4]);
            assertArrayEquals(shorts(expected(widen(shorts(x)), reduced)[4]), shorts[4]);
            assertArrayEquals(bytes(expected(widen(bytes(x)), reduced)[5]), bytes[5]);
        }
    }

    @Test
    void placesOfExtremes() {
        int[] x = {3, 9, -4, 9, -4, 3};
        long[] index = new long[2];
        int[] y = new int[2];
        boolean[] reduced = {false, true};
        Reduce.argmax(x, 0, new int[] {2, 3}, new int[] {3, 1}, reduced, y, 0, index, 0);
        assertArrayEquals(new long[] {1, 0}, index);
        assertArrayEquals(new int[] {9, 9}, y);
        Reduce.argmin(x, 0, new int[] {2, 3}, new int[] {3, 1}, reduced, y, 0, index, 0);
        assertArrayEquals(new long[] {2, 1}, index);
    }

    @Test
    void booleansFoldToAnyAllAndCount() {
        boolean[] x = {true, false, false, true, true, false};
        int[] sizes = {2, 3};
        int[] strides = {3, 1};
        boolean[] y = new boolean[3];
        long[] count = new long[2];
        ReduceBoolean.any(x, 0, sizes, strides, new boolean[] {true, false}, y, 0);
        assertArrayEquals(new boolean[] {true, true, false}, y);
        ReduceBoolean.all(x, 0, sizes, strides, new boolean[] {true, false}, y, 0);
        assertArrayEquals(new boolean[] {true, false, false}, y);
        ReduceBoolean.count(x, 0, sizes, strides, new boolean[] {false, true}, count, 0);
        assertArrayEquals(new long[] {1, 2}, count);
        ReduceBoolean.any(x, 0, new int[] {3, 0}, strides, new boolean[] {false, true}, y, 0);
        assertArrayEquals(new boolean[] {false, false, false}, y);
        ReduceBoolean.all(x, 0, new int[] {3, 0}, strides, new boolean[] {false, true}, y, 0);
        assertArrayEquals(new boolean[] {true, true, true}, y);
    }

    @Test
    void truthIsCountedOverAnyLengthAndStride() {
        boolean[] x = new boolean[700];
        java.util.Random random = new java.util.Random(29);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextBoolean();
        }
        for (int n = 0; n < 140; n++) {
            for (int stride = 1; stride < 3; stride++) {
                long[] count = new long[2];
                int[] strides = {300, stride};
                boolean[] reduced = {false, true};
                ReduceBoolean.count(x, n % 7, new int[] {2, n}, strides, reduced, count, 0);
                for (int row = 0; row < 2; row++) {
                    int want = 0;
                    for (int i = 0; i < n; i++) {
                        want += x[n % 7 + 300 * row + stride * i] ? 1 : 0;
                    }
                    assertEquals(want, count[row], n + " elements of stride " + stride);
                }
            }
        }
    }

    private static void fold(Object x, Object[] y, boolean[] reduced) {
        int[] sizes = {ROWS, COLUMNS};
        int[] strides = {COLUMNS, 1};
        Reduce.sum(x, 0, sizes, strides, reduced, y[0], 0);
        Reduce.prod(x, 0, sizes, strides, reduced, y[1], 0);
        Reduce.sumOfSquares(x, 0, sizes, strides, reduced, y[2], 0);
        Reduce.sumOfMagnitudes(x, 0, sizes, strides, reduced, y[3], 0);
        Reduce.max(x, 0, sizes, strides, reduced, y[4], 0);
        Reduce.min(x, 0, sizes, strides, reduced, y[5], 0);
    }

    private static long[][] expected(long[] x, boolean[] reduced) {
        int n = (reduced[0] ? 1 : ROWS) * (reduced[1] ? 1 : COLUMNS);
        long[][] y = new long[6][n];
        java.util.Arrays.fill(y[1], 1);
        java.util.Arrays.fill(y[4], Long.MIN_VALUE);
        java.util.Arrays.fill(y[5], Long.MAX_VALUE);
        for (int i = 0; i < x.length; i++) {
            int j = reduced[0] ? (reduced[1] ? 0 : i % COLUMNS) : i / COLUMNS;
            y[0][j] += x[i];
            y[1][j] *= x[i];
            y[2][j] += x[i] * x[i];
            y[3][j] += Math.abs(x[i]);
            y[4][j] = Math.max(y[4][j], x[i]);
            y[5][j] = Math.min(y[5][j], x[i]);
        }
        return y;
    }

    private static int[] ints(long[] x) {
        int[] y = new int[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (int) x[i];
        }
        return y;
    }

    private static short[] shorts(long[] x) {
        short[] y = new short[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (short) x[i];
        }
        return y;
    }

    private static byte[] bytes(long[] x) {
        byte[] y = new byte[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (byte) x[i];
        }
        return y;
    }

    private static long[] widen(int[] x) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }

    private static long[] widen(short[] x) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }

    private static long[] widen(byte[] x) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }
}
