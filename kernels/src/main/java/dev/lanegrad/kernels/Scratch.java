package dev.lanegrad.kernels;

import java.lang.reflect.Array;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Pooled scratch arrays of kernels, by element type and power-of-two size.
///
/// Not thread-local, so that thousands of virtual threads share a few buffers. Contents are
/// undefined. A kernel that fails without giving its scratch back loses it to the collector,
/// nothing else.
public final class Scratch {
    private static final int CLASSES = 31;
    private static final int KEPT_A_CLASS = 8;

    private static final Pool FLOATS = new Pool();
    private static final Pool DOUBLES = new Pool();

    private Scratch() {}

    /// An array of at least `n` floats.
    public static float[] floats(int n) {
        Object x = FLOATS.take(sizeClass(n));
        return x != null ? (float[]) x : new float[1 << sizeClass(n)];
    }

    /// An array of at least `n` doubles.
    public static double[] doubles(int n) {
        Object x = DOUBLES.take(sizeClass(n));
        return x != null ? (double[]) x : new double[1 << sizeClass(n)];
    }

    /// An array of at least `n` elements of the type of `like`; a new one unless that is `float[]`
    /// or `double[]`.
    public static Object like(Object like, int n) {
        return switch (like) {
            case float[] _ -> floats(n);
            case double[] _ -> doubles(n);
            default -> Array.newInstance(like.getClass().getComponentType(), n);
        };
    }

    /// Gives an array of [#floats] back.
    public static void release(float[] x) {
        FLOATS.give(sizeClass(x.length), x);
    }

    /// Gives an array of [#doubles] back.
    public static void release(double[] x) {
        DOUBLES.give(sizeClass(x.length), x);
    }

    /// Gives an array of [#like] back.
    public static void release(Object x) {
        switch (x) {
            case float[] f -> release(f);
            case double[] d -> release(d);
            default -> {}
        }
    }

    private static int sizeClass(int n) {
        return Math.max(6, 32 - Integer.numberOfLeadingZeros(Math.max(1, n) - 1));
    }

    private static final class Pool {
        private final AtomicReferenceArray<Object> first = new AtomicReferenceArray<>(CLASSES);
        private final java.util.List<ConcurrentLinkedDeque<Object>> rest =
                new java.util.ArrayList<>();

        Pool() {
            for (int i = 0; i < CLASSES; i++) {
                rest.add(new ConcurrentLinkedDeque<>());
            }
        }

        @org.jspecify.annotations.Nullable
        Object take(int sizeClass) {
            Object x = first.getAndSet(sizeClass, null);
            return x != null ? x : rest.get(sizeClass).pollFirst();
        }

        void give(int sizeClass, Object x) {
            if (!first.compareAndSet(sizeClass, null, x)
                    && rest.get(sizeClass).size() < KEPT_A_CLASS) {
                rest.get(sizeClass).addFirst(x);
            }
        }
    }
}
