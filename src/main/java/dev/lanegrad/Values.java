package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;

/// Reads a tensor's elements out into Java values.
final class Values {
    private Values() {}

    static Object item(Tensor t) {
        return element(t, onlyElement(t, "item"));
    }

    /// The value at a place in the storage.
    private static Object element(Tensor t, int at) {
        Storage s = t.storage();
        return switch (t.dtype()) {
            case FLOAT32, FLOAT16, BFLOAT16 -> (Object) (float) s.getDouble(at);
            case FLOAT64 -> s.getDouble(at);
            case INT64 -> s.getLong(at);
            case INT32 -> (int) s.getLong(at);
            case INT16, UINT8 -> (short) s.getLong(at);
            case INT8 -> (byte) s.getLong(at);
            case BOOL -> s.getLong(at) != 0;
        };
    }

    static Object toList(Tensor t) {
        return nested(t, 0, t.offset());
    }

    private static Object nested(Tensor t, int axis, int at) {
        if (axis == t.dim()) {
            return element(t, at);
        }
        List<Object> values = new ArrayList<>(t.size(axis));
        for (int i = 0; i < t.size(axis); i++) {
            values.add(nested(t, axis + 1, at + i * t.strides()[axis]));
        }
        return values;
    }

    static boolean isTrue(Tensor t) {
        if (t.numel() != 1) {
            String what = t.numel() == 0 ? "no values" : "more than one value";
            throw new IllegalStateException(
                    "Boolean value of Tensor with " + what + " is ambiguous");
        }
        return t.storage().getDouble(t.offset()) != 0;
    }

    private static int onlyElement(Tensor t, String op) {
        if (t.numel() != 1) {
            throw new IllegalStateException(
                    op
                            + ": a Tensor with "
                            + t.numel()
                            + " elements cannot be converted to Scalar"
                            + " (shape "
                            + t.shape()
                            + ")");
        }
        return t.offset();
    }

    static float[] toFloatArray(Tensor t) {
        Tensor dense = Elementwise.converted(t, DType.FLOAT32);
        float[] values = new float[t.numel()];
        return copied(dense, values);
    }

    static double[] toDoubleArray(Tensor t) {
        Tensor dense = Elementwise.converted(t, DType.FLOAT64);
        double[] values = new double[t.numel()];
        return copied(dense, values);
    }

    static long[] toLongArray(Tensor t) {
        Tensor dense = Elementwise.converted(t, DType.INT64);
        long[] values = new long[t.numel()];
        return copied(dense, values);
    }

    static boolean[] toBooleanArray(Tensor t) {
        Tensor dense = Elementwise.converted(t, DType.BOOL);
        boolean[] values = new boolean[t.numel()];
        return copied(dense, values);
    }

    /// `values` filled with the elements of a dense tensor, which if empty may lie anywhere.
    private static <T> T copied(Tensor dense, T values) {
        if (dense.numel() > 0) {
            System.arraycopy(dense.storage().values(), dense.offset(), values, 0, dense.numel());
        }
        return values;
    }
}
