package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.BatchNorm;
import java.util.Random;
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
            NormOperands in = NormOperands.normal(random, sizes[0], sizes[1]);
            NormOperands.Results to = in.results();
            Operand variance = NormOperands.like(in.mean());
            SameBits.forAnyThreads(
                    () -> {
                        in.statistics(1e-5, variance);
                        in.normalize(to.y());
                        in.backward(to.gx(), to.gw(), to.gb());
                    },
                    in.mean().data,
                    variance.data,
                    to.y().data,
                    to.gx().data,
                    to.gw().data,
                    to.gb().data);
        }
    }

    // ------------------------------------------------------------ against plain loops

    private void check(int rows, int channels, float centre) {
        NormOperands in = NormOperands.normal(random, rows, channels);
        Operand x = in.x();
        for (int i = 0; i < rows * channels; i++) {
            x.set(i, x.get(i) + centre);
        }
        Operand mean = in.mean();
        Operand variance = NormOperands.like(mean);
        in.statistics(1e-3, variance);
        mean.assertGuards();
        variance.assertGuards();
        in.s().assertGuards();
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
        for (int c = 0; c < channels; c++) {
            double expected = 1 / Math.sqrt(variance.get(c) + 1e-3);
            assertEquals(expected, in.s().get(c), 2 * EPSILON * expected);
        }
        NormOperands bare = in.with(false, false, false);
        checkNormalize(in);
        checkNormalize(bare);
        checkBackward(true, in);
        checkBackward(true, bare);
        checkBackward(false, in);
    }

    private static void checkNormalize(NormOperands in) {
        Operand x = in.x();
        Operand w = in.w();
        Operand b = in.b();
        int channels = in.channels();
        Operand y = NormOperands.like(x);
        in.normalize(y);
        y.assertGuards();
        for (int i = 0; i < in.rows() * channels; i++) {
            int c = i % channels;
            double scale = in.s().get(c) * (w == null ? 1.0 : w.get(c));
            double product = (x.get(i) - (double) in.mean().get(c)) * scale;
            double shift = b == null ? 0 : b.get(c);
            assertEquals(
                    product + shift, y.get(i), 4 * EPSILON * (Math.abs(product) + Math.abs(shift)));
        }
    }

    private static void checkBackward(boolean own, NormOperands in) {
        Operand gy = in.gy();
        Operand x = in.x();
        Operand mean = in.mean();
        Operand w = in.w();
        int rows = in.rows();
        int channels = in.channels();
        NormOperands.Results to = in.results();
        Operand gx = to.gx();
        Operand alone = NormOperands.like(x);
        if (own) {
            in.backward(gx, to.gw(), to.gb());
            in.backward(alone, null, null);
        } else {
            in.evalBackward(gx, to.gw(), to.gb());
            in.evalBackward(alone, null, null);
        }
        to.assertGuards();
        double steps = 72;
        for (int c = 0; c < channels; c++) {
            double s = in.s().get(c);
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
            assertEquals(sum, to.gb().get(c), steps * EPSILON * sums);
            assertEquals(dot, to.gw().get(c), steps * EPSILON * dots);
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
}
