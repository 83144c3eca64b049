package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Reduce;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArgTest {
    private final Random random = new Random(8);

    @Test
    void everyLengthAlongRowsAndColumns() {
        for (int n = 1; n <= 70; n++) {
            check(new boolean[] {true}, n);
            check(new boolean[] {false, true}, 5, n);
            check(new boolean[] {true, false}, n, 5);
            check(new boolean[] {true, false}, 5, n);
            check(new boolean[] {true, false, true}, 3, n, 2);
            check(new boolean[] {false, true, false}, 2, n, 3);
        }
    }

    @Test
    void lengthsAroundBlocks() {
        for (int n : new int[] {256, 257, 1023, 1025, 2500}) {
            check(new boolean[] {false, true}, 3, n);
            check(new boolean[] {true, false}, n, 3);
            check(new boolean[] {true, false}, 3, n);
        }
        check(new boolean[] {true}, 140_001);
        check(new boolean[] {true, false, true}, 300, 2, 220);
    }

    @Test
    void theFirstOfEqualsAndTheFirstNanWin() {
        float nan = Float.NaN;
        boolean[] all = {true};
        assertEquals(1, first(Operand.of(1, 3, 3, 2), all));
        assertEquals(2, first(Operand.of(1, 3, nan, nan, 9), all));
        assertEquals(0, first(Operand.of(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY), all));
        Operand x = Operand.normal(random, Layout.dense(5000));
        x.set(4001, nan);
        x.set(4500, nan);
        assertEquals(4001, first(x, all));
    }

    private static long first(Operand x, boolean[] reduced) {
        long[] index = new long[1];
        Reduce.argmax(x.data, x.offset(), x.sizes(), x.strides(), reduced, null, 0, index, 0);
        return index[0];
    }

    @Test
    void resultsDoNotDependOnThreads() {
        for (int[] sizes : new int[][] {{300_000}, {70, 3000}, {3000, 70}, {2, 150_000}}) {
            boolean[] reduced = new boolean[sizes.length];
            reduced[sizes.length - 1] = true;
            Operand x = Operand.normal(random, Layout.dense(sizes));
            for (int i = 0; i < 1000; i++) {
                x.set(random.nextInt(x.layout.count()), 9);
            }
            long[] index = new long[x.layout.count() / sizes[sizes.length - 1]];
            float[] y = new float[index.length];
            SameBits.forAnyThreads(
                    () ->
                            Reduce.argmax(
                                    x.data,
                                    x.offset(),
                                    sizes,
                                    x.strides(),
                                    reduced,
                                    y,
                                    0,
                                    index,
                                    0),
                    index,
                    y);
        }
    }

    private void check(boolean[] reduced, int... sizes) {
        for (Layout layout :
                new Layout[] {
                    Layout.dense(sizes),
                    Layout.random(random, sizes),
                    Layout.expanded(random, sizes)
                }) {
            Operand x = Operand.normal(random, layout);
            for (int i = 0; i < layout.count(); i++) {
                x.set(i, (float) Math.rint(3 * x.get(i)));
            }
            check(true, x, reduced);
            check(false, x, reduced);
        }
    }

    private static void check(boolean largest, Operand x, boolean[] reduced) {
        int outputs = 1;
        for (int axis = 0; axis < reduced.length; axis++) {
            outputs *= reduced[axis] ? 1 : x.sizes()[axis];
        }
        long[] index = new long[outputs + 2];
        float[] y = new float[outputs + 2];
        Arrays.fill(index, -1);
        Arrays.fill(y, -99);
        long[] expectedIndex = index.clone();
        float[] expected = y.clone();
        for (int i = 0; i < x.layout.count(); i++) {
            int[] at = x.layout.index(i);
            int output = 1;
            int place = 0;
            for (int axis = 0; axis < reduced.length; axis++) {
                int size = x.sizes()[axis];
                place = reduced[axis] ? place * size + at[axis] : place;
            }
            int flat = 0;
            for (int axis = 0; axis < reduced.length; axis++) {
                flat = reduced[axis] ? flat : flat * x.sizes()[axis] + at[axis];
            }
            output += flat;
            float v = x.get(i);
            boolean better = largest ? v > expected[output] : v < expected[output];
            if (expectedIndex[output] < 0
                    || better
                    || (v == expected[output] && place < expectedIndex[output])) {
                expected[output] = v;
                expectedIndex[output] = place;
            }
        }
        if (largest) {
            Reduce.argmax(x.data, x.offset(), x.sizes(), x.strides(), reduced, y, 1, index, 1);
        } else {
            Reduce.argmin(x.data, x.offset(), x.sizes(), x.strides(), reduced, y, 1, index, 1);
        }
        assertArrayEquals(
                expectedIndex, index, () -> x.layout + " reduced " + Arrays.toString(reduced));
        assertArrayEquals(expected, y);
    }
}
