package dev.lanegrad;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/// The elements that a tensor and its views share: one Java array and what its elements mean.
///
/// The array may be longer than the tensor needs (pooled arrays come in size classes). Who owns it:
/// the collector, unless the engine or a [Scope] proves it dead earlier and gives it back to the
/// pool; touching it after that throws.
final class Storage {
    /// The longest array that every virtual machine allocates.
    static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final AtomicIntegerFieldUpdater<Storage> WRITES =
            AtomicIntegerFieldUpdater.newUpdater(Storage.class, "writes");

    final DType dtype;
    private @Nullable Object array;
    private final int size;

    /// Whether others than tensors may write to the array.
    final boolean wrapped;

    /// Whether the array is of an [Arena], which alone says when it is free again.
    private final boolean planned;

    /// These elements, or some of them, as a weight that kernels read.
    @Nullable PackedWeight packed;

    /// The backward pass that allocated this storage and still has all references to it, if any.
    @Nullable Engine owner;

    /// Whether this was made in inference mode.
    boolean inference;

    /// How many gradients in flight in [#owner] lie in this storage.
    int pins;

    /// Threads may write to parts at once; no write may be forgotten.
    private volatile int writes;

    private Storage(DType dtype, Object array, int size, boolean wrapped, boolean planned) {
        this.dtype = dtype;
        this.array = array;
        this.size = size;
        this.wrapped = wrapped;
        this.planned = planned;
    }

    /// A storage over `array`, whose type fits `dtype`.
    static Storage wrap(DType dtype, Object array) {
        return new Storage(dtype, array, java.lang.reflect.Array.getLength(array), true, false);
    }

    /// At least `n` elements of undefined value.
    static Storage allocate(DType dtype, int n) {
        Modes modes = Modes.current();
        if (modes.arena != null) {
            return new Storage(dtype, modes.arena.acquire(dtype, n), n, false, true);
        }
        Storage storage = new Storage(dtype, Pool.acquire(dtype, n), n, false, false);
        AllocationEvent.of((long) n * dtype.bytes());
        storage.owner = modes.engine;
        storage.inference = modes.inference;
        if (modes.scope != null) {
            modes.scope.add(storage);
        }
        return storage;
    }

    /// The Java array: `float[]`, `double[]`, `long[]`, `int[]`, `short[]`, `byte[]` or
    /// `boolean[]`.
    ///
    /// @throws IllegalStateException if it was given back
    Object array() {
        Object a = array;
        if (a == null) {
            throw new IllegalStateException(
                    "tensor: its memory was given back when the scope that made it closed"
                            + " (keep() what leaves a scope)");
        }
        return a;
    }

    /// How often operations have written to the elements, whatever tensor they did it by.
    int writes() {
        return writes;
    }

    void countWrite() {
        WRITES.getAndIncrement(this);
    }

    /// Number of elements that were asked for; the array may be longer.
    int size() {
        return size;
    }

    /// Length of the array in elements.
    int length() {
        return java.lang.reflect.Array.getLength(array());
    }

    /// Gives the array back to the pool; every tensor over this storage becomes unusable.
    void release() {
        Object a = array;
        if (a != null && !planned) {
            array = null;
            packed = null;
            Pool.give(dtype, a);
        }
    }

    /// Declares that others than the engine may hold this storage now.
    void escape() {
        owner = null;
    }

    /// The array, for Java to look at the values.
    ///
    /// @throws IllegalArgumentException if a program that is being planned does
    Object values() {
        Object a = array();
        if (planned) {
            Arena arena = Modes.current().arena;
            if (arena != null) {
                arena.look(a);
            }
        }
        return a;
    }

    double getDouble(int i) {
        return switch (values()) {
            case float[] x when dtype == DType.FLOAT32 -> x[i];
            case double[] x -> x[i];
            case short[] x when dtype == DType.FLOAT16 -> Float.float16ToFloat(x[i]);
            case short[] x when dtype == DType.BFLOAT16 -> Float.intBitsToFloat(x[i] << 16);
            default -> getLong(i);
        };
    }

    long getLong(int i) {
        return switch (values()) {
            case long[] x -> x[i];
            case int[] x -> x[i];
            case short[] x when dtype == DType.INT16 -> x[i];
            case byte[] x -> dtype == DType.UINT8 ? x[i] & 0xFF : x[i];
            case boolean[] x -> x[i] ? 1 : 0;
            default -> (long) getDouble(i);
        };
    }

    void setDouble(int i, double v) {
        switch (array()) {
            case float[] x -> x[i] = (float) v;
            case double[] x -> x[i] = v;
            case short[] x when dtype == DType.FLOAT16 -> x[i] = Float.floatToFloat16((float) v);
            case short[] x when dtype == DType.BFLOAT16 -> x[i] = roundToBfloat16((float) v);
            case boolean[] x -> x[i] = v != 0;
            default -> setLong(i, (long) v);
        }
    }

    void setLong(int i, long v) {
        switch (array()) {
            case long[] x -> x[i] = v;
            case int[] x -> x[i] = (int) v;
            case short[] x when dtype == DType.INT16 -> x[i] = (short) v;
            case byte[] x -> x[i] = (byte) v;
            case boolean[] x -> x[i] = v != 0;
            case float[] x -> x[i] = v;
            default -> setDouble(i, (double) v);
        }
    }

    /// Round to nearest, ties to even; NaN stays NaN.
    private static short roundToBfloat16(float v) {
        int bits = Float.floatToRawIntBits(v);
        if (Float.isNaN(v)) {
            return 0x7FC0;
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
