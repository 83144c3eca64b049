package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhiloxTest {
    @Test
    void wordsAreThePublishedOnes() {
        assertWords(
                new int[] {0, 0, 0, 0},
                0,
                new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
        assertWords(
                new int[] {-1, -1, -1, -1},
                -1,
                new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
        assertWords(
                new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                0x299f31d0_a4093822L,
                new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    }

    @Test
    void piecesInAnyOrderByAnyThreadAreTheWhole() {
        Philox philox = new Philox(42).stream(7);
        int n = 10_007;
        float[] floats = new float[n];
        double[] doubles = new double[n];
        philox.normal(floats, 0, n, 5, 1, 2);
        philox.normal(doubles, 0, n, 5, 1, 2);
        float[] pieces = new float[n];
        double[] doublePieces = new double[n];
        IntStream.range(0, 91)
                .parallel()
                .forEach(k -> {
                    int at = k * 110;
                    int size = Math.min(110, n - at);
                    philox.normal(pieces, at, size, 5L + at, 1, 2);
                    philox.normal(doublePieces, at, size, 5L + at, 1, 2);
                });
        assertArrayEquals(floats, pieces);
        assertArrayEquals(doubles, doublePieces);
    }

    @Test
    void aValueDependsOnItsPositionAlone() {
        Philox philox = new Philox(1);
        float[] whole = new float[300];
        philox.uniform(whole, 0, 300, 0, -1, 1);
        for (int from : new int[] {0, 1, 7, 250, 255, 256, 290}) {
            float[] part = new float[12];
            philox.uniform(part, 2, 10, from, -1, 1);
            assertArrayEquals(
                    Arrays.copyOfRange(whole, from, from + 10), Arrays.copyOfRange(part, 2, 12));
            assertEquals(0, part[1]);
        }
    }

    @Test
    void streamsAndSeedsDiffer() {
        float[] first = uniform(new Philox(1));
        assertFalse(Arrays.equals(first, uniform(new Philox(2))));
        assertFalse(Arrays.equals(first, uniform(new Philox(1).stream(1))));
        assertArrayEquals(first, uniform(new Philox(1).stream(0)));
    }

    @Test
    void momentsAreThoseOfTheDistribution() {
        int n = 1 << 20;
        float[] y = new float[n];
        new Philox(3).normal(y, 0, n, 0, 0, 1);
        double[] z = new double[n];
        new Philox(3).normal(z, 0, n, 0, 0, 1);
        for (double[] x : new double[][] {Fills.widened(y), z}) {
            double mean = Arrays.stream(x).sum() / n;
            double square = Arrays.stream(x).map(v -> v * v).sum() / n;
            double fourth = Arrays.stream(x).map(v -> v * v * v * v).sum() / n;
            assertEquals(0, mean, 5 / Math.sqrt(n));
            assertEquals(1, square, 5 * Math.sqrt(2.0 / n));
            assertEquals(3, fourth, 5 * Math.sqrt(96.0 / n));
        }
        double[] u = new double[n];
        new Philox(3).uniform(u, 0, n, 0, 0, 1);
        assertEquals(0.5, Arrays.stream(u).sum() / n, 5 * Math.sqrt(1 / 12.0 / n));
        assertTrue(Arrays.stream(u).allMatch(v -> v >= 0 && v < 1));
    }

    @Test
    void aRangeOutsideIsRefused() {
        Philox philox = new Philox(1);
        float[] y = new float[4];
        assertThrows(IndexOutOfBoundsException.class, () -> philox.uniform(y, 2, 3, 0, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> philox.uniform(y, 0, 4, -1, 0, 1));
    }

    private static float[] uniform(Philox philox) {
        float[] y = new float[8];
        philox.uniform(y, 0, 8, 0, 0, 1);
        return y;
    }

    private static void assertWords(int[] counter, long key, int[] published) {
        long[] words = new long[4 * 64];
        for (int k = 0; k < 4; k++) {
            words[64 * k + 5] = Integer.toUnsignedLong(counter[k]);
        }
        Philox.scramble(words, key);
        for (int k = 0; k < 4; k++) {
            assertEquals(Integer.toUnsignedLong(published[k]), words[64 * k + 5]);
        }
    }
}
