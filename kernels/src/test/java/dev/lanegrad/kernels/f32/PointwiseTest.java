package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.BinaryReference;
import dev.lanegrad.kernels.Formula;
import dev.lanegrad.kernels.LoopKernel;
import dev.lanegrad.kernels.TernaryReference;
import dev.lanegrad.kernels.UnaryReference;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Compare;
import dev.lanegrad.kernels.any.Predicate;
import dev.lanegrad.kernels.any.Ternary;
import dev.lanegrad.kernels.any.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class PointwiseTest {
    private static final double EPSILON = Math.ulp(1f);
    private static final double P = 0.75;
    private static final double Q = 1.625;

    /// Twice the most lanes that a vector has, and one more.
    private static final int LONGEST = 33;

    private static final int MARGIN = 3;
    private static final float GUARD = -77777;
    private static final double[] SPECIAL = {
        0.0, -0.0, 1, -1, 2.5, -2.5, 3, -3, 0.75, -0.75, 0.125, -0.125, 7, -7, 7.738
    };
    private static final double[] ENDLESS = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private final Random random = new Random(11);

    @Test
    void everyOperationHasAReference() {
        for (Unary op : Unary.values()) {
            assertEquals(op != Unary.BITWISE_NOT, UnaryReference.FORMULAS.containsKey(op), "" + op);
        }
        for (Binary op : Binary.values()) {
            boolean integer = BinaryReference.INTEGER.contains(op);
            assertEquals(!integer, BinaryReference.FORMULAS.containsKey(op), "" + op);
        }
        for (Ternary op : Ternary.values()) {
            assertTrue(TernaryReference.FORMULAS.containsKey(op), "" + op);
        }
    }

    @Test
    void everyLengthStepAndOffset() {
        formulas().forEach(this::lengths);
    }

    private void lengths(LoopKernel op, Formula formula) {
        int inputs = op.inputs();
        for (int n = 0; n <= LONGEST; n++) {
            int offset = n % 3;
            float[][] operands = new float[inputs][];
            for (int k = 0; k < inputs; k++) {
                operands[k] = numbers(offset + k + n);
            }
            for (int steps = 0; steps < 1 << inputs; steps++) {
                int[] step = new int[inputs + 1];
                int[] at = new int[inputs + 1];
                for (int k = 0; k < inputs; k++) {
                    step[k] = steps >> k & 1;
                    at[k] = Math.min(offset + k, operands[k].length - 1 + (n == 0 ? 1 : 0));
                }
                step[inputs] = 1;
                at[inputs] = MARGIN + offset;
                float[] y = new float[n + 2 * MARGIN + offset];
                Arrays.fill(y, GUARD);
                op.run(arrays(operands, y), at, step, n, P, Q);
                for (int i = 0; i < y.length; i++) {
                    int element = i - MARGIN - offset;
                    if (element < 0 || element >= n) {
                        assertEquals(GUARD, y[i], op + " wrote outside, at " + element);
                    } else {
                        double[] x = new double[3];
                        for (int k = 0; k < inputs; k++) {
                            x[k] = operands[k][at[k] + element * step[k]];
                        }
                        compare(op, formula, x, y[i]);
                    }
                }
            }
        }
    }

    @Test
    void specialValuesAreThoseOfTheFormula() {
        formulas().forEach((op, formula) -> special(op, formula, SPECIAL));
    }

    @Test
    void infinitiesAndNaNAreThoseOfTheFormula() {
        double[] values = Arrays.copyOf(SPECIAL, 6 + ENDLESS.length);
        System.arraycopy(ENDLESS, 0, values, 6, ENDLESS.length);
        formulas().forEach((op, formula) -> special(op, formula, values));
    }

    /// All combinations of the values as operands.
    private void special(LoopKernel op, Formula formula, double[] values) {
        int inputs = op.inputs();
        int n = (int) Math.pow(values.length, inputs);
        float[][] operands = new float[inputs][n];
        for (int i = 0; i < n; i++) {
            int rest = i;
            for (int k = 0; k < inputs; k++) {
                operands[k][i] = (float) values[rest % values.length];
                rest /= values.length;
            }
        }
        float[] y = run(op, operands);
        for (int i = 0; i < n; i++) {
            double[] x = new double[3];
            for (int k = 0; k < inputs; k++) {
                x[k] = operands[k][i];
            }
            compare(op, formula, x, y[i]);
        }
    }

    @Test
    void inPlaceGivesTheSameBits() {
        for (LoopKernel op : formulas().keySet()) {
            for (int k = 0; k < op.inputs(); k++) {
                float[][] operands = new float[op.inputs()][];
                for (int i = 0; i < operands.length; i++) {
                    operands[i] = numbers(50);
                }
                float[] y = run(op, operands);
                int[] step = new int[op.inputs() + 1];
                Arrays.fill(step, 1);
                op.run(arrays(operands, operands[k]), new int[step.length], step, 50, P, Q);
                assertArrayEquals(y, operands[k], op + " in place of operand " + k);
            }
        }
    }

    /// Kernels that shared code would slow each other down and, if they shared state, disturb each
    /// other.
    @Test
    void operationsUsedTogetherStayRight() {
        List<Map.Entry<LoopKernel, Formula>> ten = new ArrayList<>(formulas().entrySet());
        ten.removeIf(e -> e.getKey().inputs() == 3);
        java.util.Collections.shuffle(ten, random);
        float[][] operands = {numbers(64), numbers(64)};
        for (int round = 0; round < 400; round++) {
            for (Map.Entry<LoopKernel, Formula> e : ten.subList(0, 10)) {
                LoopKernel op = e.getKey();
                float[] y = run(op, Arrays.copyOf(operands, op.inputs()));
                for (int i = round % 64; i < 64; i += 64) {
                    double second = op.inputs() == 1 ? 0 : operands[1][i];
                    compare(op, e.getValue(), new double[] {operands[0][i], second, 0}, y[i]);
                }
            }
        }
    }

    @Test
    void comparisons() {
        Map<Compare, IntPredicate> expected = new LinkedHashMap<>();
        expected.put(Compare.EQ, c -> c == 0);
        expected.put(Compare.NE, c -> c != 0);
        expected.put(Compare.LT, c -> c == -1);
        expected.put(Compare.LE, c -> c == -1 || c == 0);
        expected.put(Compare.GT, c -> c == 1);
        expected.put(Compare.GE, c -> c == 1 || c == 0);
        assertEquals(Compare.values().length, expected.size() + 1, "comparisons and isclose");
        expected.forEach((op, holds) -> compare(op, (a, b) -> holds.test(order(a, b))));
        compare(
                Compare.ISCLOSE,
                (a, b) -> a == b || (Math.abs(a - b) <= Q + P * Math.abs(b) && finite(a - b)));
    }

    private interface Relation {
        boolean of(double a, double b);
    }

    /// -1, 0 or 1; 2 where either is NaN.
    private static int order(double a, double b) {
        return a < b ? -1 : a == b ? 0 : a > b ? 1 : 2;
    }

    private static boolean finite(double x) {
        return Math.abs(x) < Double.POSITIVE_INFINITY;
    }

    private void compare(Compare op, Relation expected) {
        float[] values = {0, -0f, 1, 1.5f, -1, 3, 4, 100, -100, 0, 0, 0};
        values[9] = (float) Double.NaN;
        values[10] = (float) Double.POSITIVE_INFINITY;
        values[11] = (float) Double.NEGATIVE_INFINITY;
        for (int n = 0; n <= LONGEST; n++) {
            float[] a = new float[n + 1];
            float[] b = new float[n + 1];
            for (int i = 0; i < a.length; i++) {
                a[i] = values[random.nextInt(values.length)];
                b[i] = values[random.nextInt(values.length)];
            }
            for (int steps = 0; steps < 4; steps++) {
                int[] step = {steps & 1, steps >> 1, 1};
                boolean[] y = new boolean[n + 2];
                Object[] arrays = {a, b, y};
                op.run(arrays, new int[] {1 - (n == 0 ? 1 : 0), 0, 1}, step, n, P, Q);
                assertEquals(false, y[0] || y[n + 1], op + " wrote outside");
                for (int i = 0; i < n; i++) {
                    double first = a[1 + i * step[0]];
                    double second = b[i * step[1]];
                    boolean holds = expected.of(first, second);
                    assertEquals(holds, y[1 + i], op + "(" + first + ", " + second + ")");
                }
            }
        }
    }

    @Test
    void predicates() {
        Map<Predicate, java.util.function.DoublePredicate> expected = new LinkedHashMap<>();
        expected.put(Predicate.ISNAN, x -> x != x);
        expected.put(Predicate.ISFINITE, PointwiseTest::finite);
        expected.put(Predicate.ISINF, x -> Math.abs(x) == Double.POSITIVE_INFINITY);
        expected.put(Predicate.ISPOSINF, x -> x == Double.POSITIVE_INFINITY);
        expected.put(Predicate.ISNEGINF, x -> x == Double.NEGATIVE_INFINITY);
        for (Predicate op : Predicate.values()) {
            for (int n = 0; n <= LONGEST; n++) {
                float[] x = new float[n + 1];
                for (int i = 0; i < x.length; i++) {
                    int choice = random.nextInt(4);
                    x[i] = choice == 3 ? i : (float) ENDLESS[choice];
                }
                for (int step = 0; step < 2; step++) {
                    boolean[] y = new boolean[n + 2];
                    op.run(new Object[] {x, y}, new int[] {0, 1}, new int[] {step, 1}, n, P, Q);
                    assertEquals(false, y[0] || y[n + 1], op + " wrote outside");
                    for (int i = 0; i < n; i++) {
                        double value = x[i * step];
                        assertEquals(expected.get(op).test(value), y[1 + i], op + " of " + value);
                    }
                }
            }
        }
    }

    private static Map<LoopKernel, Formula> formulas() {
        Map<LoopKernel, Formula> all = new LinkedHashMap<>(UnaryReference.FORMULAS);
        all.putAll(BinaryReference.FORMULAS);
        all.putAll(TernaryReference.FORMULAS);
        return all;
    }

    private static float[] run(LoopKernel op, float[][] operands) {
        float[] y = new float[operands[0].length];
        int[] step = new int[op.inputs() + 1];
        Arrays.fill(step, 1);
        op.run(arrays(operands, y), new int[step.length], step, y.length, P, Q);
        return y;
    }

    private static Object[] arrays(float[][] operands, float[] y) {
        Object[] all = Arrays.copyOf(operands, operands.length + 1, Object[].class);
        all[operands.length] = y;
        return all;
    }

    private float[] numbers(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) (random.nextGaussian() * (random.nextInt(4) == 0 ? 8 : 1));
        }
        return x;
    }

    private static void compare(LoopKernel op, Formula formula, double[] x, float y) {
        double want = formula.value().of(x[0], x[1], x[2], P, Q);
        // what underflows on the way is multiplied by the first operand, a gradient, thereafter
        double tiny = formula.ulps() * Float.MIN_VALUE * Math.max(1, Math.abs(x[0]));
        boolean same =
                Double.isNaN(want) || Double.isNaN(y) || Double.isInfinite((float) want)
                        ? Float.compare((float) want, y) == 0
                        : want == y
                                || Math.abs(want - y)
                                        <= formula.tolerance(x, P, Q, want, EPSILON) + tiny;
        if (want == 0 && y == 0 && !op.toString().contains("BACKWARD")) {
            same = Double.compare(want, y) == 0;
        }
        if (!same) {
            String operands = Arrays.toString(Arrays.copyOf(x, op.inputs()));
            throw new AssertionError(op + operands + " is " + y + ", not " + want);
        }
    }
}
