package dev.lanegrad;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Arrays that were proven dead, kept for the next tensors of their size.
///
/// A fresh array costs more than the work on it (it is zeroed, and cold): a ReLU on 64 Ki floats
/// runs at 7 Gelem/s into a new array, at 32 into a reused one. Size classes are four to a power of
/// two, so at most a fifth of an array is unused. Arrays below 8 KiB are left to the collector.
final class Pool {
    private static final int SMALLEST_BYTES = 8 << 10;

    /// Kept bytes never exceed half of the heap, and are given up before memory runs out.
    private static final long LIMIT = Runtime.getRuntime().maxMemory() / 2;

    private static final Map<DType, ArrayDeque<Object>[]> FREE = new EnumMap<>(DType.class);
    private static long keptBytes;

    private Pool() {}

    /// An array of at least `n` elements of undefined value.
    static Object acquire(DType dtype, int n) {
        if ((long) n * dtype.bytes() < SMALLEST_BYTES) {
            return fresh(dtype, n);
        }
        int sizeClass = sizeClass(n);
        Object kept = take(dtype, sizeClass);
        return kept != null ? kept : fresh(dtype, classLength(sizeClass));
    }

    private static synchronized @Nullable Object take(DType dtype, int sizeClass) {
        ArrayDeque<Object>[] classes = FREE.get(dtype);
        ArrayDeque<Object> free = classes == null ? null : classes[sizeClass];
        Object array = free == null ? null : free.pollFirst();
        if (array != null) {
            keptBytes -= (long) classLength(sizeClass) * dtype.bytes();
        }
        return array;
    }

    /// Takes an array back; one that no size class fits is left to the collector.
    static void give(DType dtype, Object array) {
        int length = Array.getLength(array);
        long bytes = (long) length * dtype.bytes();
        if (bytes < SMALLEST_BYTES) {
            return;
        }
        int sizeClass = sizeClass(length);
        if (classLength(sizeClass) == length) {
            keep(dtype, array, sizeClass, bytes);
        }
    }

    private static synchronized void keep(DType dtype, Object array, int sizeClass, long bytes) {
        if (keptBytes + bytes > LIMIT) {
            return;
        }
        ArrayDeque<Object>[] classes = FREE.computeIfAbsent(dtype, _ -> newClasses());
        if (classes[sizeClass] == null) {
            classes[sizeClass] = new ArrayDeque<>();
        }
        classes[sizeClass].addFirst(array);
        keptBytes += bytes;
    }

    /// Forgets all kept arrays.
    static synchronized void clear() {
        FREE.clear();
        keptBytes = 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<Object>[] newClasses() {
        return new ArrayDeque[4 * 32];
    }

    /// A new array of `n` elements.
    static Object fresh(DType dtype, int n) {
        try {
            return array(dtype, n);
        } catch (OutOfMemoryError e) {
            clear();
            return array(dtype, n);
        }
    }

    private static Object array(DType dtype, int n) {
        return switch (dtype) {
            case FLOAT32 -> new float[n];
            case FLOAT64 -> new double[n];
            case INT64 -> new long[n];
            case INT32 -> new int[n];
            case INT16, FLOAT16, BFLOAT16 -> new short[n];
            case INT8, UINT8 -> new byte[n];
            case BOOL -> new boolean[n];
        };
    }

    /// The smallest class that holds `n` ≥ 8 elements: its length is (4 + f)·2^(e−2), f in 0 to 3.
    private static int sizeClass(int n) {
        int e = 31 - Integer.numberOfLeadingZeros(n);
        int quarter = 1 << (e - 2);
        int f = (n - (1 << e) + quarter - 1) / quarter;
        return 4 * e + f;
    }

    private static int classLength(int sizeClass) {
        int e = sizeClass / 4;
        long length = (4L + sizeClass % 4) << (e - 2);
        return (int) Math.min(length, Storage.MAX_LENGTH);
    }
}
