package dev.lanegrad.kernels;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Pooled scratch arrays of kernels, by element type and power-of-two size.
///
/// Not thread-local, so that thousands of virtual threads share a few buffers. Contents are
/// undefined. A kernel that fails without giving its scratch back loses it to the collector,
/// nothing else.
public final class Scratch {
    private static final int CLASSES = 31;
    private static final int STRIPES = 8;

    /// Arrays that are kept for a stripe and size class.
    private static final int KEPT = 6;

    /// The size class from which on one is.
    private static final int LARGE = 22;

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

    /// The arrays that are free, by stripe and size class: a thread takes what it gave last, which
    /// its caches may still hold, and another thread's only before it makes a new one.
    private static final class Pool {
        private final AtomicReferenceArray<Object> free =
                new AtomicReferenceArray<>(STRIPES * CLASSES * KEPT);

        @Nullable Object take(int sizeClass) {
            int own = Parallel.place();
            for (int i = 0; i < STRIPES; i++) {
                int from = from(own + i, sizeClass);
                for (int slot = from; slot < from + KEPT; slot++) {
                    if (free.getPlain(slot) != null) {
                        Object x = free.getAndSet(slot, null);
                        if (x != null) {
                            return x;
                        }
                    }
                }
            }
            return null;
        }

        void give(int sizeClass, Object x) {
            int from = from(Parallel.place(), sizeClass);
            int kept = sizeClass < LARGE ? KEPT : 1;
            for (int slot = from; slot < from + kept; slot++) {
                if (free.getPlain(slot) == null && free.compareAndSet(slot, null, x)) {
                    return;
                }
            }
        }

        private static int from(int stripe, int sizeClass) {
            return ((stripe & STRIPES - 1) * CLASSES + sizeClass) * KEPT;
        }
    }
}
