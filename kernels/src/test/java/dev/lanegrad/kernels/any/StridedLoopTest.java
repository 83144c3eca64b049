package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.kernels.Conversion;
import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.Logical;
import dev.lanegrad.kernels.LoopKernel;
import dev.lanegrad.kernels.StridedLoop;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Holds loops over operands of any strides against the same kernel called for each element.
class StridedLoopTest {
    /// Some of them larger than a chunk of parallel work, and than a block of rows.
    private static final int[][] SIZES = {
        {}, {0, 3}, {1}, {5}, {7, 1, 9}, {33, 17}, {3, 40, 21}, {34, 1100}, {2, 1030, 17}
    };

    private final Random random = new Random(18);

    @Test
    void floatsOfAnyLayout() {
        everyLayout(Binary.ADD, float.class, float.class, float.class);
        everyLayout(Unary.EXP, float.class, float.class);
        everyLayout(Ternary.ADDCMUL, float.class, float.class, float.class, float.class);
    }

    @Test
    void otherTypesOfAnyLayout() {
        everyLayout(Binary.DIV, double.class, double.class, double.class);
        everyLayout(Binary.MUL, long.class, long.class, long.class);
        everyLayout(Unary.NEG, short.class, short.class);
        everyLayout(Ternary.CLAMP, byte.class, byte.class, byte.class, byte.class);
        everyLayout(Conversion.CAST, int.class, float.class);
    }

    @Test
    void testsOfAnyLayout() {
        everyLayout(Compare.GT, float.class, float.class, boolean.class);
        everyLayout(Compare.LE, long.class, long.class, boolean.class);
        everyLayout(Predicate.ISNAN, float.class, boolean.class);
        everyLayout(Logical.XOR, boolean.class, boolean.class, boolean.class);
        everyLayout(Logical.WHERE, boolean.class, float.class, float.class, float.class);
    }

    @Test
    void anOperandThatIsTheOutput() {
        for (int[] sizes : SIZES) {
            for (int round = 0; round < 2; round++) {
                Layout layout = Layout.random(random, sizes);
                check(Binary.SUB, sizes, List.of(layout, random(sizes), layout), true, types(2));
            }
        }
    }

    private static Class<?>[] types(int inputs) {
        Class<?>[] types = new Class<?>[inputs + 1];
        Arrays.fill(types, float.class);
        return types;
    }

    private Layout random(int... sizes) {
        return random.nextBoolean() ? Layout.random(random, sizes) : Layout.expanded(random, sizes);
    }

    private void everyLayout(LoopKernel op, Class<?>... types) {
        for (int[] sizes : SIZES) {
            for (int round = 0; round < 2; round++) {
                Layout[] layouts = new Layout[types.length];
                for (int k = 0; k < types.length; k++) {
                    layouts[k] = random(sizes);
                }
                layouts[types.length - 1] =
                        round < 1 ? Layout.dense(sizes) : Layout.random(random, sizes);
                check(op, sizes, List.of(layouts), false, types);
            }
        }
    }

    private void check(
            LoopKernel op, int[] sizes, List<Layout> layouts, boolean inPlace, Class<?>... types) {
        int operands = layouts.size();
        Object[] arrays = new Object[operands];
        int[] offsets = new int[operands];
        int[][] strides = new int[operands][];
        for (int k = 0; k < operands; k++) {
            arrays[k] = numbers(types[k], layouts.get(k).length());
            offsets[k] = layouts.get(k).offset();
            strides[k] = layouts.get(k).strides();
        }
        Object want = arrays[operands - 1];
        if (inPlace) {
            System.arraycopy(want, 0, arrays[0], 0, Array.getLength(want));
            arrays[operands - 1] = arrays[0];
        } else {
            arrays[operands - 1] = copy(want);
        }
        Object[] naive = arrays.clone();
        naive[operands - 1] = want;
        naive[0] = inPlace ? want : naive[0];
        everyElement(op, naive, layouts);
        StridedLoop.run(op, sizes, arrays, offsets, strides, 0.5, 0.25);
        boolean same = Arrays.deepEquals(new Object[] {want}, new Object[] {arrays[operands - 1]});
        assertTrue(same, () -> op + " of " + layouts);
    }

    private static void everyElement(LoopKernel op, Object[] arrays, List<Layout> layouts) {
        int operands = arrays.length;
        int[] step = new int[operands];
        Arrays.fill(step, 1);
        int[] at = new int[operands];
        for (int i = 0; i < layouts.getFirst().count(); i++) {
            for (int k = 0; k < operands; k++) {
                at[k] = layouts.get(k).position(i);
            }
            op.run(arrays, at, step, 1, 0.5, 0.25);
        }
    }

    private Object numbers(Class<?> type, int n) {
        Object x = Array.newInstance(type, n);
        for (int i = 0; i < n; i++) {
            switch (x) {
                case float[] f -> f[i] = random.nextInt(9) == 0 ? Float.NaN : random.nextInt(9) - 4;
                case double[] d -> d[i] = random.nextInt(9) - 4;
                case long[] l -> l[i] = random.nextInt(9) - 4;
                case int[] m -> m[i] = random.nextInt(9) - 4;
                case short[] s -> s[i] = (short) (random.nextInt(9) - 4);
                case byte[] b -> b[i] = (byte) (random.nextInt(9) - 4);
                case boolean[] b -> b[i] = random.nextBoolean();
                default -> throw new IllegalArgumentException(type.toString());
            }
        }
        return x;
    }

    private static Object copy(Object x) {
        Object y = Array.newInstance(x.getClass().getComponentType(), Array.getLength(x));
        System.arraycopy(x, 0, y, 0, Array.getLength(x));
        return y;
    }
}
