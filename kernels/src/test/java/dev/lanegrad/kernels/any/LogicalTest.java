package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Logical;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogicalTest {
    private static final int LONGEST = 67;

    private final Random random = new Random(17);

    @Test
    void truthTables() {
        for (int n = 0; n <= LONGEST; n++) {
            for (int steps = 0; steps < 4; steps++) {
                boolean[] a = booleans(n + 2);
                boolean[] b = booleans(n + 1);
                int[] step = {steps & 1, steps >> 1, 1};
                for (Logical op : List.of(Logical.AND, Logical.OR, Logical.XOR)) {
                    boolean[] y = new boolean[n + 2];
                    op.run(new Object[] {a, b, y}, new int[] {1, 0, 1}, step, n, 0, 0);
                    assertEquals(false, y[0] || y[n + 1], op + " wrote outside");
                    for (int i = 0; i < n; i++) {
                        boolean first = a[1 + i * step[0]];
                        boolean second = b[i * step[1]];
                        boolean want =
                                switch (op) {
                                    case AND -> first && second;
                                    case OR -> first || second;
                                    default -> first != second;
                                };
                        assertEquals(want, y[1 + i], op + " of " + first + " and " + second);
                    }
                }
            }
        }
    }

    @Test
    void not() {
        boolean[] y = {true, true, true, true};
        Object[] arrays = {new boolean[] {true, false, true}, y};
        Logical.NOT.run(arrays, new int[] {1, 1}, new int[] {1, 1}, 2, 0, 0);
        assertEquals(List.of(true, true, false, true), List.of(y[0], y[1], y[2], y[3]));
    }

    @Test
    void whereChoosesBetweenElementsOfAnyType() {
        for (Class<?> type :
                List.of(
                        float.class,
                        double.class,
                        long.class,
                        int.class,
                        short.class,
                        byte.class,
                        boolean.class)) {
            for (int n = 0; n <= LONGEST; n++) {
                for (int steps = 0; steps < 8; steps++) {
                    where(type, n, new int[] {steps & 1, steps >> 1 & 1, steps >> 2, 1});
                }
            }
        }
    }

    private void where(Class<?> type, int n, int[] step) {
        boolean[] c = booleans(n + 1);
        Object a = numbers(type, n + 3);
        Object b = numbers(type, n + 2);
        Object y = numbers(type, n + 4);
        Object first = Array.get(y, 0);
        Object last = Array.get(y, n + 1);
        Logical.WHERE.run(new Object[] {c, a, b, y}, new int[] {0, 2, 1, 1}, step, n, 0, 0);
        assertEquals(first, Array.get(y, 0), "wrote before");
        assertEquals(last, Array.get(y, n + 1), "wrote behind");
        for (int i = 0; i < n; i++) {
            Object want =
                    c[i * step[0]] ? Array.get(a, 2 + i * step[1]) : Array.get(b, 1 + i * step[2]);
            assertEquals(want, Array.get(y, 1 + i), type + ", element " + i + " of " + n);
        }
    }

    private boolean[] booleans(int n) {
        boolean[] x = new boolean[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextBoolean();
        }
        return x;
    }

    private Object numbers(Class<?> type, int n) {
        Object array = Array.newInstance(type, n);
        for (int i = 0; i < n; i++) {
            byte x = (byte) random.nextInt();
            if (array instanceof boolean[] flags) {
                flags[i] = x > 0;
            } else {
                Array.setByte(array, i, x);
            }
        }
        return array;
    }
}
