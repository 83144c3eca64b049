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
        RectifiedNorm.normalize(x, 0, 4, 1, zero, 0, one, 0, null, 0, null, 0, null, 0, y, 0);
        assertArrayEquals(new float[] {Float.NaN, 0, 1, 2}, y);
        float[] gb = new float[1];
        float[] gy = {1, 10, 100, 1000};
        RectifiedNorm.backward(
                gy, 0, x, 0, 4, 1, zero, 0, one, 0, null, 0, null, 0, null, 0, null, 0, gb, 0);
        assertEquals(1101, gb[0]);
    }

    @Test
    void withoutRowsSumsAreZero() {
        float[] gw = {7, 7};
        float[] gb = {7, 7};
        float[] no = new float[2];
        RectifiedNorm.backward(
                no, 0, no, 0, 0, 2, no, 0, no, 0, null, 0, null, 0, no, 0, gw, 0, gb, 0);
        assertEquals(0, gw[0] + gw[1] + gb[0] + gb[1]);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        for (int[] sizes : new int[][] {{1100, 64}, {20_000, 3}, {70, 1200}}) {
            NormOperands in = NormOperands.normal(random, sizes[0], sizes[1]);
            NormOperands.Results to = in.results();
            SameBits.forAnyThreads(
                    () -> {
                        in.rectify(to.y());
                        in.rectifiedBackward(to.gx(), to.gw(), to.gb());
                    },
                    to.y().data,
                    to.gx().data,
                    to.gw().data,
                    to.gb().data);
        }
    }

    private void check(int rows, int channels) {
        NormOperands all = NormOperands.normal(random, rows, channels);
        check(all.with(true, true, false));
        check(all);
        check(all.with(false, false, true));
        check(all.with(false, true, false));
    }

    private static void check(NormOperands in) {
        NormOperands.Results one = in.results();
        in.rectify(one.y());
        in.rectifiedBackward(one.gx(), one.gw(), one.gb());
        one.assertGuards();
        NormOperands.Results two = in.results();
        in.normalize(two.y());
        Operand passed = NormOperands.like(in.gy());
        int count = in.rows() * in.channels();
        int let = 0;
        for (int i = 0; i < count; i++) {
            float plain = two.y().get(i);
            assertEquals(Math.max(0, plain + (in.z() == null ? 0 : in.z().get(i))), one.y().get(i));
            passed.set(i, plain > 0 ? in.gy().get(i) : 0);
            let += plain > 0 ? 1 : 0;
        }
        assertTrue(in.channels() < 20 || let > 0 && let < count);
        in.with(passed).backward(two.gx(), two.gw(), two.gb());
        assertArrayEquals(two.gx().values(), one.gx().values());
        assertArrayEquals(two.gw().values(), one.gw().values());
        assertArrayEquals(two.gb().values(), one.gb().values());
    }
}
