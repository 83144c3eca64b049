package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.AvgPool2d;
import dev.lanegrad.kernels.any.MaxPool2d;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static final double EPSILON = Math.ulp(1f) / 2;

    private final Random random = new Random(3);

    @Test
    void everyNumberOfChannels() {
        for (int channels = 1; channels <= 70; channels++) {
            check(
                    2,
                    channels,
                    PoolAxis.of(5, 3, 2, 1, 1, false),
                    PoolAxis.of(6, 2, 2, 0, 1, false));
        }
    }

    @Test
    void windowsOfManyKinds() {
        for (PoolAxis h : axes(7)) {
            for (PoolAxis w : axes(9)) {
                check(1, 5, h, w);
            }
        }
    }

    private static PoolAxis[] axes(int in) {
        return new PoolAxis[] {
            PoolAxis.of(in, 1, 1, 0, 1, false),
            PoolAxis.of(in, 2, 2, 1, 1, true),
            PoolAxis.of(in, 3, 2, 1, 1, true),
            PoolAxis.of(in, 3, 1, 1, 1, false),
            PoolAxis.of(in, 2, 3, 0, 1, true),
            PoolAxis.of(in, 3, 2, 2, 2, false),
            PoolAxis.of(in, in, 1, 0, 1, false),
            PoolAxis.adaptive(in, 1),
            PoolAxis.adaptive(in, 3),
            PoolAxis.adaptive(in, in + 4),
        };
    }

    @Test
    void theFirstMaximumWinsAndNanBeatsIt() {
        PoolShape s = new PoolShape(1, 1, PoolAxis.adaptive(1, 1), PoolAxis.adaptive(5, 1));
        float inf = Float.POSITIVE_INFINITY;
        assertEquals(1, winner(s, 1, 7, 7, 2, 7));
        assertEquals(2, winner(s, 1, 7, Float.NaN, 9, inf));
        assertEquals(4, winner(s, 1, 7, Float.NaN, 9, Float.NaN));
        assertEquals(0, winner(s, -inf, -inf, -inf, -inf, -inf));
    }

    private static int winner(PoolShape s, float... x) {
        float[] y = new float[1];
        int[] index = new int[1];
        MaxPool2d.forward(x, 0, s, y, 0, index, 0);
        assertEquals(x[index[0]], y[0]);
        return index[0];
    }

    @Test
    void averagesDivideByWhatWasAskedFor() {
        PoolShape s =
                new PoolShape(
                        1, 1, PoolAxis.of(1, 1, 1, 0, 1, false), PoolAxis.of(3, 2, 2, 1, 1, true));
        float[] x = {2, 4, 6};
        assertEquals(2, s.width().out());
        float[] y = new float[2];
        AvgPool2d.forward(x, 0, s, true, 0, y, 0);
        assertEquals("[1.0, 5.0]", Arrays.toString(y));
        AvgPool2d.forward(x, 0, s, false, 0, y, 0);
        assertEquals("[2.0, 5.0]", Arrays.toString(y));
        AvgPool2d.forward(x, 0, s, false, 8, y, 0);
        assertEquals("[0.25, 1.25]", Arrays.toString(y));
    }

    @Test
    void resultsDoNotDependOnThreads() {
        for (int batch : new int[] {2, 17}) {
            PoolAxis axis = PoolAxis.of(30 - batch, 3, 2, 1, 1, false);
            PoolShape s = new PoolShape(batch, 40, axis, axis);
            Operand x = Operand.normal(random, Layout.dense(s.inputs()));
            Operand gy = Operand.normal(random, Layout.dense(s.outputs()));
            float[] y = new float[s.outputs()];
            int[] index = new int[s.outputs()];
            float[] gx = new float[s.inputs()];
            SameBits.forAnyThreads(
                    () -> {
                        MaxPool2d.forward(x.data, x.offset(), s, y, 0, index, 0);
                        MaxPool2d.backward(gy.data, gy.offset(), s, index, 0, gx, 0);
                    },
                    y,
                    index,
                    gx);
            SameBits.forAnyThreads(
                    () -> {
                        AvgPool2d.forward(x.data, x.offset(), s, false, 0, y, 0);
                        AvgPool2d.backward(gy.data, gy.offset(), s, false, 0, gx, 0);
                    },
                    y,
                    gx);
        }
    }

    // ------------------------------------------------------------ against plain loops

    private void check(int batch, int channels, PoolAxis h, PoolAxis w) {
        PoolShape s = new PoolShape(batch, channels, h, w);
        Operand x = Operand.normal(random, Layout.dense(s.inputs()));
        for (int i = 0; i < s.inputs(); i++) {
            x.set(i, (float) Math.rint(4 * x.get(i)) / 4);
        }
        Operand gy = Operand.normal(random, Layout.dense(s.outputs()));
        checkMax(s, x, gy);
        if (h.dilation() == 1 && w.dilation() == 1) {
            checkAverage(s, x, gy, true, 0);
            checkAverage(s, x, gy, false, 0);
            checkAverage(s, x, gy, false, 3);
        }
    }

    /// A tap of a window: the position of an input and of an output.
    private interface Tap {
        void at(int pixel, int in, int out);
    }

    private static void taps(PoolShape s, Tap tap) {
        int c = s.channels();
        PoolAxis h = s.height();
        PoolAxis w = s.width();
        for (int out = 0; out < s.outputs(); out++) {
            int ow = out / c % w.out();
            int oh = out / c / w.out() % h.out();
            int image = out / c / w.out() / h.out();
            for (int ih = 0; ih < h.in(); ih++) {
                for (int iw = 0; iw < w.in(); iw++) {
                    if (covers(h, oh, ih) && covers(w, ow, iw)) {
                        int pixel = ih * w.in() + iw;
                        tap.at(pixel, (image * h.in() * w.in() + pixel) * c + out % c, out);
                    }
                }
            }
        }
    }

    private static boolean covers(PoolAxis a, int o, int i) {
        if (a.kernel() == 0) {
            return i >= Math.floor(o * a.in() / (double) a.out())
                    && i < Math.ceil((o + 1) * a.in() / (double) a.out());
        }
        int tap = i - o * a.stride() + a.padding();
        return tap >= 0 && tap % a.dilation() == 0 && tap / a.dilation() < a.kernel();
    }

    private static void checkMax(PoolShape s, Operand x, Operand gy) {
        Operand y = Operand.output(Layout.dense(s.outputs()));
        Operand gx = Operand.output(Layout.dense(s.inputs()));
        int[] index = new int[s.outputs()];
        MaxPool2d.forward(x.data, x.offset(), s, y.data, y.offset(), index, 0);
        MaxPool2d.backward(gy.data, gy.offset(), s, index, 0, gx.data, gx.offset());
        y.assertGuards();
        gx.assertGuards();
        float[] best = new float[s.outputs()];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        int[] where = new int[s.outputs()];
        int[] input = new int[s.outputs()];
        taps(
                s,
                (pixel, in, out) -> {
                    if (x.get(in) > best[out]) {
                        best[out] = x.get(in);
                        where[out] = pixel;
                        input[out] = in;
                    }
                });
        double[] expected = new double[s.inputs()];
        double[] size = new double[s.inputs()];
        for (int out = 0; out < best.length; out++) {
            assertEquals(best[out], y.get(out), () -> s.toString());
            assertEquals(where[out], index[out], () -> s.toString());
            expected[input[out]] += gy.get(out);
            size[input[out]] += Math.abs(gy.get(out));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], gx.get(i), 100 * EPSILON * size[i], s.toString());
        }
    }

    private static void checkAverage(
            PoolShape s, Operand x, Operand gy, boolean countIncludePad, int divisor) {
        Operand y = Operand.output(Layout.dense(s.outputs()));
        Operand gx = Operand.output(Layout.dense(s.inputs()));
        AvgPool2d.forward(x.data, x.offset(), s, countIncludePad, divisor, y.data, y.offset());
        AvgPool2d.backward(gy.data, gy.offset(), s, countIncludePad, divisor, gx.data, gx.offset());
        y.assertGuards();
        gx.assertGuards();
        double[] sum = new double[s.outputs()];
        double[] size = new double[s.outputs()];
        int[] count = new int[s.outputs()];
        taps(
                s,
                (_, in, out) -> {
                    sum[out] += x.get(in);
                    size[out] += Math.abs(x.get(in));
                    count[out]++;
                });
        for (int out = 0; out < sum.length; out++) {
            int ow = out / s.channels() % s.width().out();
            int oh = out / s.channels() / s.width().out() % s.height().out();
            if (divisor != 0) {
                count[out] = divisor;
            } else if (countIncludePad) {
                count[out] = padded(s.height(), oh) * padded(s.width(), ow);
            }
            double error = 22 * EPSILON * size[out] / count[out];
            assertEquals(sum[out] / count[out], y.get(out), error, () -> s.toString());
        }
        double[] expected = new double[s.inputs()];
        double[] sizes = new double[s.inputs()];
        taps(
                s,
                (_, in, out) -> {
                    expected[in] += gy.get(out) / (double) count[out];
                    sizes[in] += Math.abs(gy.get(out) / (double) count[out]);
                });
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], gx.get(i), 100 * EPSILON * sizes[i], s.toString());
        }
    }

    /// Positions of a window from `-padding` to `in + padding`.
    private static int padded(PoolAxis a, int o) {
        int count = 0;
        for (int i = -a.padding(); i < a.in() + a.padding(); i++) {
            if (a.kernel() == 0 ? i >= a.first(o) && i < a.end(o) : covers(a, o, i)) {
                count++;
            }
        }
        return count;
    }
}
