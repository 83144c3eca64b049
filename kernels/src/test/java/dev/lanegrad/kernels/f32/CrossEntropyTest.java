package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.CrossEntropy;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    private static final double EPSILON = Math.ulp(1f) / 2;
    private static final long IGNORED = -100;

    private final Random random = new Random(6);

    @Test
    void everyNumberOfClasses() {
        for (int classes = 1; classes <= 40; classes++) {
            check(4, classes, 1);
        }
        check(3, 1000, 1);
        check(2, 3001, 1);
    }

    @Test
    void largeLogitsKeepTheirDigits() {
        check(5, 30, 1000);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int rows = 200;
        int classes = 300;
        Operand x = Operand.normal(random, Layout.dense(rows, classes));
        long[] target = targets(rows, classes);
        float[] loss = new float[rows];
        float[] saved = new float[rows];
        float[] gx = new float[rows * classes];
        SameBits.forAnyThreads(
                () -> {
                    CrossEntropy.forward(
                            x.data,
                            x.offset(),
                            rows,
                            classes,
                            target,
                            0,
                            null,
                            0,
                            IGNORED,
                            0.1,
                            loss,
                            0,
                            saved,
                            0);
                    CrossEntropy.backward(
                            x.data,
                            x.offset(),
                            rows,
                            classes,
                            target,
                            0,
                            null,
                            0,
                            IGNORED,
                            0.1,
                            saved,
                            0,
                            loss,
                            0,
                            1,
                            1,
                            gx,
                            0);
                },
                loss,
                saved,
                gx);
    }

    private long[] targets(int rows, int classes) {
        long[] target = new long[rows];
        for (int r = 0; r < rows; r++) {
            target[r] = r == 1 ? IGNORED : random.nextInt(classes);
        }
        return target;
    }

    private void check(int rows, int classes, float spread) {
        Operand x = Operand.normal(random, Layout.dense(rows, classes));
        for (int i = 0; i < rows * classes; i++) {
            x.set(i, x.get(i) * spread);
        }
        Operand w = Operand.normal(random, Layout.dense(classes));
        for (int c = 0; c < classes; c++) {
            w.set(c, Math.abs(w.get(c)));
        }
        long[] target = targets(rows, classes);
        for (double smoothing : new double[] {0, 0.25}) {
            check(x, target, null, smoothing);
            check(x, target, w, smoothing);
        }
    }

    private static void check(Operand x, long[] target, @Nullable Operand w, double smoothing) {
        int rows = x.sizes()[0];
        int classes = x.sizes()[1];
        Operand loss = Operand.output(Layout.dense(rows));
        Operand saved = Operand.output(Layout.dense(rows));
        Operand gx = Operand.output(Layout.dense(rows, classes));
        Object weights = w == null ? null : w.data;
        int wo = w == null ? 0 : w.offset();
        CrossEntropy.forward(
                x.data,
                x.offset(),
                rows,
                classes,
                target,
                0,
                weights,
                wo,
                IGNORED,
                smoothing,
                loss.data,
                loss.offset(),
                saved.data,
                saved.offset());
        float[] gy = {3};
        CrossEntropy.backward(
                x.data,
                x.offset(),
                rows,
                classes,
                target,
                0,
                weights,
                wo,
                IGNORED,
                smoothing,
                saved.data,
                saved.offset(),
                gy,
                0,
                0,
                0.5,
                gx.data,
                gx.offset());
        loss.assertGuards();
        saved.assertGuards();
        gx.assertGuards();
        double counted = 0;
        for (int r = 0; r < rows; r++) {
            counted += compare(x, r, target[r], w, smoothing, loss.get(r), gx);
        }
        if (w != null) {
            double got = CrossEntropy.weightOf(w.data, wo, target, 0, rows, IGNORED);
            assertEquals(counted, got, rows * EPSILON * counted);
        }
    }

    private static double compare(
            Operand x,
            int r,
            long t,
            @Nullable Operand w,
            double smoothing,
            float loss,
            Operand gx) {
        int n = x.sizes()[1];
        if (t == IGNORED) {
            assertEquals(0, loss);
            for (int c = 0; c < n; c++) {
                assertEquals(0, gx.get(r * n + c));
            }
            return 0;
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < n; c++) {
            max = Math.max(max, x.get(r * n + c));
        }
        double sum = 0;
        double weights = 0;
        for (int c = 0; c < n; c++) {
            sum += Math.exp(x.get(r * n + c) - max);
            weights += weight(w, c);
        }
        double log = Math.log(sum);
        double hard = (1 - smoothing) * weight(w, t);
        double soft = smoothing / n;
        double expected = 0;
        double steps = 20 + Math.min(n, 70);
        for (int c = 0; c < n; c++) {
            double d = x.get(r * n + c) - max;
            double share = soft * weight(w, c) + (c == t ? hard : 0);
            expected += share * (log - d);
            double p = Math.exp(d) / sum;
            double total = hard + soft * weights;
            double slope = 1.5 * (total * p - share);
            double scale = 1.5 * (total * p * (2 - d + log) + share);
            double error = steps * EPSILON * scale + Float.MIN_NORMAL;
            assertEquals(slope, gx.get(r * n + c), error);
        }
        assertEquals(
                expected, loss, (steps + n / 16.0) * EPSILON * (expected + hard + soft * weights));
        return weight(w, t);
    }

    private static double weight(@Nullable Operand w, long c) {
        return w == null ? 1 : w.get((int) c);
    }
}
