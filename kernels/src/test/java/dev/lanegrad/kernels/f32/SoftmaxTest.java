package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Softmax;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private static final double EPSILON = Math.ulp(1f) / 2;

    private final Random random = new Random(5);

    @Test
    void rowsOfEveryLength() {
        for (int n = 1; n <= 70; n++) {
            check(1, 3, n);
        }
        for (int n : new int[] {127, 513, 1025, 3000}) {
            check(1, 2, n);
        }
    }

    @Test
    void anyAxisOfAnyLayout() {
        for (int axis = 0; axis < 4; axis++) {
            check(axis, 2, 3, 5, 7);
            check(axis, 1, 40, 1, 3);
        }
    }

    @Test
    void largeLogitsDoNotOverflow() {
        float big = 1e30f;
        Operand x = Operand.of(big, big, -big);
        Operand y = Operand.output(Layout.dense(3));
        forward(false, 0, x, y);
        assertEquals(0.5, y.get(0), EPSILON);
        assertEquals(0.5, y.get(1), EPSILON);
        assertEquals(0, y.get(2));
        forward(true, 0, x, y);
        assertEquals(-Math.log(2), y.get(0), 2 * EPSILON);
    }

    @Test
    void nanAndInfinityGiveNan() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Operand y = Operand.output(Layout.dense(3));
            forward(false, 0, Operand.of(1, bad, 2), y);
            assertEquals(Float.NaN, y.get(1));
        }
        Operand y = Operand.output(Layout.dense(2));
        forward(false, 0, Operand.of(1, Float.NEGATIVE_INFINITY), y);
        assertEquals(1, y.get(0));
        assertEquals(0, y.get(1));
    }

    @Test
    void nothingIsDoneWithoutElements() {
        for (int[] sizes : new int[][] {{0, 3}, {3, 0}}) {
            Operand x = Operand.normal(random, Layout.dense(sizes));
            Operand y = Operand.output(Layout.dense(sizes));
            forward(false, 1, x, y);
            backward(true, 1, x, x, y);
            y.assertGuards();
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        Operand x = Operand.normal(random, Layout.dense(70, 1000));
        Operand y = Operand.output(Layout.dense(70, 1000));
        for (boolean log : new boolean[] {false, true}) {
            for (int axis = 0; axis < 2; axis++) {
                int a = axis;
                SameBits.forAnyThreads(() -> forward(log, a, x, y), y.data);
            }
        }
    }

    private void check(int axis, int... sizes) {
        for (int layout = 0; layout < 2; layout++) {
            Operand x = Operand.normal(random, layout(layout, sizes));
            Operand gy = Operand.normal(random, layout(layout, sizes));
            for (boolean log : new boolean[] {false, true}) {
                Operand y = Operand.output(layout(layout, sizes));
                Operand gx = Operand.output(layout(layout, sizes));
                forward(log, axis, x, y);
                y.assertGuards();
                backward(log, axis, gy, y, gx);
                gx.assertGuards();
                compare(log, axis, x, y, gy, gx);
            }
        }
    }

    private Layout layout(int kind, int[] sizes) {
        return kind == 0 ? Layout.dense(sizes) : Layout.random(random, sizes);
    }

    private static void compare(
            boolean log, int axis, Operand x, Operand y, Operand gy, Operand gx) {
        int[] sizes = x.sizes();
        int inner = 1;
        for (int a = axis + 1; a < sizes.length; a++) {
            inner *= sizes[a];
        }
        int n = sizes[axis];
        double steps = 12 + Math.min(n, 70);
        for (int row = 0; row < x.layout.count() / n; row++) {
            int first = row / inner * inner * n + row % inner;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                max = Math.max(max, x.get(first + i * inner));
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.exp(x.get(first + i * inner) - max);
            }
            double dot = 0;
            double size = 0;
            for (int i = 0; i < n; i++) {
                int at = first + i * inner;
                double value = y.get(at);
                double d = x.get(at) - max;
                double expected = log ? d - Math.log(sum) : Math.exp(d) / sum;
                double scale = log ? Math.abs(d) + Math.log(sum) + 1 : expected * (1 - d);
                assertEquals(expected, value, steps * EPSILON * scale, x.layout.toString());
                dot += gy.get(at) * (log ? 1 : value);
                size += Math.abs(gy.get(at) * (log ? 1 : value));
            }
            for (int i = 0; i < n; i++) {
                int at = first + i * inner;
                double value = y.get(at);
                double g = gy.get(at);
                double expected = log ? g - Math.exp(value) * dot : value * (g - dot);
                double weight = log ? Math.exp(value) * (2 - value) : value;
                double scale = Math.abs(g) * (log ? 1 : value) + weight * size;
                assertEquals(expected, gx.get(at), steps * EPSILON * scale, x.layout.toString());
            }
        }
    }

    private static void forward(boolean log, int axis, Operand x, Operand y) {
        if (log) {
            Softmax.logSoftmax(
                    x.sizes(),
                    axis,
                    x.data,
                    x.offset(),
                    x.strides(),
                    y.data,
                    y.offset(),
                    y.strides());
        } else {
            Softmax.softmax(
                    x.sizes(),
                    axis,
                    x.data,
                    x.offset(),
                    x.strides(),
                    y.data,
                    y.offset(),
                    y.strides());
        }
    }

    private static void backward(boolean log, int axis, Operand gy, Operand y, Operand gx) {
        if (log) {
            Softmax.logSoftmaxBackward(
                    y.sizes(),
                    axis,
                    gy.data,
                    gy.offset(),
                    gy.strides(),
                    y.data,
                    y.offset(),
                    y.strides(),
                    gx.data,
                    gx.offset(),
                    gx.strides());
        } else {
            Softmax.softmaxBackward(
                    y.sizes(),
                    axis,
                    gy.data,
                    gy.offset(),
                    gy.strides(),
                    y.data,
                    y.offset(),
                    y.strides(),
                    gx.data,
                    gx.offset(),
                    gx.strides());
        }
    }
}
