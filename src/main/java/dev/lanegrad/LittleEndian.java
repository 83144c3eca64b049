package dev.lanegrad;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// Elements as bytes, least significant byte first; a bool is one byte, 0 or 1.
final class LittleEndian {
    private static final int CHUNK_BYTES = 256 << 10;

    private LittleEndian() {}

    static void write(Tensor t, WritableByteChannel channel) throws IOException {
        Tensor dense = Elementwise.converted(t, t.dtype());
        int width = t.dtype().bytes();
        ByteBuffer chunk = chunk(t.numel(), width);
        for (int at = 0; at < t.numel(); ) {
            int n = Math.min(chunk.capacity() / width, t.numel() - at);
            chunk.clear().limit(n * width);
            encode(dense.array(), dense.offset() + at, chunk, n);
            chunk.rewind();
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
            at += n;
        }
    }

    static Tensor read(ReadableByteChannel channel, DType dtype, Shape shape) throws IOException {
        Tensor t = Creation.empty(shape, dtype);
        int width = dtype.bytes();
        ByteBuffer chunk = chunk(t.numel(), width);
        for (int at = 0; at < t.numel(); ) {
            int n = Math.min(chunk.capacity() / width, t.numel() - at);
            chunk.clear().limit(n * width);
            while (chunk.hasRemaining()) {
                if (channel.read(chunk) < 0) {
                    long end = (long) at * width + chunk.position();
                    throw new EOFException(
                            "readFrom: %s of shape %s needs %d bytes, but there are only %d"
                                    .formatted(dtype, shape, (long) t.numel() * width, end));
                }
            }
            chunk.rewind();
            decode(chunk, t.array(), at, n);
            at += n;
        }
        return t;
    }

    /// The bytes of `t` as elements of another type, the last axis holding as many bytes as before.
    static Tensor reread(Tensor t, DType dtype) {
        int from = t.dtype().bytes();
        int to = dtype.bytes();
        long[] sizes = t.shape().toArray();
        if (from != to) {
            long last = sizes.length == 0 ? 1 : sizes[sizes.length - 1];
            if (sizes.length == 0 || last * from % to != 0) {
                throw new IllegalArgumentException(
                        "view: %s as %s needs a size divisible by %d at axis -1 (input %s)"
                                .formatted(t.dtype(), dtype, Math.max(1, to / from), t.shape()));
            }
            sizes[sizes.length - 1] = last * from / to;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(t.numel() * from);
        try {
            write(t, Channels.newChannel(bytes));
            ByteArrayInputStream read = new ByteArrayInputStream(bytes.toByteArray());
            return read(Channels.newChannel(read), dtype, Shape.of(sizes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer chunk(int n, int width) {
        int bytes = (int) Math.min(CHUNK_BYTES, (long) n * width);
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void encode(Object array, int from, ByteBuffer to, int n) {
        switch (array) {
            case float[] x -> to.asFloatBuffer().put(x, from, n);
            case double[] x -> to.asDoubleBuffer().put(x, from, n);
            case long[] x -> to.asLongBuffer().put(x, from, n);
            case int[] x -> to.asIntBuffer().put(x, from, n);
            case short[] x -> to.asShortBuffer().put(x, from, n);
            case byte[] x -> to.put(x, from, n);
            case boolean[] x -> {
                for (int i = 0; i < n; i++) {
                    to.put((byte) (x[from + i] ? 1 : 0));
                }
            }
            default -> throw new AssertionError(array.getClass());
        }
    }

    private static void decode(ByteBuffer from, Object array, int at, int n) {
        switch (array) {
            case float[] x -> from.asFloatBuffer().get(x, at, n);
            case double[] x -> from.asDoubleBuffer().get(x, at, n);
            case long[] x -> from.asLongBuffer().get(x, at, n);
            case int[] x -> from.asIntBuffer().get(x, at, n);
            case short[] x -> from.asShortBuffer().get(x, at, n);
            case byte[] x -> from.get(x, at, n);
            case boolean[] x -> {
                for (int i = 0; i < n; i++) {
                    x[at + i] = from.get() != 0;
                }
            }
            default -> throw new AssertionError(array.getClass());
        }
    }
}
