package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.RectifiedNorm;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One pass is held against the passes one by one, bit for bit: those are held against plain loops.
class RectifiedNormTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private final Random random = new Random(8);

    @Test
    void everyNumberOfChannels() {
        for (int channels = 1; channels <= 70; channels++) {
            check(9, channels);
        }
        check(5, 600);
    }

    @Test
    void everyNumberOfRowsAroundBlocks() {
        for (int rows : new int[] {1, 2, 3, 5, 21, 22, 63, 64, 65, 129, 700}) {
            check(rows, 1);
            check(rows, 3);
            check(rows, 20);
            check(rows, 66);
        }
    }

    @Test
    void notANumberStaysAndItsGradientPasses() {
        float[] x = {Float.NaN, -1, 1, 2};
        float[] zero = {0};
        float[] one = {1};
        float[] y = new float[4];
        RectifiedNorm.normalize(x, 0, 4, 1, zero, 0, one, 0, null, 0, null, 0, null, 0, NONE, y, 0);
        assertArrayEquals(new float[] {Float.NaN, 0, 1, 2}, y);
        float[] gb = new float[1];
        float[] gy = {1, 10, 100, 1000};
        RectifiedNorm.backward(
                gy, 0, x, 0, 4, 1, zero, 0, one, 0, null, 0, null, 0, NONE, null, 0, null, 0, gb,
                0);
        assertEquals(1101, gb[0]);
    }

    @Test
    void gradientsPassBetweenTheLimitsAndNotAtThem() {
        float[] x = {-1, 0, 3, 6, 7, Float.POSITIVE_INFINITY};
        float[] zero = {0};
        float[] one = {1};
        float[] gy = {1, 10, 100, 1000, 10_000, 100_000};
        float[] gb = new float[1];
        RectifiedNorm.backward(
                gy, 0, x, 0, 6, 1, zero, 0, one, 0, null, 0, null, 0, 6, null, 0, null, 0, gb, 0);
        assertEquals(100, gb[0]);
        RectifiedNorm.backward(
                gy, 0, x, 0, 6, 1, zero, 0, one, 0, null, 0, null, 0, NONE, null, 0, null, 0, gb,
                0);
        assertEquals(111_100, gb[0]);
    }

    @Test
    void withoutRowsSumsAreZero() {
        float[] gw = {7, 7};
        float[] gb = {7, 7};
        float[] no = new float[2];
        RectifiedNorm.backward(
                no, 0, no, 0, 0, 2, no, 0, no, 0, null, 0, null, 0, NONE, no, 0, gw, 0, gb, 0);
        assertEquals(0, gw[0] + gw[1] + gb[0] + gb[1]);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        for (int[] sizes : new int[][] {{1100, 64}, {20_000, 3}, {70, 1200}}) {
            NormOperands in = NormOperands.normal(random, sizes[0], sizes[1]);
            NormOperands.Results to = in.results();
            SameBits.forAnyThreads(
                    () -> {
                        in.rectify(1, to.y());
                        in.rectifiedBackward(1, to.gx(), to.gw(), to.gb());
                    },
                    to.y().data,
                    to.gx().data,
                    to.gw().data,
                    to.gb().data);
        }
    }

    private void check(int rows, int channels) {
        NormOperands all = NormOperands.normal(random, rows, channels);
        for (double high : new double[] {NONE, 0.75}) {
            check(all.with(true, true, false), high);
            check(all, high);
            check(all.with(false, false, true), high);
            check(all.with(false, true, false), high);
        }
    }

    private static void check(NormOperands in, double high) {
        NormOperands.Results one = in.results();
        in.rectify(high, one.y());
        in.rectifiedBackward(high, one.gx(), one.gw(), one.gb());
        one.assertGuards();
        NormOperands.Results two = in.results();
        in.normalize(two.y());
        Operand passed = NormOperands.like(in.gy());
        int count = in.rows() * in.channels();
        int let = 0;
        for (int i = 0; i < count; i++) {
            float plain = two.y().get(i);
            float sum = plain + (in.z() == null ? 0 : in.z().get(i));
            assertEquals((float) Math.min(Math.max(0, sum), high), one.y().get(i));
            boolean passes = plain > 0 && plain < high;
            passed.set(i, passes ? in.gy().get(i) : 0);
            let += passes ? 1 : 0;
        }
        assertTrue(in.channels() < 20 || let > 0 && let < count);
        in.with(passed).backward(two.gx(), two.gw(), two.gb());
        assertArrayEquals(two.gx().values(), one.gx().values());
        assertArrayEquals(two.gw().values(), one.gw().values());
        assertArrayEquals(two.gb().values(), one.gb().values());
    }
}
