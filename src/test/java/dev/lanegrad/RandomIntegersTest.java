package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomIntegersTest {
    @Test
    void aRangeOf2To28TakesSixtyFourBits() {
        assertEquals(1, wordsTaken(0, (1L << 28) - 1));
        assertEquals(2, wordsTaken(0, 1L << 28));
        assertEquals(2, wordsTaken(-(1L << 27), 1L << 27));
        assertEquals(2, wordsTaken(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void valuesAreRemaindersMovedToTheRange() {
        long[] y = new long[1];
        RandomIntegers.randint(new Generator().manualSeed(5489), y, 0, 1, -3, 7);
        assertEquals(3499211612L % 10 - 3, y[0]);
        RandomIntegers.randint(
                new Generator().manualSeed(5489), y, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE);
        long bits = 3499211612L << 32 | 581869302L;
        assertEquals(Long.remainderUnsigned(bits, -1) + Long.MIN_VALUE, y[0]);
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertEquals(
                "randint: low 5 is not below high 5",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        RandomIntegers.randint(
                                                new Generator(), new long[1], 0, 1, 5, 5))
                        .getMessage());
    }

    @Test
    void bothWaysToPermuteReachEveryIndexOnce() {
        long[] indices = LongStream.range(0, 1000).toArray();
        long[] y = new long[1002];
        RandomIntegers.randperm(new Generator().manualSeed(1), y, 1, 1000);
        assertSortedEquals(indices, y);
        Generator g = new Generator().manualSeed(1);
        g.lock();
        try {
            RandomIntegers.insideOut(g, y, 1, 1000);
        } finally {
            g.unlock();
        }
        assertSortedEquals(indices, y);
    }

    @Test
    void randomFillsWhatTheTypeHolds() {
        for (DType dtype : DType.values()) {
            long[] y = new long[4000];
            RandomIntegers.random(new Generator().manualSeed(1), dtype, y, 0, y.length);
            double top =
                    switch (dtype) {
                        case INT64 -> 0x1p63;
                        case INT32 -> 0x1p31;
                        case INT16 -> 0x1p15;
                        case INT8 -> 0x1p7;
                        case UINT8 -> 0x1p8;
                        case BOOL -> 2;
                        case FLOAT64 -> 0x1p53 + 1;
                        case FLOAT32 -> 0x1p24 + 1;
                        case FLOAT16 -> 0x1p11 + 1;
                        case BFLOAT16 -> 0x1p8 + 1;
                    };
            assertTrue(Arrays.stream(y).allMatch(v -> v >= 0 && v < top), dtype::toString);
            assertTrue(Arrays.stream(y).anyMatch(v -> v >= top / 2 - 1), dtype::toString);
        }
    }

    private static int wordsTaken(long low, long high) {
        Generator g = new Generator().manualSeed(5489);
        RandomIntegers.randint(g, new long[1], 0, 1, low, high);
        long next = Integer.toUnsignedLong(g.random());
        return next == 581869302L ? 1 : next == 3890346734L ? 2 : -1;
    }

    private static void assertSortedEquals(long[] indices, long[] y) {
        assertEquals(0, y[0]);
        assertEquals(0, y[1001]);
        long[] sorted = Arrays.copyOfRange(y, 1, 1001);
        Arrays.sort(sorted);
        assertArrayEquals(indices, sorted);
    }
}
