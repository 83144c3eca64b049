package dev.lanegrad.io;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The header of a safetensors file, checked: its entries cover the data without holes or overlaps.
///
/// @param dataStart where the elements begin, in bytes from the start of the file
record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;

    /// The format's own limit.
    private static final long MAX_BYTES = 100_000_000;

    /// As many axes as PyTorch has at most.
    private static final int MAX_AXES = 64;

    /// Elements of one tensor at most: the longest array.
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /// One tensor; `begin` and `end` in bytes from [#dataStart()].
    record Entry(String name, DType dtype, Shape shape, long begin, long end) {}

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        return new Parser(file, channel).parse();
    }

    /// The length and the header, padded with blanks to a multiple of eight bytes.
    static ByteBuffer encode(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, Long> begins = places(tensors);
        List<String> entries = new ArrayList<>();
        if (!metadata.isEmpty()) {
            List<String> texts = new ArrayList<>();
            metadata.forEach((name, text) -> texts.add(Json.quote(name) + ":" + Json.quote(text)));
            entries.add(Json.quote(METADATA) + ":{" + String.join(",", texts) + "}");
        }
        tensors.forEach((name, t) -> {
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException(
                        "safetensors: no tensor can have the name " + METADATA);
            }
            long begin = begins.getOrDefault(name, 0L);
            entries.add(
                    "%s:{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    Json.quote(name),
                                    code(t.dtype()),
                                    t.shape().toString().replace(" ", ""),
                                    begin,
                                    begin + bytes(t)));
        });
        return padded("{" + String.join(",", entries) + "}");
    }

    /// The tensors in the order in which their elements are written: those of wide types first, so
    /// that all are aligned, else in the map's order.
    static List<Map.Entry<String, Tensor>> inOrderOfData(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> -e.getValue().dtype().bytes()))
                .toList();
    }

    private static Map<String, Long> places(Map<String, Tensor> tensors) {
        Map<String, Long> begins = new LinkedHashMap<>();
        long at = 0;
        for (var entry : inOrderOfData(tensors)) {
            begins.put(entry.getKey(), at);
            at += bytes(entry.getValue());
        }
        return begins;
    }

    private static long bytes(Tensor t) {
        return (long) t.numel() * t.dtype().bytes();
    }

    private static ByteBuffer padded(String json) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "safetensors: a name or a text is not Unicode (half a surrogate pair)", e);
        }
        int length = (utf8.remaining() + 7) / 8 * 8;
        ByteBuffer header =
                ByteBuffer.allocate(LENGTH_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(length).put(utf8);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static String code(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> "F64";
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case INT16 -> "I16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case BOOL -> "BOOL";
        };
    }

    /// Reads and checks.
    private static final class Parser {
        private final Path file;
        private final FileChannel channel;
        private long dataBytes;

        Parser(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        SafetensorsHeader parse() throws IOException {
            String json = text();
            long dataStart = channel.position();
            dataBytes = channel.size() - dataStart;
            if (!json.startsWith("{")) {
                throw rule("the header does not begin with {");
            }
            Map<?, ?> header = object("the header", parsed(json));
            List<Entry> entries = new ArrayList<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            for (var e : header.entrySet()) {
                String name = String.valueOf(e.getKey());
                if (name.equals(METADATA)) {
                    readMetadata(object(METADATA, e.getValue()), metadata);
                } else {
                    entries.add(entry(name, e.getValue()));
                }
            }
            checkCover(entries);
            return new SafetensorsHeader(dataStart, entries, metadata);
        }

        private @Nullable Object parsed(String json) throws MalformedFileException {
            try {
                return Json.parse(json);
            } catch (Json.SyntaxException e) {
                throw rule("the header is %s".formatted(e.getMessage()));
            }
        }

        private String text() throws IOException {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw rule(
                        "the file has %d bytes, fewer than the %d of the header's length"
                                .formatted(size, LENGTH_BYTES));
            }
            long length = readFully(LENGTH_BYTES).getLong();
            if (length < 0 || length > MAX_BYTES) {
                throw rule(
                        "the header's length of %s bytes is above the limit of %d"
                                .formatted(Long.toUnsignedString(length), MAX_BYTES));
            }
            if (length > size - LENGTH_BYTES) {
                throw rule(
                        "truncated: the header has %d bytes but the file only %d after its length"
                                .formatted(length, size - LENGTH_BYTES));
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(readFully((int) length))
                        .toString();
            } catch (CharacterCodingException _) {
                throw rule("the header is not UTF-8");
            }
        }

        private ByteBuffer readFully(int n) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw rule("truncated: %d bytes are missing".formatted(bytes.remaining()));
                }
            }
            return bytes.flip();
        }

        private void readMetadata(Map<?, ?> from, Map<String, String> to)
                throws MalformedFileException {
            for (var e : from.entrySet()) {
                if (!(e.getValue() instanceof String text)) {
                    throw rule("%s: %s is not a text".formatted(METADATA, quote(e.getKey())));
                }
                to.put(String.valueOf(e.getKey()), text);
            }
        }

        private Entry entry(String name, @Nullable Object value) throws MalformedFileException {
            String what = "tensor " + quote(name);
            Map<?, ?> fields = object(what, value);
            DType dtype = dtype(what, fields.get("dtype"));
            long[] sizes = integers(what + ": shape", fields.get("shape"));
            long[] range = integers(what + ": data_offsets", fields.get("data_offsets"));
            if (range.length != 2) {
                throw rule("%s: data_offsets has %d numbers, not 2".formatted(what, range.length));
            }
            if (range[0] > range[1] || range[1] > dataBytes) {
                throw rule(
                        "%s: data_offsets [%d, %d] do not lie in the file's %d bytes of data"
                                .formatted(what, range[0], range[1], dataBytes));
            }
            long needed = elements(what, sizes) * dtype.bytes();
            if (needed != range[1] - range[0]) {
                throw rule(
                        "%s: %s %s needs %d bytes but data_offsets [%d, %d] have %d"
                                .formatted(
                                        what,
                                        dtype,
                                        Arrays.toString(sizes),
                                        needed,
                                        range[0],
                                        range[1],
                                        range[1] - range[0]));
            }
            return new Entry(name, dtype, Shape.of(sizes), range[0], range[1]);
        }

        private DType dtype(String what, @Nullable Object value) throws MalformedFileException {
            for (DType dtype : DType.values()) {
                if (code(dtype).equals(value)) {
                    return dtype;
                }
            }
            throw value instanceof String text
                    ? rule("%s: dtype %s is not supported".formatted(what, quote(text)))
                    : rule("%s: dtype is missing or no text".formatted(what));
        }

        private long elements(String what, long[] sizes) throws MalformedFileException {
            if (sizes.length > MAX_AXES) {
                throw rule(
                        "%s: shape has %d axes, more than %d"
                                .formatted(what, sizes.length, MAX_AXES));
            }
            long elements = 1;
            for (long size : sizes) {
                if (size > MAX_ELEMENTS || elements * size > MAX_ELEMENTS) {
                    throw rule(
                            "%s: shape %s has more elements than the limit of %d"
                                    .formatted(what, Arrays.toString(sizes), MAX_ELEMENTS));
                }
                elements *= size;
            }
            return elements;
        }

        private long[] integers(String what, @Nullable Object value) throws MalformedFileException {
            if (!(value instanceof List<?> list)) {
                throw rule("%s is missing or no list".formatted(what));
            }
            long[] integers = new long[list.size()];
            for (int i = 0; i < integers.length; i++) {
                if (!(list.get(i) instanceof Long n && n >= 0)) {
                    throw rule("%s: number %d is no integer from 0".formatted(what, i));
                }
                integers[i] = n;
            }
            return integers;
        }

        private Map<?, ?> object(String what, @Nullable Object value)
                throws MalformedFileException {
            if (!(value instanceof Map<?, ?> object)) {
                throw rule("%s is no object".formatted(what));
            }
            return object;
        }

        private void checkCover(List<Entry> entries) throws MalformedFileException {
            long at = 0;
            for (Entry e :
                    entries.stream()
                            .sorted(
                                    Comparator.comparingLong(Entry::begin)
                                            .thenComparingLong(Entry::end))
                            .toList()) {
                if (e.begin() != at) {
                    throw rule(
                            "tensor %s begins at byte %d of the data but the one before ends at %d"
                                    .formatted(quote(e.name()), e.begin(), at));
                }
                at = e.end();
            }
            if (at != dataBytes) {
                throw rule("the tensors end at byte %d of the data's %d".formatted(at, dataBytes));
            }
        }

        /// A name from the file, of a length fit for a message.
        private String quote(@Nullable Object name) {
            String text = String.valueOf(name);
            return Json.quote(text.length() > 80 ? text.substring(0, 80) + "..." : text);
        }

        private MalformedFileException rule(String rule) {
            return new MalformedFileException(file, rule);
        }
    }
}
