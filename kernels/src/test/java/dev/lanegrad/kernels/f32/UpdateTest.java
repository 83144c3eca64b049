package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.Simd;
import dev.lanegrad.kernels.any.Update;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Steps against the same arithmetic written out, in PyTorch's order: the results have equal bits.
class UpdateTest {
    private final Random random = new Random(11);

    private static float fma(float a, float b, float c) {
        return Simd.FMA ? Math.fma(a, b, c) : a * b + c;
    }

    @Test
    void sgdStepsOfEveryLengthAndKind() {
        for (int n = 0; n <= 70; n++) {
            sgd(n, false, 0, 0, 0, false, n % 2 == 1);
            sgd(n, true, 0.9, 0, 0.01, false, false);
            sgd(n, true, 0.9, 0.25, 0, false, true);
            sgd(n, true, 0.8, 0, 0.1, true, false);
        }
    }

    private void sgd(
            int n,
            boolean buffer,
            double momentum,
            double dampening,
            double decay,
            boolean nesterov,
            boolean maximize) {
        Operand w = Operand.normal(random, Layout.dense(n));
        Operand m = Operand.normal(random, Layout.dense(n));
        float[] expected = w.values();
        float[] expectedM = m.values();
        for (int t = 0; t < 3; t++) {
            Operand g = Operand.normal(random, Layout.dense(n));
            for (int i = 0; i < n; i++) {
                float d = maximize ? -g.get(i) : g.get(i);
                if (decay != 0) {
                    d = fma((float) decay, expected[i], d);
                }
                if (buffer) {
                    float kept = expectedM[i] * (float) momentum;
                    expectedM[i] = t == 0 ? d : fma((float) (1 - dampening), d, kept);
                    d = nesterov ? fma((float) momentum, expectedM[i], d) : expectedM[i];
                }
                expected[i] = fma((float) -0.1, d, expected[i]);
            }
            Update.sgd(
                    w.data,
                    w.offset(),
                    g.data,
                    g.offset(),
                    buffer ? m.data : null,
                    m.offset(),
                    n,
                    0.1,
                    momentum,
                    dampening,
                    decay,
                    nesterov,
                    maximize,
                    t == 0);
        }
        w.assertGuards();
        m.assertGuards();
        assertArrayEquals(expected, w.values());
        assertArrayEquals(expectedM, m.values());
    }

    @Test
    void adamStepsOfEveryLengthAndKind() {
        for (int n = 0; n <= 70; n++) {
            adam(n, 0.9, 0, false, false, false);
            adam(n, 0.4, 0.1, false, false, true);
            adam(n, 0.9, 0.1, true, true, false);
        }
    }

    private void adam(
            int n,
            double beta1,
            double decay,
            boolean decoupled,
            boolean amsgrad,
            boolean maximize) {
        double lr = 0.05;
        double beta2 = 0.99;
        Operand w = Operand.normal(random, Layout.dense(n));
        float[] expected = w.values();
        Operand m = zero(n);
        Operand v = zero(n);
        Operand top = zero(n);
        float[] mean = new float[n];
        float[] square = new float[n];
        float[] largest = new float[n];
        for (int t = 1; t <= 3; t++) {
            Operand g = Operand.normal(random, Layout.dense(n));
            float step = (float) -(lr / (1 - Math.pow(beta1, t)));
            float root = (float) Math.sqrt(1 - Math.pow(beta2, t));
            for (int i = 0; i < n; i++) {
                float d = maximize ? -g.get(i) : g.get(i);
                if (decoupled) {
                    expected[i] *= (float) (1 - lr * decay);
                } else if (decay != 0) {
                    d = fma((float) decay, expected[i], d);
                }
                float take = (float) (1 - beta1);
                mean[i] =
                        take < 0.5f
                                ? fma(take, d - mean[i], mean[i])
                                : fma(take - 1, d - mean[i], d);
                square[i] = square[i] * (float) beta2 + d * (float) (1 - beta2) * d;
                largest[i] = Math.max(largest[i], square[i]);
                float used = amsgrad ? largest[i] : square[i];
                float divisor = (float) Math.sqrt(used) / root + (float) 1e-8;
                expected[i] += mean[i] * step / divisor;
            }
            Update.adam(
                    w.data,
                    w.offset(),
                    g.data,
                    g.offset(),
                    m.data,
                    m.offset(),
                    v.data,
                    v.offset(),
                    amsgrad ? top.data : null,
                    top.offset(),
                    n,
                    lr,
                    beta1,
                    beta2,
                    1e-8,
                    decay,
                    decoupled,
                    maximize,
                    t);
        }
        w.assertGuards();
        m.assertGuards();
        v.assertGuards();
        top.assertGuards();
        assertArrayEquals(expected, w.values());
        assertArrayEquals(mean, m.values());
        assertArrayEquals(square, v.values());
        assertArrayEquals(amsgrad ? largest : new float[n], top.values());
    }

    @Test
    void rmspropStepsOfEveryLengthAndKind() {
        for (int n = 0; n <= 70; n++) {
            rmsprop(n, 0.99, 0, 0, false, false);
            rmsprop(n, 0.9, 0.5, 0.1, true, true);
            rmsprop(n, 0.4, 0, 0.1, true, false);
        }
    }

    private void rmsprop(
            int n,
            double alpha,
            double momentum,
            double decay,
            boolean centered,
            boolean maximize) {
        Operand w = Operand.normal(random, Layout.dense(n));
        float[] expected = w.values();
        Operand v = zero(n);
        Operand a = zero(n);
        Operand m = zero(n);
        float[] square = new float[n];
        float[] mean = new float[n];
        float[] buffer = new float[n];
        float take = (float) (1 - alpha);
        for (int t = 0; t < 3; t++) {
            Operand g = Operand.normal(random, Layout.dense(n));
            for (int i = 0; i < n; i++) {
                float d = maximize ? -g.get(i) : g.get(i);
                if (decay != 0) {
                    d = fma((float) decay, expected[i], d);
                }
                square[i] = square[i] * (float) alpha + d * take * d;
                float divided = square[i];
                if (centered) {
                    mean[i] =
                            take < 0.5f
                                    ? fma(take, d - mean[i], mean[i])
                                    : fma(take - 1, d - mean[i], d);
                    divided -= mean[i] * mean[i];
                }
                float divisor = (float) Math.sqrt(divided) + (float) 1e-8;
                if (momentum > 0) {
                    buffer[i] = buffer[i] * (float) momentum + d / divisor;
                    expected[i] = fma((float) -0.1, buffer[i], expected[i]);
                } else {
                    expected[i] += d * (float) -0.1 / divisor;
                }
            }
            Update.rmsprop(
                    w.data,
                    w.offset(),
                    g.data,
                    g.offset(),
                    v.data,
                    v.offset(),
                    centered ? a.data : null,
                    a.offset(),
                    momentum > 0 ? m.data : null,
                    m.offset(),
                    n,
                    0.1,
                    alpha,
                    momentum,
                    1e-8,
                    decay,
                    maximize);
        }
        w.assertGuards();
        v.assertGuards();
        a.assertGuards();
        m.assertGuards();
        assertArrayEquals(expected, w.values());
        assertArrayEquals(square, v.values());
        assertArrayEquals(mean, a.values());
        assertArrayEquals(buffer, m.values());
    }

    private static Operand zero(int n) {
        Operand x = Operand.output(Layout.dense(n));
        for (int i = 0; i < n; i++) {
            x.set(i, 0);
        }
        return x;
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int n = 100_001;
        Operand w = Operand.normal(random, Layout.dense(n));
        Operand g = Operand.normal(random, Layout.dense(n));
        Operand m = zero(n);
        Operand v = zero(n);
        SameBits.forAnyThreads(
                () ->
                        Update.sgd(
                                w.data,
                                w.offset(),
                                g.data,
                                g.offset(),
                                m.data,
                                m.offset(),
                                n,
                                0.1,
                                0.9,
                                0,
                                0.1,
                                true,
                                false,
                                false),
                w.data,
                m.data);
        SameBits.forAnyThreads(
                () ->
                        Update.adam(
                                w.data,
                                w.offset(),
                                g.data,
                                g.offset(),
                                m.data,
                                m.offset(),
                                v.data,
                                v.offset(),
                                null,
                                0,
                                n,
                                0.1,
                                0.9,
                                0.99,
                                1e-8,
                                0.1,
                                true,
                                false,
                                2),
                w.data,
                m.data,
                v.data);
        SameBits.forAnyThreads(
                () ->
                        Update.rmsprop(
                                w.data,
                                w.offset(),
                                g.data,
                                g.offset(),
                                v.data,
                                v.offset(),
                                null,
                                0,
                                m.data,
                                m.offset(),
                                n,
                                0.1,
                                0.99,
                                0.9,
                                1e-8,
                                0.1,
                                false),
                w.data,
                m.data,
                v.data);
    }
}
