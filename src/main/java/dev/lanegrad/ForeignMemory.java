package dev.lanegrad;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.Buffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tensors from and to memory that is no array of ours: buffers, segments, mapped files. What lies
/// in an array that may be written to is shared, all else is copied once.
final class ForeignMemory {
    private ForeignMemory() {}

    static Tensor of(Buffer data, Shape shape) {
        if (data.remaining() != shape.numel()) {
            throw new IllegalArgumentException(
                    "of: shape %s has %d elements but the buffer has %d left"
                            .formatted(shape, shape.numel(), data.remaining()));
        }
        if (data.hasArray() && typed(data)) {
            Tensor whole = Creation.wrap(data.array(), Shape.of(length(data.array())));
            int first = data.arrayOffset() + data.position();
            return new Tensor(
                    whole.storage(),
                    first,
                    shape,
                    shape.contiguousStrides(),
                    whole.version(),
                    false);
        }
        int n = shape.numel();
        Object array =
                switch (data) {
                    case FloatBuffer x -> {
                        float[] y = new float[n];
                        x.get(x.position(), y);
                        yield y;
                    }
                    case DoubleBuffer x -> {
                        double[] y = new double[n];
                        x.get(x.position(), y);
                        yield y;
                    }
                    case LongBuffer x -> {
                        long[] y = new long[n];
                        x.get(x.position(), y);
                        yield y;
                    }
                    case IntBuffer x -> {
                        int[] y = new int[n];
                        x.get(x.position(), y);
                        yield y;
                    }
                    case ShortBuffer x -> {
                        short[] y = new short[n];
                        x.get(x.position(), y);
                        yield y;
                    }
                    default -> throw untyped("of", data);
                };
        return Creation.wrap(array, shape);
    }

    private static boolean typed(Buffer data) {
        return data instanceof FloatBuffer
                || data instanceof DoubleBuffer
                || data instanceof LongBuffer
                || data instanceof IntBuffer
                || data instanceof ShortBuffer;
    }

    private static int length(Object array) {
        return java.lang.reflect.Array.getLength(array);
    }

    private static IllegalArgumentException untyped(String op, Buffer data) {
        return new IllegalArgumentException(
                op
                        + ": a buffer of bytes or characters has no element type, MemorySegment.ofBuffer(...) and a"
                        + " DType say it ("
                        + data
                        + ")");
    }

    static void copy(Tensor t, Buffer to) {
        Tensor dense = Elementwise.converted(t.detach(), t.dtype());
        if (to.remaining() < t.numel()) {
            throw new IllegalArgumentException(
                    "copyTo: the buffer has room for %d elements, not for %d (input %s)"
                            .formatted(to.remaining(), t.numel(), t.shape()));
        }
        int from = dense.offset();
        int n = t.numel();
        switch (to) {
            case FloatBuffer y when dense.array() instanceof float[] x -> y.put(x, from, n);
            case DoubleBuffer y when dense.array() instanceof double[] x -> y.put(x, from, n);
            case LongBuffer y when dense.array() instanceof long[] x -> y.put(x, from, n);
            case IntBuffer y when dense.array() instanceof int[] x -> y.put(x, from, n);
            case ShortBuffer y when dense.array() instanceof short[] x -> y.put(x, from, n);
            default ->
                    throw new IllegalArgumentException(
                            "copyTo: %s does not go into %s".formatted(t.dtype(), to));
        }
    }

    // ------------------------------------------------------------ segments

    static Tensor of(MemorySegment data, DType dtype, Shape shape) {
        return read("of", data, dtype, shape, ByteOrder.nativeOrder());
    }

    private static Tensor read(
            String op, MemorySegment data, DType dtype, Shape shape, ByteOrder order) {
        checkSize(op, data.byteSize(), dtype, shape);
        Tensor t = Creation.empty(shape, dtype);
        int n = shape.numel();
        if (t.array() instanceof boolean[] y) {
            for (int i = 0; i < n; i++) {
                y[i] = data.get(ValueLayout.JAVA_BYTE, i) != 0;
            }
        } else {
            MemorySegment.copy(data, layout(t.array(), order), 0, t.array(), 0, n);
        }
        return t;
    }

    private static void checkSize(String op, long bytes, DType dtype, Shape shape) {
        long needed = (long) shape.numel() * dtype.bytes();
        if (bytes != needed) {
            throw new IllegalArgumentException(
                    "%s: %s of shape %s has %d bytes but the memory has %d"
                            .formatted(op, dtype, shape, needed, bytes));
        }
    }

    static void copy(Tensor t, MemorySegment to) {
        checkSize("copyTo", to.byteSize(), t.dtype(), t.shape());
        Tensor dense = Elementwise.converted(t.detach(), t.dtype());
        int from = dense.offset();
        if (dense.array() instanceof boolean[] x) {
            for (int i = 0; i < t.numel(); i++) {
                to.set(ValueLayout.JAVA_BYTE, i, (byte) (x[from + i] ? 1 : 0));
            }
        } else {
            ValueLayout layout = layout(dense.array(), ByteOrder.nativeOrder());
            MemorySegment.copy(dense.array(), from, to, layout, 0, t.numel());
        }
    }

    private static ValueLayout layout(Object array, ByteOrder order) {
        ValueLayout layout =
                switch (array) {
                    case float[] _ -> ValueLayout.JAVA_FLOAT_UNALIGNED;
                    case double[] _ -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
                    case long[] _ -> ValueLayout.JAVA_LONG_UNALIGNED;
                    case int[] _ -> ValueLayout.JAVA_INT_UNALIGNED;
                    case short[] _ -> ValueLayout.JAVA_SHORT_UNALIGNED;
                    default -> ValueLayout.JAVA_BYTE;
                };
        return layout.withOrder(order);
    }

    static Tensor fromFile(Path file, long position, DType dtype, Shape shape) throws IOException {
        long bytes = (long) shape.numel() * dtype.bytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            if (position < 0 || position > channel.size() - bytes) {
                throw new IOException(
                        "%s: %s of shape %s at byte %d needs %d bytes but the file has %d"
                                .formatted(file, dtype, shape, position, bytes, channel.size()));
            }
            MemorySegment mapped =
                    channel.map(FileChannel.MapMode.READ_ONLY, position, bytes, arena);
            return read("fromFile", mapped, dtype, shape, ByteOrder.LITTLE_ENDIAN);
        }
    }

    // ------------------------------------------------------------ rows

    static Tensor ofRows(Stream<float[]> rows) {
        List<float[]> all = new ArrayList<>();
        rows.sequential()
                .forEach(row -> {
                    if (!all.isEmpty() && row.length != all.get(0).length) {
                        throw new IllegalArgumentException(
                                "ofRows: row %d has %d elements but row 0 has %d"
                                        .formatted(all.size(), row.length, all.get(0).length));
                    }
                    all.add(row);
                });
        int width = all.isEmpty() ? 0 : all.get(0).length;
        Shape shape = Shape.of(all.size(), width);
        float[] data = new float[shape.numel()];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, data, i * width, width);
        }
        return Creation.wrap(data, shape);
    }

    static List<Tensor> slices(Tensor t) {
        if (t.dim() == 0) {
            throw new IllegalArgumentException("iteration over a 0-d tensor (input [])");
        }
        return List.of(t.unbind(0));
    }
}
