package dev.lanegrad;

import java.lang.reflect.Array;

/// Makes the tensors that the factories of [Tensor] return.
final class Creation {
    private Creation() {}

    static Tensor wrap(Object array, Shape shape) {
        int length = Array.getLength(array);
        if (length != shape.numel()) {
            throw new IllegalArgumentException(
                    "of: shape "
                            + shape
                            + " has "
                            + shape.numel()
                            + " elements but the array has "
                            + length);
        }
        Storage storage = Storage.wrap(typeOf(array), array);
        storage.inference = Modes.current().inference;
        return new Tensor(storage, shape, shape.contiguousStrides());
    }

    private static DType typeOf(Object array) {
        return switch (array) {
            case float[] _ -> DType.FLOAT32;
            case double[] _ -> DType.FLOAT64;
            case long[] _ -> DType.INT64;
            case int[] _ -> DType.INT32;
            case short[] _ -> DType.INT16;
            case byte[] _ -> DType.INT8;
            case boolean[] _ -> DType.BOOL;
            default ->
                    throw new IllegalArgumentException(
                            "of: no element type for " + array.getClass());
        };
    }

    /// A tensor of an array of arrays (of arrays ...) of one primitive type.
    static Tensor nested(Object values) {
        java.util.ArrayList<Integer> sizes = new java.util.ArrayList<>();
        Class<?> type = values.getClass();
        for (Object level = values; type.isArray(); type = type.getComponentType()) {
            int n = level == null ? 0 : Array.getLength(level);
            sizes.add(n);
            level = n == 0 || type.getComponentType().isPrimitive() ? null : Array.get(level, 0);
        }
        Shape shape = Shape.of(sizes.stream().mapToInt(i -> i).toArray());
        Object flat = Array.newInstance(type, shape.numel());
        flatten(values, 0, shape, flat, 0);
        return wrap(flat, shape);
    }

    private static int flatten(Object level, int axis, Shape shape, Object flat, int at) {
        int n = Array.getLength(level);
        if (n != shape.size(axis)) {
            throw new IllegalArgumentException(
                    "of: expected "
                            + shape.size(axis)
                            + " elements at axis "
                            + axis
                            + " but got "
                            + n);
        }
        if (axis == shape.dim() - 1) {
            System.arraycopy(level, 0, flat, at, n);
            return at + n;
        }
        int next = at;
        for (int i = 0; i < n; i++) {
            next = flatten(Array.get(level, i), axis + 1, shape, flat, next);
        }
        return next;
    }

    static Tensor empty(Shape shape, DType dtype) {
        return new Tensor(Storage.allocate(dtype, shape.numel()), shape, shape.contiguousStrides());
    }

    /// A tensor of undefined values with these strides, which make it dense.
    static Tensor empty(Shape shape, DType dtype, int[] strides) {
        return new Tensor(Storage.allocate(dtype, shape.numel()), shape, strides);
    }

    static Tensor emptyLike(Tensor t) {
        int[] strides = t.isDense() ? t.strides() : Layout.denseLike(t.shape(), t.strides());
        return empty(t.shape(), t.dtype(), strides);
    }

    static Tensor zeros(Shape shape, DType dtype) {
        return full(shape, 0, dtype);
    }

    static Tensor full(Shape shape, double value, DType dtype) {
        Tensor t = empty(shape, dtype);
        Elementwise.fill(t, value);
        return t;
    }

    static Tensor fullLike(Tensor like, double value) {
        Tensor t = emptyLike(like);
        Elementwise.fill(t, value);
        return t;
    }

    /// A Java number as a 0-d tensor that yields to tensors in promotion.
    static Tensor number(Object array, DType dtype) {
        return new Tensor(
                Storage.wrap(dtype, array), 0, Shape.of(), new int[0], new Version(), true);
    }

    static Tensor number(double value) {
        return number(new double[] {value}, DType.FLOAT64);
    }

    static Tensor number(long value) {
        return number(new long[] {value}, DType.INT64);
    }

    static Tensor arange(long start, long end, long step) {
        long[] values = new long[steps("arange", (double) start, (double) end, (double) step)];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return wrap(values, Shape.of(values.length));
    }

    static Tensor arange(double start, double end, double step) {
        double[] values = new double[steps("arange", start, end, step)];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return ofDefault(values);
    }

    private static int steps(String op, double start, double end, double step) {
        if (step == 0 || (end - start) / step < 0) {
            throw new IllegalArgumentException(
                    op + ": no steps of " + step + " lead from " + start + " to " + end);
        }
        return Shape.of((long) Math.ceil((end - start) / step)).numel();
    }

    /// PyTorch counts the second half back from the end, so that both ends are exact.
    static Tensor linspace(double start, double end, long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("linspace: number of steps must be non-negative");
        }
        if (Modes.current().defaultDtype == DType.FLOAT64) {
            return linspaceInDouble(start, end, (int) steps);
        }
        float[] values = new float[(int) steps];
        float first = (float) start;
        float last = (float) end;
        float step = steps > 1 ? (last - first) / (steps - 1) : 0;
        for (int i = 0; i < steps; i++) {
            values[i] =
                    i < steps / 2 || steps == 1 ? first + step * i : last - step * (steps - i - 1);
        }
        Tensor t = wrap(values, Shape.of(steps));
        return Elementwise.convert(t, Modes.current().defaultDtype);
    }

    private static Tensor linspaceInDouble(double first, double last, int steps) {
        double[] values = new double[steps];
        double step = steps > 1 ? (last - first) / (steps - 1) : 0;
        for (int i = 0; i < steps; i++) {
            values[i] =
                    i < steps / 2 || steps == 1 ? first + step * i : last - step * (steps - i - 1);
        }
        return wrap(values, Shape.of(steps));
    }

    /// Numbers in the default type.
    private static Tensor ofDefault(double[] values) {
        return Elementwise.convert(
                wrap(values, Shape.of(values.length)), Modes.current().defaultDtype);
    }

    static Tensor hannWindow(long n) {
        if (n < 0) {
            throw new IllegalArgumentException(
                    "hannWindow: the length must not be negative, but is " + n);
        }
        double[] values = new double[(int) n];
        for (int k = 0; k < n; k++) {
            values[k] = n == 1 ? 1 : 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * k / n);
        }
        return ofDefault(values);
    }

    static Tensor eye(long n) {
        Tensor t = zeros(Shape.of(n, n), Modes.current().defaultDtype);
        for (int i = 0; i < n; i++) {
            t.storage().setDouble((int) (i * (n + 1)), 1);
        }
        return t;
    }

    static Tensor rand(Shape shape, DType dtype) {
        return empty(shape, dtype).uniform_();
    }

    static Tensor randn(Shape shape, DType dtype) {
        return empty(shape, dtype).normal_();
    }
}
