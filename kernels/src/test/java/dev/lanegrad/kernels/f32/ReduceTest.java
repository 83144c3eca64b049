package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Reduce;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ReduceTest {
    private static final double EPSILON = Math.ulp(1f) / 2;

    private interface Kernel {
        void run(Object x, int xo, int[] sizes, int[] strides, boolean[] reduced, Object y, int yo);
    }

    private final Random random = new Random(7);

    @Test
    void everyLengthAlongRowsAndColumnsAndInBetween() {
        for (int n = 0; n <= 70; n++) {
            check(new boolean[] {true}, n);
            check(new boolean[] {false, true}, 5, n);
            check(new boolean[] {true, false}, n, 5);
            check(new boolean[] {true, false}, 5, n);
            check(new boolean[] {true, false, true}, 3, n, 2);
            check(new boolean[] {false, true, false}, 2, n, 3);
        }
    }

    @Test
    void lengthsAroundLeavesAndBlocks() {
        for (int n : new int[] {129, 1025, 2049, 4100}) {
            check(new boolean[] {true}, n);
            check(new boolean[] {false, true}, 3, n);
            check(new boolean[] {true, false}, n, 3);
            check(new boolean[] {true, false}, 3, n);
        }
        check(new boolean[] {true}, 140_001);
        check(new boolean[] {true, false}, 1100, 70);
        check(new boolean[] {true, false}, 10_001, 7);
        check(new boolean[] {true, false, true, true}, 3, 7, 30, 40);
    }

    @Test
    void anySubsetOfAxes() {
        for (int subset = 0; subset < 32; subset++) {
            boolean[] reduced = new boolean[5];
            for (int axis = 0; axis < 5; axis++) {
                reduced[axis] = (subset >> axis & 1) == 1;
            }
            check(reduced, 3, 4, 1, 5, 6);
            check(reduced, 2, 1, 19, 2, 33);
        }
    }

    @Test
    void foldsOverNothingGiveTheIdentity() {
        Operand x = Operand.normal(random, Layout.dense(3, 0));
        boolean[] reduced = {false, true};
        assertArrayEquals(new float[] {0, 0, 0}, run(Reduce::sum, x, reduced).values());
        assertArrayEquals(new float[] {1, 1, 1}, run(Reduce::prod, x, reduced).values());
        float inf = Float.POSITIVE_INFINITY;
        assertArrayEquals(new float[] {-inf, -inf, -inf}, run(Reduce::max, x, reduced).values());
        assertArrayEquals(new float[] {inf, inf, inf}, run(Reduce::min, x, reduced).values());
        assertEquals(0, run(Reduce::sum, x, new boolean[] {true, false}).values().length);
    }

    @Test
    void nanPropagatesFromAnyPlace() {
        for (int n : new int[] {1, 7, 40, 300}) {
            for (boolean[] reduced : new boolean[][] {{true, false}, {false, true}}) {
                for (int place = 0; place < 3 * n; place += 1 + n / 10) {
                    int[] sizes = reduced[0] ? new int[] {n, 3} : new int[] {3, n};
                    Operand x = Operand.normal(random, Layout.random(random, sizes));
                    x.set(place, Float.NaN);
                    int output = reduced[0] ? place % 3 : place / n;
                    for (Kernel kernel : kernels()) {
                        float[] y = run(kernel, x, reduced).values();
                        for (int i = 0; i < 3; i++) {
                            assertEquals(i == output, Float.isNaN(y[i]));
                        }
                    }
                }
            }
        }
    }

    @Test
    void infinitiesAreValues() {
        float inf = Float.POSITIVE_INFINITY;
        Operand x = Operand.of(1, inf, -3);
        boolean[] all = {true};
        assertEquals(inf, run(Reduce::sum, x, all).get(0));
        assertEquals(inf, run(Reduce::max, x, all).get(0));
        assertEquals(-3, run(Reduce::min, x, all).get(0));
        assertEquals(-inf, run(Reduce::prod, x, all).get(0));
        assertEquals(Float.NaN, run(Reduce::sum, Operand.of(inf, -inf), all).get(0));
        assertEquals(-inf, run(Reduce::max, Operand.of(-inf, -inf), all).get(0));
    }

    @Test
    void aLongSumOfEqualNumbersKeepsItsDigits() {
        int n = 1 << 22;
        float[] x = new float[n];
        Arrays.fill(x, 0.1f);
        float[] y = new float[1];
        Reduce.sum(x, 0, new int[] {n}, new int[] {1}, new boolean[] {true}, y, 0);
        double exact = n * (double) 0.1f;
        assertEquals(exact, y[0], exact * (bound(n) * EPSILON));
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int[][] cases = {{300_000}, {70, 3000}, {2, 140_000}, {60_000, 5}, {9, 30, 900}};
        for (int[] sizes : cases) {
            for (int axis = 0; axis < sizes.length; axis++) {
                boolean[] reduced = new boolean[sizes.length];
                reduced[axis] = true;
                Operand x = Operand.normal(random, Layout.dense(sizes));
                Operand y = Operand.output(Layout.dense(kept(sizes, reduced)));
                for (Kernel kernel : new Kernel[] {Reduce::sum, Reduce::max}) {
                    SameBits.forAnyThreads(() -> run(kernel, x, reduced, y), y.data);
                }
            }
        }
    }

    // ------------------------------------------------------------ against plain loops

    private Kernel[] kernels() {
        return new Kernel[] {
            Reduce::sum,
            Reduce::sumOfSquares,
            Reduce::sumOfMagnitudes,
            Reduce::prod,
            Reduce::max,
            Reduce::min
        };
    }

    private void check(boolean[] reduced, int... sizes) {
        for (Layout layout :
                new Layout[] {
                    Layout.dense(sizes),
                    Layout.random(random, sizes),
                    Layout.expanded(random, sizes)
                }) {
            Operand x = Operand.normal(random, layout);
            int[] outputs = outputs(layout, reduced);
            checkSum(Reduce::sum, x, reduced, outputs, v -> v);
            checkSum(Reduce::sumOfSquares, x, reduced, outputs, v -> v * v);
            checkSum(Reduce::sumOfMagnitudes, x, reduced, outputs, Math::abs);
            double inf = Double.POSITIVE_INFINITY;
            checkExact(Reduce::max, x, reduced, outputs, Math::max, -inf);
            checkExact(Reduce::min, x, reduced, outputs, Math::min, inf);
            checkProd(x, reduced, outputs);
        }
    }

    /// Roundings that one element goes through, by the structure of the fold.
    private static double bound(int n) {
        return 1.01 * Math.min(n + 1, 50 + Math.log(n) / Math.log(2));
    }

    private void checkSum(
            Kernel kernel,
            Operand x,
            boolean[] reduced,
            int[] outputs,
            java.util.function.DoubleUnaryOperator map) {
        float[] got = run(kernel, x, reduced).values();
        double[] sum = new double[got.length];
        double[] lost = new double[got.length];
        double[] magnitude = new double[got.length];
        int n = x.layout.count();
        for (int i = 0; i < n; i++) {
            int j = outputs[i];
            double v = map.applyAsDouble(x.get(i));
            double s = sum[j] + v;
            double back = s - sum[j];
            lost[j] += (sum[j] - (s - back)) + (v - back);
            sum[j] = s;
            magnitude[j] += Math.abs(v);
        }
        int terms = got.length == 0 ? 0 : n / got.length;
        for (int j = 0; j < got.length; j++) {
            assertEquals(
                    sum[j] + lost[j],
                    got[j],
                    bound(Math.max(1, terms)) * EPSILON * magnitude[j],
                    () -> x.layout + " reduced " + Arrays.toString(reduced));
        }
    }

    private void checkProd(Operand x, boolean[] reduced, int[] outputs) {
        for (int i = 0; i < x.layout.count(); i++) {
            x.set(i, random.nextBoolean() ? 1 : -1);
        }
        for (int i = 0; i < Math.min(8, x.layout.count()); i++) {
            x.set(random.nextInt(x.layout.count()), 2);
        }
        checkExact(Reduce::prod, x, reduced, outputs, (a, b) -> a * b, 1);
    }

    private void checkExact(
            Kernel kernel,
            Operand x,
            boolean[] reduced,
            int[] outputs,
            DoubleBinaryOperator op,
            double start) {
        float[] got = run(kernel, x, reduced).values();
        float[] expected = new float[got.length];
        Arrays.fill(expected, (float) start);
        for (int i = 0; i < x.layout.count(); i++) {
            int j = outputs[i];
            expected[j] = (float) op.applyAsDouble(expected[j], x.get(i));
        }
        assertArrayEquals(expected, got, () -> x.layout + " reduced " + Arrays.toString(reduced));
    }

    private static Operand run(Kernel kernel, Operand x, boolean[] reduced) {
        Operand y = Operand.output(Layout.dense(kept(x.sizes(), reduced)));
        run(kernel, x, reduced, y);
        y.assertGuards();
        return y;
    }

    private static void run(Kernel kernel, Operand x, boolean[] reduced, Operand y) {
        kernel.run(x.data, x.offset(), x.sizes(), x.strides(), reduced, y.data, y.offset());
    }

    private static int[] kept(int[] sizes, boolean[] reduced) {
        int[] kept = new int[sizes.length];
        int n = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!reduced[axis]) {
                kept[n++] = sizes[axis];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /// The number of each element's output.
    private static int[] outputs(Layout layout, boolean[] reduced) {
        int[] outputs = new int[layout.count()];
        for (int i = 0; i < outputs.length; i++) {
            int[] index = layout.index(i);
            for (int axis = 0; axis < index.length; axis++) {
                if (!reduced[axis]) {
                    outputs[i] = outputs[i] * layout.sizes()[axis] + index[axis];
                }
            }
        }
        return outputs;
    }
}
