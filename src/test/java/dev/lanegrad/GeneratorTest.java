package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    @Test
    void streamIsMt19937() {
        Generator g = new Generator().manualSeed(5489);
        long[] first = new long[5];
        for (int i = 0; i < first.length; i++) {
            first[i] = Integer.toUnsignedLong(g.random());
        }
        long[] published = {3499211612L, 581869302L, 3890346734L, 3586334585L, 545404204L};
        assertArrayEquals(published, first);
        for (int i = first.length; i < 9999; i++) {
            g.random();
        }
        // The value that the C++ standard demands of the 10,000th call.
        assertEquals(4123659995L, Integer.toUnsignedLong(g.random()));
    }

    @Test
    void wordsPassedOverAreAsGoodAsRead() {
        for (int n : new int[] {0, 1, 5, 618, 619, 623, 624, 625, 1248, 5000}) {
            Generator read = new Generator().manualSeed(7);
            Generator skipped = new Generator().manualSeed(7);
            for (int before = 0; before < 5; before++) {
                read.random();
                skipped.random();
            }
            for (int i = 0; i < n; i++) {
                read.random();
            }
            skipped.skip(n);
            assertArrayEquals(read.state(), skipped.state());
            assertEquals(read.random(), skipped.random());
        }
        assertThrows(IllegalArgumentException.class, () -> new Generator().skip(-1));
    }

    @Test
    void sixtyFourBitsHaveTheEarlierHalfOnTop() {
        Generator g = new Generator().manualSeed(5489);
        assertEquals(3499211612L << 32 | 581869302L, g.random64());
    }

    @Test
    void lowHalfOfTheSeedDecides() {
        assertEquals(
                new Generator().manualSeed(7).random(),
                new Generator().manualSeed(7 + (1L << 40)).random());
    }

    @Test
    void aNewGeneratorHasTheDefaultSeed() {
        Generator g = new Generator();
        assertEquals(67280421310721L, g.initialSeed());
        assertEquals(new Generator().manualSeed(67280421310721L).random64(), g.random64());
    }

    @Test
    void seedChoosesOneAndStartsThere() {
        Generator g = new Generator();
        long seed = g.seed();
        assertEquals(seed, g.initialSeed());
        assertTrue(seed >= 0 && seed < 1L << 53);
        assertEquals(new Generator().manualSeed(seed).random64(), g.random64());
        assertNotEquals(seed, g.seed());
    }

    @Test
    void theDefaultGeneratorIsOneForAll() {
        assertSame(Generator.defaultGenerator(), Generator.defaultGenerator());
    }

    @Test
    void aStateBringsTheStreamBackFromAnyPosition() {
        for (int used : new int[] {0, 1, 623, 624, 625, 2000}) {
            Generator g = new Generator().manualSeed(3);
            for (int i = 0; i < used; i++) {
                g.random();
            }
            byte[] state = g.state();
            assertEquals(Generator.STATE_BYTES, state.length);
            long[] expected = draw(g, 1000);
            assertArrayEquals(expected, draw(g.state(state), 1000));
            Generator other = new Generator().state(state);
            assertArrayEquals(state, other.state());
            assertEquals(3, other.initialSeed());
        }
    }

    @Test
    void aStateKeepsTheNormalValueThatWaits() {
        Generator g = new Generator().manualSeed(3);
        double[] first = new double[1];
        Distributions.normal(g, first, 0, 1, 0, 1);
        byte[] state = g.state();
        double[] expected = new double[3];
        double[] actual = new double[3];
        Distributions.normal(g, expected, 0, 3, 0, 1);
        Distributions.normal(new Generator().state(state), actual, 0, 3, 0, 1);
        assertArrayEquals(expected, actual);
    }

    @Test
    void seedingForgetsTheNormalValueThatWaits() {
        Generator g = new Generator().manualSeed(3);
        double[] first = new double[1];
        Distributions.normal(g, first, 0, 1, 0, 1);
        double[] again = new double[1];
        Distributions.normal(g.manualSeed(3), again, 0, 1, 0, 1);
        assertArrayEquals(first, again);
    }

    @Test
    void aStateHasPyTorchsLayout() {
        Generator g = new Generator().manualSeed(-2);
        g.random();
        g.random();
        double[] normal = new double[1];
        Distributions.normal(g, normal, 0, 1, 0, 1);
        ByteBuffer b = ByteBuffer.wrap(g.state()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(-2, b.getLong(0), "seed");
        assertEquals(624 - 6 + 1, b.getInt(8), "words left");
        assertEquals(1, b.getInt(12), "seeded");
        assertEquals(6, b.getLong(16), "position");
        assertEquals(0, b.getInt(24 + 4), "words are 32 bits in 64");
        assertNotEquals(0, b.getDouble(5024), "the waiting normal value");
        assertEquals(1, b.getInt(5040), "it is valid");
        assertEquals(0, b.get(5052), "no float one waits");
    }

    @Test
    void aFloatNormalThatWaitsInAStatePassesThrough() {
        byte[] state = new Generator().state();
        ByteBuffer.wrap(state)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(5048, 1.5f)
                .put(5052, (byte) 1);
        assertArrayEquals(state, new Generator().state(state).state());
    }

    @Test
    void whatIsNoStateIsRefusedAndChangesNothing() {
        Generator g = new Generator().manualSeed(11);
        byte[] before = g.state();
        assertEquals("state: needs 5056 bytes, got 3", refused(g, new byte[3]));
        assertEquals(
                "state: of a generator without a seed",
                refused(g, new byte[Generator.STATE_BYTES]));
        byte[] wrong = before.clone();
        ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 5).putLong(16, 700);
        assertEquals("state: position 700 with 5 words left of 624", refused(g, wrong));
        assertArrayEquals(before, g.state());
    }

    @Test
    void aCloneGoesOnByItself() {
        Generator g = new Generator().manualSeed(5);
        g.random();
        Generator clone = g.cloneState();
        long[] expected = draw(g, 700);
        assertArrayEquals(expected, draw(clone, 700));
    }

    @Test
    void fillsByManyThreadsAreWholePiecesOfTheStream() throws Exception {
        int size = 1000;
        int fills = 200;
        float[] stream = new float[size * fills];
        Distributions.uniform(new Generator().manualSeed(9), stream, 0, stream.length, 0, 1);

        Generator shared = new Generator().manualSeed(9);
        Callable<float[]> fill =
                () -> {
                    float[] y = new float[size];
                    Distributions.uniform(shared, y, 0, size, 0, 1);
                    return y;
                };
        List<float[]> pieces = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<float[]> done : threads.invokeAll(Collections.nCopies(fills, fill))) {
                pieces.add(done.get());
            }
        }
        boolean[] seen = new boolean[fills];
        for (float[] piece : pieces) {
            int at = 0;
            while (!Arrays.equals(piece, 0, size, stream, at * size, (at + 1) * size)) {
                at++;
            }
            assertTrue(!seen[at], "twice");
            seen[at] = true;
        }
    }

    private static long[] draw(Generator g, int n) {
        long[] y = new long[n];
        Arrays.setAll(y, i -> g.random64());
        return y;
    }

    private static String refused(Generator g, byte[] state) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> g.state(state)).getMessage());
    }
}
