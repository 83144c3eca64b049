package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.Simd;
import dev.lanegrad.kernels.StepRule;
import dev.lanegrad.kernels.any.Stepping;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Steps against the same arithmetic written out, in PyTorch's order: the results have equal bits.
class SteppingTest {
    private final Random random = new Random(12);

    private static float fma(float a, float b, float c) {
        return Simd.FMA ? Math.fma(a, b, c) : a * b + c;
    }

    private static float root(float x) {
        return (float) Math.sqrt(x);
    }

    private static float lerp(float a, float d, float take) {
        return take < 0.5f ? fma(take, d - a, a) : fma(take - 1, d - a, d);
    }

    /// The numbers of one parameter.
    private static final class One {
        float w;
        float a;
        float b;
    }

    /// A step of one parameter.
    private interface Step {
        void take(One x, float d);
    }

    /// Three steps from `a0` and `b0`, with gradients of both signs.
    private void check(StepRule rule, boolean pair, float a0, float b0, Step step) {
        for (int n = 0; n <= 70; n++) {
            boolean maximize = n % 2 == 1;
            double decay = n % 3 == 0 ? 0.1 : 0;
            double shrink = n % 5 == 0 ? 0.9 : 1;
            Operand w = Operand.normal(random, Layout.dense(n));
            Operand a = filled(n, a0);
            Operand b = filled(n, b0);
            One[] expected = new One[n];
            for (int i = 0; i < n; i++) {
                expected[i] = new One();
                expected[i].w = w.get(i);
                expected[i].a = a0;
                expected[i].b = b0;
            }
            for (int t = 0; t < 3; t++) {
                Operand g = Operand.normal(random, Layout.dense(n));
                for (int i = 0; i < n; i++) {
                    float d = maximize ? -g.get(i) : g.get(i);
                    d = decay == 0 ? d : fma((float) decay, expected[i].w, d);
                    expected[i].w *= (float) shrink;
                    step.take(expected[i], d);
                }
                Stepping.run(
                        w.data,
                        w.offset(),
                        g.data,
                        g.offset(),
                        a.data,
                        a.offset(),
                        pair ? b.data : null,
                        b.offset(),
                        n,
                        rule,
                        shrink,
                        decay,
                        maximize);
            }
            assertSame(expected, w, a, b);
        }
    }

    private static void assertSame(One[] expected, Operand w, Operand a, Operand b) {
        float[] ws = new float[expected.length];
        float[] as = new float[expected.length];
        float[] bs = new float[expected.length];
        for (int i = 0; i < ws.length; i++) {
            ws[i] = expected[i].w;
            as[i] = expected[i].a;
            bs[i] = expected[i].b;
        }
        w.assertGuards();
        a.assertGuards();
        b.assertGuards();
        assertArrayEquals(ws, w.values());
        assertArrayEquals(as, a.values());
        assertArrayEquals(bs, b.values());
    }

    private static Operand filled(int n, float value) {
        Operand x = Operand.output(Layout.dense(n));
        for (int i = 0; i < n; i++) {
            x.set(i, value);
        }
        return x;
    }

    private static final double LR = 0.05;
    private static final double KEEP = 0.9;
    private static final float TAKE = (float) (1 - KEEP);
    private static final double EPSILON = 1e-4;
    private static final float E = (float) EPSILON;

    @Test
    void adadeltaOfEveryLength() {
        check(
                new StepRule.Adadelta(LR, KEEP, EPSILON),
                true,
                0,
                0,
                (x, d) -> {
                    x.a = x.a * (float) KEEP + d * TAKE * d;
                    float s = root(x.b + E) / root(x.a + E) * d;
                    x.b = x.b * (float) KEEP + s * TAKE * s;
                    x.w = fma(s, (float) -LR, x.w);
                });
    }

    @Test
    void adamaxOfEveryLength() {
        for (double beta1 : new double[] {0.9, 0.4}) {
            check(
                    new StepRule.Adamax(LR, beta1, KEEP, EPSILON),
                    true,
                    0,
                    0,
                    (x, d) -> {
                        x.a = lerp(x.a, d, (float) (1 - beta1));
                        x.b = Math.max(x.b * (float) KEEP, Math.abs(d) + E);
                        x.w += x.a * (float) -LR / x.b;
                    });
        }
    }

    @Test
    void nadamOfEveryLength() {
        check(
                new StepRule.NAdam(LR, 0.03, 0.9, KEEP, EPSILON, 0.7),
                true,
                0,
                0,
                (x, d) -> {
                    x.a = lerp(x.a, d, (float) (1 - 0.9));
                    x.b = x.b * (float) KEEP + d * TAKE * d;
                    float divisor = root(x.b / 0.7f) + E;
                    x.w += d * (float) -LR / divisor;
                    x.w += x.a * -0.03f / divisor;
                });
    }

    @Test
    void radamOfEveryLengthRectifiedOrNot() {
        for (float f : new float[] {0, 0.3f}) {
            check(
                    new StepRule.RAdam(LR, 0.4, KEEP, EPSILON, 0.75, 0.6, f),
                    true,
                    0,
                    0,
                    (x, d) -> {
                        x.a = lerp(x.a, d, (float) (1 - 0.4));
                        x.b = x.b * (float) KEEP + d * TAKE * d;
                        float s = x.a / 0.75f * (float) LR;
                        x.w -= f == 0 ? s : s * (1 / (root(x.b) + E) * 0.6f) * f;
                    });
        }
    }

    @Test
    void rpropOfEveryLength() {
        check(
                new StepRule.Rprop(0.5, 1.2, 0.02, 0.07),
                true,
                0,
                0.05f,
                (x, d) -> {
                    float same = d * x.a;
                    float factor = same > 0 ? 1.2f : same < 0 ? 0.5f : 1;
                    x.b = Math.min(Math.max(x.b * factor, 0.02f), 0.07f);
                    x.a = same < 0 ? 0 : d;
                    x.w -= Math.signum(x.a) * x.b;
                });
    }

    @Test
    void adagradOfEveryLength() {
        check(
                new StepRule.Adagrad(LR, EPSILON),
                false,
                0.1f,
                7,
                (x, d) -> {
                    x.a += d * d;
                    x.w += d * (float) -LR / (root(x.a) + E);
                });
    }

    @Test
    void asgdOfEveryLength() {
        for (float share : new float[] {1, 0.25f}) {
            check(
                    new StepRule.Asgd(LR, share),
                    false,
                    0.5f,
                    7,
                    (x, d) -> {
                        x.w = fma(d, (float) -LR, x.w);
                        x.a = share == 1 ? x.w : (x.w - x.a) * share + x.a;
                    });
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int n = 100_001;
        Operand w = Operand.normal(random, Layout.dense(n));
        Operand g = Operand.normal(random, Layout.dense(n));
        Operand a = filled(n, 0);
        Operand b = filled(n, 0.1f);
        SameBits.forAnyThreads(
                () ->
                        Stepping.run(
                                w.data,
                                w.offset(),
                                g.data,
                                g.offset(),
                                a.data,
                                a.offset(),
                                b.data,
                                b.offset(),
                                n,
                                new StepRule.Adamax(LR, 0.9, 0.99, EPSILON),
                                0.9,
                                0.1,
                                true),
                w.data,
                a.data,
                b.data);
    }
}
