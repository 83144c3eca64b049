package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Conversion;
import java.lang.reflect.Array;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static final List<Class<?>> TYPES =
            List.of(
                    float.class,
                    double.class,
                    long.class,
                    int.class,
                    short.class,
                    byte.class,
                    boolean.class);

    private static final double[] VALUES = {
        0, -0.0, 1, -1, 2.9, -2.9, 100, -100, 127, -128, 0.4, 3e4, 1e-30
    };

    @Test
    void everyTypeConvertsToEveryOther() {
        for (Class<?> from : TYPES) {
            for (Class<?> to : TYPES) {
                for (int n = 0; n <= VALUES.length; n++) {
                    for (int step = 0; step < 2; step++) {
                        check(from, to, n, step);
                    }
                }
            }
        }
    }

    private static void check(Class<?> from, Class<?> to, int n, int step) {
        Object x = Array.newInstance(from, VALUES.length + 1);
        for (int i = 0; i < VALUES.length; i++) {
            set(x, i + 1, VALUES[i]);
        }
        Object y = Array.newInstance(to, VALUES.length + 2);
        int[] steps = {step, 1};
        Conversion.CAST.run(new Object[] {x, y}, new int[] {1, 1}, steps, n, 0, 0);
        Object want = Array.newInstance(to, VALUES.length + 2);
        for (int i = 0; i < n; i++) {
            set(want, i + 1, get(x, 1 + i * step));
        }
        for (int i = 0; i < VALUES.length + 2; i++) {
            String what = from + " to " + to + ", element " + i + " of " + n + ", step " + step;
            assertEquals(Array.get(want, i), Array.get(y, i), what);
        }
    }

    private static double get(Object array, int i) {
        return array instanceof boolean[] b ? (b[i] ? 1 : 0) : Array.getDouble(array, i);
    }

    private static void set(Object array, int i, double x) {
        switch (array) {
            case float[] a -> a[i] = (float) x;
            case double[] a -> a[i] = x;
            case long[] a -> a[i] = (long) x;
            case int[] a -> a[i] = (int) x;
            case short[] a -> a[i] = (short) x;
            case byte[] a -> a[i] = (byte) x;
            default -> ((boolean[]) array)[i] = x != 0;
        }
    }

    @Test
    void longsKeepAllTheirBits() {
        long[] x = {(1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, 0x1_0000_0001L, -1};
        assertEquals(List.of(1, -1, 0, 1, -1), boxed(cast(x, new int[5])));
        assertEquals(
                List.of(0x1p53, 0x1p63, -0x1p63, 4294967297.0, -1.0),
                boxed(cast(x, new double[5])));
        // rounded once: by way of double this would be 2^24
        long tie = (1L << 24) + 1;
        assertEquals(0x1p24f, ((float[]) cast(new long[] {tie}, new float[1]))[0]);
        long aboveTie = (1L << 60) + (1L << 36) + 1;
        float once = (float) aboveTie;
        assertEquals(once, ((float[]) cast(new long[] {aboveTie}, new float[1]))[0]);
        assertEquals(0x1.000002p60f, once);
    }

    @Test
    void numbersOutOfRange() {
        float[] x = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f};
        long[] y = (long[]) cast(x, new long[4]);
        assertEquals(List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE), boxed(y));
        assertEquals(List.of(true, true, true, true), boxed(cast(x, new boolean[4])));
    }

    private static Object cast(Object x, Object y) {
        int n = Array.getLength(x);
        Conversion.CAST.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, n, 0, 0);
        return y;
    }

    private static List<Object> boxed(Object array) {
        Object[] all = new Object[Array.getLength(array)];
        for (int i = 0; i < all.length; i++) {
            all[i] = Array.get(array, i);
        }
        return List.of(all);
    }

    @Test
    void unsignedBytes() {
        byte[] x = {0, 1, 127, -128, -1};
        short[] y = new short[5];
        run(Conversion.UINT8_TO_INT16, x, y);
        assertEquals(
                List.of((short) 0, (short) 1, (short) 127, (short) 128, (short) 255), boxed(y));
        assertEquals(boxed(x), boxed(cast(y, new byte[5])));
    }

    @Test
    void halfPrecisionRoundsToEven() {
        float[] x = {1, -0f, 1 + 0x1p-11f, 1 + 0x1.8p-10f, 65520, 1e-8f, Float.NaN};
        short[] half = new short[x.length];
        float[] back = new float[x.length];
        run(Conversion.FLOAT32_TO_FLOAT16, x, half);
        run(Conversion.FLOAT16_TO_FLOAT32, half, back);
        float[] want = {1, -0f, 1, 1 + 0x1p-9f, Float.POSITIVE_INFINITY, 0, Float.NaN};
        assertEquals(boxed(want), boxed(back));
    }

    @Test
    void brainFloatRoundsToEven() {
        float[] x = {1, -0f, 1 + 0x1p-8f, 1 + 0x1.8p-7f, Float.MAX_VALUE, 1e-44f, Float.NaN};
        short[] half = new short[x.length];
        float[] back = new float[x.length];
        run(Conversion.FLOAT32_TO_BFLOAT16, x, half);
        run(Conversion.BFLOAT16_TO_FLOAT32, half, back);
        float[] want = {1, -0f, 1, 1 + 0x1p-6f, Float.POSITIVE_INFINITY, 0, Float.NaN};
        assertEquals(boxed(want), boxed(back));
        float[] nan = {Float.intBitsToFloat(0x7f80_0001), Float.intBitsToFloat(0xffff_ffff)};
        float[] still = new float[2];
        short[] middle = new short[2];
        run(Conversion.FLOAT32_TO_BFLOAT16, nan, middle);
        run(Conversion.BFLOAT16_TO_FLOAT32, middle, still);
        assertEquals(List.of(Float.NaN, Float.NaN), boxed(still));
    }

    private static void run(Conversion op, Object x, Object y) {
        int n = Array.getLength(x);
        op.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, n, 0, 0);
    }
}
