package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.BatchNorm;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchNormTest {
    private static final double EPSILON = Math.ulp(1f) / 2;

    private final Random random = new Random(4);

    @Test
    void everyNumberOfChannels() {
        for (int channels = 1; channels <= 70; channels++) {
            check(9, channels, 0);
        }
        check(5, 600, 0);
    }

    @Test
    void everyNumberOfRowsAroundBlocks() {
        for (int rows : new int[] {1, 2, 3, 5, 21, 22, 63, 64, 65, 129, 700}) {
            check(rows, 1, 0);
            check(rows, 3, 0);
            check(rows, 20, 0);
            check(rows, 66, 0);
        }
    }

    @Test
    void aLargeMeanDoesNotSpoilTheVariance() {
        check(400, 5, 3000);
        check(400, 64, -3000);
    }

    @Test
    void constantChannelsHaveVarianceZero() {
        Operand x = Operand.normal(random, Layout.dense(300, 7));
        for (int i = 0; i < 2100; i++) {
            x.set(i, i % 7 + 0.1f);
        }
        float[] mean = new float[7];
        float[] variance = new float[7];
        BatchNorm.statistics(x.data, x.offset(), 300, 7, mean, 0, variance, 0);
        for (int c = 0; c < 7; c++) {
            assertEquals(c + 0.1f, mean[c], 0);
            assertEquals(0, variance[c], 0);
        }
    }

    @Test
    void withoutRowsSumsAreZero() {
        float[] gw = {7, 7};
        float[] gb = {7, 7};
        float[] none = new float[2];
        BatchNorm.backward(
                none, 0, none, 0, 0, 2, none, 0, none, 0, null, 0, none, 0, gw, 0, gb, 0);
        assertEquals(0, gw[0] + gw[1] + gb[0] + gb[1]);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        for (int[] sizes : new int[][] {{1100, 64}, {20_000, 3}, {70, 1200}}) {
            int rows = sizes[0];
            int channels = sizes[1];
            Operand x = Operand.normal(random, Layout.dense(sizes));
            Operand gy = Operand.normal(random, Layout.dense(sizes));
            float[] mean = new float[channels];
            float[] variance = new float[channels];
            float[] invStd = new float[channels];
            float[] y = new float[rows * channels];
            float[] gx = new float[rows * channels];
            float[] gw = new float[channels];
            float[] gb = new float[channels];
            SameBits.forAnyThreads(
                    () -> {
                        BatchNorm.statistics(
                                x.data, x.offset(), rows, channels, mean, 0, variance, 0);
                        BatchNorm.invStd(variance, 0, channels, 1e-5, invStd, 0);
                        BatchNorm.normalize(
                                x.data,
                                x.offset(),
                                rows,
                                channels,
                                mean,
                                0,
                                invStd,
                                0,
                                null,
                                0,
                                null,
                                0,
                                y,
                                0);
                        BatchNorm.backward(
                                gy.data,
                                gy.offset(),
                                x.data,
                                x.offset(),
                                rows,
                                channels,
                                mean,
                                0,
                                invStd,
                                0,
                                null,
                                0,
                                gx,
                                0,
                                gw,
                                0,
                                gb,
                                0);
                    },
                    mean,
                    variance,
                    y,
                    gx,
                    gw,
                    gb);
        }
    }

    // ------------------------------------------------------------ against plain loops

    private void check(int rows, int channels, float centre) {
        Operand x = Operand.normal(random, Layout.dense(rows, channels));
        for (int i = 0; i < rows * channels; i++) {
            x.set(i, x.get(i) + centre);
        }
        Operand mean = Operand.output(Layout.dense(channels));
        Operand variance = Operand.output(Layout.dense(channels));
        BatchNorm.statistics(
                x.data,
                x.offset(),
                rows,
                channels,
                mean.data,
                mean.offset(),
                variance.data,
                variance.offset());
        mean.assertGuards();
        variance.assertGuards();
        for (int c = 0; c < channels; c++) {
            double m = 0;
            double size = 0;
            for (int r = 0; r < rows; r++) {
                m += x.get(r * channels + c) - (double) x.get(c);
                size = Math.max(size, Math.abs(x.get(r * channels + c) - centre));
            }
            m = x.get(c) + m / rows;
            double v = 0;
            for (int r = 0; r < rows; r++) {
                v += Math.pow(x.get(r * channels + c) - m, 2);
            }
            v /= rows;
            // a block sums up to 64 distances; the result is rounded
            double error = EPSILON * (Math.abs(m) + 68 * 2 * size);
            assertEquals(m, mean.get(c), 1.01 * error);
            assertEquals(v, variance.get(c), 70 * EPSILON * (v + EPSILON * size * size));
        }
        Operand invStd = Operand.output(Layout.dense(channels));
        BatchNorm.invStd(
                variance.data, variance.offset(), channels, 1e-3, invStd.data, invStd.offset());
        for (int c = 0; c < channels; c++) {
            double expected = 1 / Math.sqrt(variance.get(c) + 1e-3);
            assertEquals(expected, invStd.get(c), 2 * EPSILON * expected);
        }
        Operand w = Operand.normal(random, Layout.dense(channels));
        Operand b = Operand.normal(random, Layout.dense(channels));
        checkNormalize(x, mean, invStd, w, b);
        checkNormalize(x, mean, invStd, null, null);
        Operand gy = Operand.normal(random, Layout.dense(rows, channels));
        checkBackward(true, gy, x, mean, invStd, w);
        checkBackward(true, gy, x, mean, invStd, null);
        checkBackward(false, gy, x, mean, invStd, w);
    }

    private static void checkNormalize(
            Operand x, Operand mean, Operand invStd, @Nullable Operand w, @Nullable Operand b) {
        int rows = x.sizes()[0];
        int channels = x.sizes()[1];
        Operand y = Operand.output(Layout.dense(rows, channels));
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
                y.data,
                y.offset());
        y.assertGuards();
        for (int i = 0; i < rows * channels; i++) {
            int c = i % channels;
            double scale = invStd.get(c) * (w == null ? 1.0 : w.get(c));
            double product = (x.get(i) - (double) mean.get(c)) * scale;
            double shift = b == null ? 0 : b.get(c);
            assertEquals(
                    product + shift, y.get(i), 4 * EPSILON * (Math.abs(product) + Math.abs(shift)));
        }
    }

    private static void checkBackward(
            boolean own, Operand gy, Operand x, Operand mean, Operand invStd, @Nullable Operand w) {
        int rows = x.sizes()[0];
        int channels = x.sizes()[1];
        Operand gx = Operand.output(Layout.dense(rows, channels));
        Operand gw = Operand.output(Layout.dense(channels));
        Operand gb = Operand.output(Layout.dense(channels));
        run(own, gy, x, mean, invStd, w, gx, gw, gb);
        Operand alone = Operand.output(Layout.dense(rows, channels));
        run(own, gy, x, mean, invStd, w, alone, null, null);
        gx.assertGuards();
        gw.assertGuards();
        gb.assertGuards();
        double steps = 72;
        for (int c = 0; c < channels; c++) {
            double s = invStd.get(c);
            double sum = 0;
            double dot = 0;
            double sums = 0;
            double dots = 0;
            for (int r = 0; r < rows; r++) {
                double g = gy.get(r * channels + c);
                double d = (x.get(r * channels + c) - (double) mean.get(c)) * s;
                sum += g;
                dot += g * d;
                sums += Math.abs(g);
                dots += Math.abs(g * d);
            }
            assertEquals(sum, gb.get(c), steps * EPSILON * sums);
            assertEquals(dot, gw.get(c), steps * EPSILON * dots);
            double factor = w == null ? s : s * w.get(c);
            for (int r = 0; r < rows; r++) {
                int i = r * channels + c;
                double g = gy.get(i);
                double d = (x.get(i) - (double) mean.get(c)) * s;
                double expected = own ? factor * (g - sum / rows - d * dot / rows) : factor * g;
                double scale =
                        Math.abs(factor)
                                * (Math.abs(g) + (own ? (sums + Math.abs(d) * dots) / rows : 0));
                assertEquals(expected, gx.get(i), steps * EPSILON * scale);
                assertEquals(gx.get(i), alone.get(i));
            }
        }
    }

    private static void run(
            boolean own,
            Operand gy,
            Operand x,
            Operand mean,
            Operand invStd,
            @Nullable Operand w,
            Operand gx,
            @Nullable Operand gw,
            @Nullable Operand gb) {
        int rows = x.sizes()[0];
        int channels = x.sizes()[1];
        if (own) {
            BatchNorm.backward(
                    gy.data,
                    gy.offset(),
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
                    gx.data,
                    gx.offset(),
                    data(gw),
                    offset(gw),
                    data(gb),
                    offset(gb));
        } else {
            BatchNorm.evalBackward(
                    gy.data,
                    gy.offset(),
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
                    gx.data,
                    gx.offset(),
                    data(gw),
                    offset(gw),
                    data(gb),
                    offset(gb));
        }
    }

    private static @Nullable Object data(@Nullable Operand x) {
        return x == null ? null : x.data;
    }

    private static int offset(@Nullable Operand x) {
        return x == null ? 0 : x.offset();
    }
}
