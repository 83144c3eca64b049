package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.kernels.LoopKernel;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The integer operations against exact integers, cut to the type's bits.
class IntegerPointwiseTest {
    private static final int LONGEST = 67;
    private static final long P = 3;

    private interface Exact {
        BigInteger of(BigInteger a, BigInteger b, BigInteger c, int bits);
    }

    private static final Map<LoopKernel, Exact> EXPECTED = new LinkedHashMap<>();

    static {
        put(Unary.NEG, (a, b, c, bits) -> a.negate());
        put(Unary.ABS, (a, b, c, bits) -> a.abs());
        put(Unary.SIGN, (a, b, c, bits) -> BigInteger.valueOf(a.signum()));
        put(Unary.SQUARE, (a, b, c, bits) -> a.multiply(a));
        put(Unary.CUBE, (a, b, c, bits) -> a.pow(3));
        put(Unary.RELU, (a, b, c, bits) -> a.max(BigInteger.ZERO));
        put(Unary.BITWISE_NOT, (a, b, c, bits) -> a.not());
        put(Binary.ADD, (a, b, c, bits) -> a.add(b));
        put(Binary.ADD_SCALED, (a, b, c, bits) -> a.add(b.multiply(BigInteger.valueOf(P))));
        put(Binary.SUB, (a, b, c, bits) -> a.subtract(b));
        put(Binary.MUL, (a, b, c, bits) -> a.multiply(b));
        put(Binary.FLOOR_DIVIDE, (a, b, c, bits) -> a.subtract(modulo(a, b)).divide(b));
        put(Binary.TRUNC_DIVIDE, (a, b, c, bits) -> a.divide(b));
        put(Binary.REMAINDER, (a, b, c, bits) -> modulo(a, b));
        put(Binary.FMOD, (a, b, c, bits) -> a.remainder(b));
        put(Binary.MAXIMUM, (a, b, c, bits) -> a.max(b));
        put(Binary.MINIMUM, (a, b, c, bits) -> a.min(b));
        put(Binary.POW, IntegerPointwiseTest::pow);
        put(Binary.BITWISE_AND, (a, b, c, bits) -> a.and(b));
        put(Binary.BITWISE_OR, (a, b, c, bits) -> a.or(b));
        put(Binary.BITWISE_XOR, (a, b, c, bits) -> a.xor(b));
        put(Binary.BITWISE_LEFT_SHIFT, (a, b, c, bits) -> shift(a, b, bits, true));
        put(Binary.BITWISE_RIGHT_SHIFT, (a, b, c, bits) -> shift(a, b, bits, false));
        put(Ternary.CLAMP, (a, b, c, bits) -> a.max(b).min(c));
        put(
                Ternary.ADDCMUL,
                (a, b, c, bits) -> a.add(b.multiply(c).multiply(BigInteger.valueOf(P))));
    }

    private static final Set<LoopKernel> DIVISIONS =
            Set.of(Binary.FLOOR_DIVIDE, Binary.TRUNC_DIVIDE, Binary.REMAINDER, Binary.FMOD);

    private final Random random = new Random(13);

    @Test
    void everyOperationOnIntegersIsExpected() {
        Set<LoopKernel> defined = new HashSet<>();
        for (LoopKernel op : all()) {
            Object[] arrays = new Object[op.inputs() + 1];
            Arrays.fill(arrays, new long[] {1});
            int[] step = new int[arrays.length];
            try {
                op.run(arrays, new int[arrays.length], step, 1, 1, 1);
                defined.add(op);
            } catch (IllegalArgumentException e) {
                assertEquals(op + ": not defined for long[]", e.getMessage());
            }
        }
        assertEquals(EXPECTED.keySet(), defined);
    }

    private static Set<LoopKernel> all() {
        Set<LoopKernel> all = new HashSet<>(Arrays.asList(Unary.values()));
        all.addAll(Arrays.asList(Binary.values()));
        all.addAll(Arrays.asList(Ternary.values()));
        return all;
    }

    @Test
    void everyLengthStepAndOffset() {
        for (LoopKernel op : EXPECTED.keySet()) {
            check(op, long.class, 64);
            check(op, int.class, 32);
            check(op, short.class, 16);
            check(op, byte.class, 8);
        }
    }

    private void check(LoopKernel op, Class<?> type, int bits) {
        int inputs = op.inputs();
        for (int n = 0; n <= LONGEST; n++) {
            int offset = n % 3;
            for (int steps = 0; steps < 1 << inputs; steps++) {
                Object[] arrays = new Object[inputs + 1];
                int[] step = new int[inputs + 1];
                int[] at = new int[inputs + 1];
                for (int k = 0; k < inputs; k++) {
                    boolean divisor = k == 1 && DIVISIONS.contains(op);
                    arrays[k] = numbers(type, bits, n + offset + 1, divisor);
                    step[k] = steps >> k & 1;
                    at[k] = offset;
                }
                arrays[inputs] = Array.newInstance(type, n + offset + 2);
                step[inputs] = 1;
                at[inputs] = offset + 1;
                op.run(arrays, at, step, n, P, 0);
                compare(op, bits, n, arrays, at, step);
            }
        }
    }

    private static void compare(
            LoopKernel op, int bits, int n, Object[] arrays, int[] at, int[] step) {
        int inputs = op.inputs();
        for (int i = 0; i < Array.getLength(arrays[inputs]); i++) {
            int element = i - at[inputs];
            long want = 0;
            if (element >= 0 && element < n) {
                BigInteger[] x = new BigInteger[3];
                for (int k = 0; k < inputs; k++) {
                    x[k] = number(arrays[k], at[k] + element * step[k]);
                }
                long exact = EXPECTED.get(op).of(x[0], x[1], x[2], bits).longValue();
                want = exact << (64 - bits) >> (64 - bits);
            }
            long y = Array.getLong(arrays[inputs], i);
            assertEquals(want, y, op + " of " + bits + " bits, element " + element + " of " + n);
        }
    }

    private static BigInteger number(Object array, int i) {
        return BigInteger.valueOf(Array.getLong(array, i));
    }

    private Object numbers(Class<?> type, int bits, int n, boolean divisor) {
        Object array = Array.newInstance(type, n);
        for (int i = 0; i < n; i++) {
            long any = random.nextLong();
            long x =
                    switch (random.nextInt(4)) {
                        case 0 -> any % 10;
                        case 1 -> any % 70;
                        case 2 -> (any & 1) == 0 ? Long.MIN_VALUE >> (64 - bits) : -1;
                        default -> any >> (64 - bits);
                    };
            x = divisor && x == 0 ? 7 : x;
            switch (array) {
                case long[] a -> a[i] = x;
                case int[] a -> a[i] = (int) x;
                case short[] a -> a[i] = (short) x;
                default -> ((byte[]) array)[i] = (byte) x;
            }
        }
        return array;
    }

    @Test
    void divisionByZeroIsAnError() {
        for (LoopKernel op : DIVISIONS) {
            Object[] arrays = {new int[] {5}, new int[] {0}, new int[1]};
            int[] one = {1, 1, 1};
            assertThrows(ArithmeticException.class, () -> op.run(arrays, new int[3], one, 1, 0, 0));
        }
    }

    @Test
    void longsNeverPassThroughDouble() {
        long[] a = {(1L << 53) + 1, Long.MAX_VALUE - 2, Long.MIN_VALUE + 3};
        long[] b = {1, 1, -1};
        long[] y = new long[3];
        Binary.ADD.run(new Object[] {a, b, y}, new int[3], new int[] {1, 1, 1}, 3, 0, 0);
        assertEquals(a[0] + 1, y[0]);
        assertEquals(a[1] + 1, y[1]);
        assertEquals(a[2] - 1, y[2]);
    }

    @Test
    void comparisons() {
        long[] a = {1, 2, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -5};
        long[] b = {2, 2, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, -5};
        for (Compare op : Compare.values()) {
            if (op == Compare.ISCLOSE) {
                continue;
            }
            for (int i = 0; i < a.length; i++) {
                int order = Long.compare(a[i], b[i]);
                boolean want =
                        switch (op) {
                            case EQ -> order == 0;
                            case NE -> order != 0;
                            case LT -> order < 0;
                            case LE -> order <= 0;
                            case GT -> order > 0;
                            case GE -> order >= 0;
                            case ISCLOSE -> throw new IllegalStateException();
                        };
                boolean[] y = new boolean[1];
                op.run(new Object[] {a, b, y}, new int[] {i, i, 0}, new int[] {1, 1, 1}, 1, 0, 0);
                assertEquals(want, y[0], op + " of " + a[i] + " and " + b[i]);
            }
        }
    }

    @Test
    void comparisonsOfEveryLengthStepAndOffset() {
        for (Class<?> type : new Class<?>[] {long.class, int.class, short.class, byte.class}) {
            for (int n = 0; n <= 2 * LONGEST; n++) {
                for (int steps = 0; steps < 4; steps++) {
                    compareRows(type, n, new int[] {steps & 1, steps >> 1, 1});
                }
            }
        }
    }

    private void compareRows(Class<?> type, int n, int[] step) {
        Object a = Array.newInstance(type, n + 2);
        Object b = Array.newInstance(type, n + 1);
        for (int i = 0; i < n + 2; i++) {
            Array.setByte(a, i, (byte) (random.nextInt(3) - 1));
            if (i <= n) {
                Array.setByte(b, i, (byte) (random.nextInt(3) - 1));
            }
        }
        boolean[] lt = new boolean[n + 2];
        boolean[] ne = new boolean[n + 2];
        int[] at = {2 - step[0] - (n == 0 ? 1 : 0), 0, 1};
        Compare.LT.run(new Object[] {a, b, lt}, at, step, n, 0, 0);
        Compare.NE.run(new Object[] {a, b, ne}, at, step, n, 0, 0);
        assertEquals(false, lt[0] || lt[n + 1] || ne[0] || ne[n + 1], "wrote outside");
        for (int i = 0; i < n; i++) {
            long first = Array.getLong(a, at[0] + i * step[0]);
            long second = Array.getLong(b, i * step[1]);
            assertEquals(first < second, lt[1 + i], type + " " + first + " < " + second);
            assertEquals(first != second, ne[1 + i], type + " " + first + " != " + second);
        }
    }

    private static BigInteger modulo(BigInteger a, BigInteger b) {
        BigInteger rest = a.remainder(b);
        return rest.signum() * b.signum() < 0 ? rest.add(b) : rest;
    }

    private static BigInteger pow(BigInteger a, BigInteger b, BigInteger c, int bits) {
        if (b.signum() >= 0) {
            return a.modPow(b, BigInteger.ONE.shiftLeft(64));
        }
        boolean unit = a.abs().equals(BigInteger.ONE);
        return !unit ? BigInteger.ZERO : b.testBit(0) ? a : BigInteger.ONE;
    }

    private static BigInteger shift(BigInteger a, BigInteger b, int bits, boolean left) {
        boolean inside = b.signum() >= 0 && b.compareTo(BigInteger.valueOf(bits)) < 0;
        if (left) {
            return inside ? a.shiftLeft(b.intValue()) : BigInteger.ZERO;
        }
        return a.shiftRight(inside ? b.intValue() : bits);
    }

    private static void put(LoopKernel op, Exact exact) {
        EXPECTED.put(op, exact);
    }
}
