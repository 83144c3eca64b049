package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.BatchNorm;
import dev.lanegrad.kernels.any.RectifiedNorm;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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
            int channels = sizes[1];
            Operand x = Operand.normal(random, Layout.dense(sizes));
            Operand gy = Operand.normal(random, Layout.dense(sizes));
            Operand mean = Operand.normal(random, Layout.dense(channels));
            Operand invStd = Operand.normal(random, Layout.dense(channels));
            Results y = new Results(sizes[0], channels);
            SameBits.forAnyThreads(
                    () -> {
                        normalize(x, mean, invStd, null, null, gy, y.y);
                        backward(gy, x, mean, invStd, null, null, y);
                    },
                    y.y.data,
                    y.gx.data,
                    y.gw.data,
                    y.gb.data);
        }
    }

    private void check(int rows, int channels) {
        Operand x = Operand.normal(random, Layout.dense(rows, channels));
        Operand z = Operand.normal(random, Layout.dense(rows, channels));
        Operand gy = Operand.normal(random, Layout.dense(rows, channels));
        Operand mean = Operand.normal(random, Layout.dense(channels));
        Operand invStd = Operand.normal(random, Layout.dense(channels));
        Operand w = Operand.normal(random, Layout.dense(channels));
        Operand b = Operand.normal(random, Layout.dense(channels));
        check(x, null, gy, mean, invStd, w, b);
        check(x, z, gy, mean, invStd, w, b);
        check(x, z, gy, mean, invStd, null, null);
        check(x, null, gy, mean, invStd, null, b);
    }

    private static void check(
            Operand x,
            @Nullable Operand z,
            Operand gy,
            Operand mean,
            Operand invStd,
            @Nullable Operand w,
            @Nullable Operand b) {
        int rows = x.sizes()[0];
        int channels = x.sizes()[1];
        Operand plain = Operand.output(Layout.dense(rows, channels));
        BatchNorm.normalize(
                x.data,
                x.offset(),
                rows,
                channels,
                mean.data,
                mean.offset(),
                invStd.data,
                invStd.offset(),
                data(w),
                offset(w),
                data(b),
                offset(b),
                plain.data,
                plain.offset());
        Results one = new Results(rows, channels);
        normalize(x, mean, invStd, w, b, z, one.y);
        one.y.assertGuards();
        Operand passed = Operand.output(Layout.dense(rows, channels));
        int let = 0;
        for (int i = 0; i < rows * channels; i++) {
            float y = plain.get(i) + (z == null ? 0 : z.get(i));
            assertEquals(Math.max(0, y), one.y.get(i));
            passed.set(i, plain.get(i) > 0 ? gy.get(i) : 0);
            let += plain.get(i) > 0 ? 1 : 0;
        }
        assertTrue(channels < 20 || let > 0 && let < rows * channels);
        Results two = new Results(rows, channels);
        BatchNorm.backward(
                passed.data,
                passed.offset(),
                x.data,
                x.offset(),
                rows,
                channels,
                mean.data,
                mean.offset(),
                invStd.data,
                invStd.offset(),
                data(w),
                offset(w),
                two.gx.data,
                two.gx.offset(),
                two.gw.data,
                two.gw.offset(),
                two.gb.data,
                two.gb.offset());
        backward(gy, x, mean, invStd, w, b, one);
        one.gx.assertGuards();
        one.gw.assertGuards();
        one.gb.assertGuards();
        assertArrayEquals(two.gx.values(), one.gx.values());
        assertArrayEquals(two.gw.values(), one.gw.values());
        assertArrayEquals(two.gb.values(), one.gb.values());
    }

    private record Results(Operand y, Operand gx, Operand gw, Operand gb) {
        Results(int rows, int channels) {
            this(
                    Operand.output(Layout.dense(rows, channels)),
                    Operand.output(Layout.dense(rows, channels)),
                    Operand.output(Layout.dense(channels)),
                    Operand.output(Layout.dense(channels)));
        }
    }

    private static void normalize(
            Operand x,
            Operand mean,
            Operand invStd,
            @Nullable Operand w,
            @Nullable Operand b,
            @Nullable Operand z,
            Operand y) {
        RectifiedNorm.normalize(
                x.data,
                x.offset(),
                x.sizes()[0],
                x.sizes()[1],
                mean.data,
                mean.offset(),
                invStd.data,
                invStd.offset(),
                data(w),
                offset(w),
                data(b),
                offset(b),
                data(z),
                offset(z),
                y.data,
                y.offset());
    }

    private static void backward(
            Operand gy,
            Operand x,
            Operand mean,
            Operand invStd,
            @Nullable Operand w,
            @Nullable Operand b,
            Results to) {
        RectifiedNorm.backward(
                gy.data,
                gy.offset(),
                x.data,
                x.offset(),
                x.sizes()[0],
                x.sizes()[1],
                mean.data,
                mean.offset(),
                invStd.data,
                invStd.offset(),
                data(w),
                offset(w),
                data(b),
                offset(b),
                to.gx.data,
                to.gx.offset(),
                to.gw.data,
                to.gw.offset(),
                to.gb.data,
                to.gb.offset());
    }

    private static @Nullable Object data(@Nullable Operand x) {
        return x == null ? null : x.data;
    }

    private static int offset(@Nullable Operand x) {
        return x == null ? 0 : x.offset();
    }
}
