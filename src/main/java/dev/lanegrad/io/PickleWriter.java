package dev.lanegrad.io;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes values as a pickle of protocol 2, tensors by reference to their storages.
final class PickleWriter {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_INTEGER_BYTES = 255;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final IdentityHashMap<Tensor, Integer> keys = new IdentityHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private int depth;

    private PickleWriter() {}

    /// A pickle, and the tensors that it refers to by their position.
    record Pickled(byte[] bytes, List<Tensor> tensors) {}

    /// @throws IllegalArgumentException if there is a value that Python has not, or nesting deeper
    ///   than 200
    static Pickled write(@Nullable Object value) throws IOException {
        PickleWriter writer = new PickleWriter();
        writer.out.write(new byte[] {(byte) 0x80, 2});
        writer.value(value);
        writer.out.write('.');
        return new Pickled(writer.bytes.toByteArray(), List.copyOf(writer.tensors));
    }

    private void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.write('N');
            case Boolean b -> out.write(b ? 0x88 : 0x89);
            case Byte _, Short _, Integer _, Long _ -> integer(((Number) value).longValue());
            case BigInteger n -> big(n);
            case Float _, Double _ -> {
                out.write('G');
                out.writeDouble(((Number) value).doubleValue());
            }
            case String s -> text(s);
            case byte[] raw -> {
                global("_codecs", "encode");
                tuple(new String(raw, StandardCharsets.ISO_8859_1), "latin1");
                out.write('R');
            }
            case Shape shape -> {
                global("torch", "Size");
                out.write('(');
                integers(shape.toArray());
                out.write(new byte[] {'t', 'R'});
            }
            case DType dtype -> global("torch", dtype.toString());
            case Tensor t -> tensor(t);
            case Map<?, ?> map -> nested(() -> dict(map));
            case List<?> list -> nested(() -> items(']', list, 'e'));
            case Set<?> set ->
                    nested(() -> {
                        global("__builtin__", "set");
                        out.write('(');
                        items(']', set, 'e');
                        out.write(new byte[] {'t', 'R'});
                    });
            default ->
                    throw new IllegalArgumentException(
                            "pth: a value of %s cannot be written"
                                    .formatted(value.getClass().getName()));
        }
    }

    private interface Body {
        void write() throws IOException;
    }

    private void nested(Body body) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("pth: nesting is deeper than " + MAX_DEPTH);
        }
        body.write();
        depth--;
    }

    private void dict(Map<?, ?> map) throws IOException {
        out.write(new byte[] {'}', '('});
        for (var e : map.entrySet()) {
            if (e.getKey() instanceof List<?> key) {
                tuple(key.toArray());
            } else {
                value(e.getKey());
            }
            value(e.getValue());
        }
        out.write('u');
    }

    private void items(char begin, Iterable<?> items, char end) throws IOException {
        out.write(new byte[] {(byte) begin, '('});
        for (Object item : items) {
            value(item);
        }
        out.write(end);
    }

    private void tuple(@Nullable Object... items) throws IOException {
        out.write('(');
        for (Object item : items) {
            value(item);
        }
        out.write('t');
    }

    private void integer(long n) throws IOException {
        if (n == (int) n) {
            out.write('J');
            out.writeInt(Integer.reverseBytes((int) n));
        } else {
            big(BigInteger.valueOf(n));
        }
    }

    private void big(BigInteger n) throws IOException {
        byte[] digits = n.toByteArray();
        if (digits.length > MAX_INTEGER_BYTES) {
            throw new IllegalArgumentException(
                    "pth: an integer has %d bytes, more than %d"
                            .formatted(digits.length, MAX_INTEGER_BYTES));
        }
        out.write(new byte[] {(byte) 0x8a, (byte) digits.length});
        for (int i = digits.length - 1; i >= 0; i--) {
            out.write(digits[i]);
        }
    }

    private void text(String s) throws IOException {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(s));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "pth: a text is not Unicode (half a surrogate pair)", e);
        }
        out.write('X');
        out.writeInt(Integer.reverseBytes(utf8.remaining()));
        byte[] raw = new byte[utf8.remaining()];
        utf8.get(raw);
        out.write(raw);
    }

    private void global(String module, String name) throws IOException {
        out.write(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void tensor(Tensor t) throws IOException {
        int key =
                keys.computeIfAbsent(
                        t,
                        _ -> {
                            tensors.add(t);
                            return tensors.size() - 1;
                        });
        global("torch._utils", "_rebuild_tensor_v2");
        out.write(new byte[] {'(', '('});
        text("storage");
        global("torch", t.dtype().scalarName() + "Storage");
        text(Integer.toString(key));
        text("cpu");
        integer(t.numel());
        out.write(new byte[] {'t', 'Q'});
        integer(0);
        integers(t.shape().toArray());
        integers(rowMajor(t.shape()));
        value(t.requiresGrad());
        global("collections", "OrderedDict");
        out.write(new byte[] {')', 'R', 't', 'R'});
    }

    private static long[] rowMajor(Shape shape) {
        long[] strides = shape.toArray();
        long step = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            long size = strides[axis];
            strides[axis] = step;
            step *= Math.max(1, size);
        }
        return strides;
    }

    private void integers(long[] numbers) throws IOException {
        out.write('(');
        for (long n : numbers) {
            integer(n);
        }
        out.write('t');
    }
}
