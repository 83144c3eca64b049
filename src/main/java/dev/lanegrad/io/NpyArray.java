package dev.lanegrad.io;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// One array of NumPy's format: magic number, version, the text of a dict, the elements.
final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX = MAGIC.length + 2;

    /// As in NumPy.
    private static final int MAX_HEADER = 10_000;

    private static final int ALIGNMENT = 64;
    private static final int MAX_AXES = 64;
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final Path file;
    private final String where;
    private final ReadableByteChannel channel;
    private long left;

    /// @param where which record of the file, for messages
    /// @param size bytes of the channel
    private NpyArray(Path file, String where, ReadableByteChannel channel, long size) {
        this.file = file;
        this.where = where;
        this.channel = channel;
        left = size;
    }

    static Tensor read(Path file, String where, ReadableByteChannel channel, long size)
            throws IOException {
        return new NpyArray(file, where, channel, size).read();
    }

    private Tensor read() throws IOException {
        NpyHeader header = header();
        DType dtype = header.dtype();
        if (dtype == null) {
            throw rule(
                    "elements of type %s are not supported".formatted(Names.quote(header.descr())));
        }
        long[] sizes = header.shape();
        long bytes = elements(sizes) * dtype.bytes();
        if (bytes != left) {
            throw rule(
                    "%s %s needs %d bytes, but there are %d"
                            .formatted(dtype, Arrays.toString(sizes), bytes, left));
        }
        ReadableByteChannel little =
                header.isBigEndian() ? new SwappedChannel(new Filling(), dtype.bytes()) : channel;
        if (!header.fortranOrder()) {
            return Tensor.readFrom(little, dtype, Shape.of(sizes));
        }
        int n = sizes.length;
        long[] reversed = IntStream.range(0, n).mapToLong(i -> sizes[n - 1 - i]).toArray();
        Tensor t = Tensor.readFrom(little, dtype, Shape.of(reversed));
        return t.permute(IntStream.range(0, n).map(i -> n - 1 - i).toArray()).detach();
    }

    private NpyHeader header() throws IOException {
        byte[] prefix = bytes(PREFIX, "magic number and version");
        if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw rule("it does not begin with NumPy's magic number");
        }
        int version = prefix[MAGIC.length];
        if (version < 1 || version > 3 || prefix[MAGIC.length + 1] != 0) {
            throw rule("version %d.%d is unknown".formatted(version, prefix[MAGIC.length + 1]));
        }
        ByteBuffer length =
                ByteBuffer.wrap(bytes(version == 1 ? 2 : 4, "length of the header"))
                        .order(ByteOrder.LITTLE_ENDIAN);
        long n =
                version == 1 ? length.getShort() & 0xFFFF : Integer.toUnsignedLong(length.getInt());
        if (n > MAX_HEADER) {
            throw rule("a header of %d bytes is beyond the limit of %d".formatted(n, MAX_HEADER));
        }
        byte[] text = bytes((int) n, "header");
        try {
            return NpyHeader.parse(new String(text, StandardCharsets.ISO_8859_1));
        } catch (NpyHeader.SyntaxException e) {
            throw rule("the header " + e.getMessage());
        }
    }

    private long elements(long[] sizes) throws MalformedFileException {
        if (sizes.length > MAX_AXES) {
            throw rule("shape has %d axes, more than %d".formatted(sizes.length, MAX_AXES));
        }
        long elements = 1;
        for (long size : sizes) {
            if (size > MAX_ELEMENTS || elements * size > MAX_ELEMENTS) {
                throw rule(
                        "shape %s has more elements than the limit of %d"
                                .formatted(Arrays.toString(sizes), MAX_ELEMENTS));
            }
            elements *= size;
        }
        return elements;
    }

    private byte[] bytes(int n, String what) throws IOException {
        if (n > left) {
            throw rule("truncated: %s needs %d bytes, but there are %d".formatted(what, n, left));
        }
        ByteBuffer bytes = ByteBuffer.allocate(n);
        new Filling().read(bytes);
        left -= n;
        return bytes.array();
    }

    /// The channel, filling the buffer in each read.
    private final class Filling implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer to) throws IOException {
            int n = to.remaining();
            while (to.hasRemaining()) {
                if (channel.read(to) < 0) {
                    throw rule("truncated: %d bytes are missing".formatted(to.remaining()));
                }
            }
            return n;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private MalformedFileException rule(String rule) {
        return new MalformedFileException(file, where + rule);
    }

    // ------------------------------------------------------------ writing

    /// @throws IllegalArgumentException if NumPy has no such type
    static void checkType(Tensor t) {
        if (t.dtype() == DType.BFLOAT16) {
            throw new IllegalArgumentException(
                    "npy: NumPy has no bfloat16; convert to float32 (%s)".formatted(t.shape()));
        }
    }

    static void write(Tensor t, WritableByteChannel channel) throws IOException {
        String shape =
                LongStream.of(t.shape().toArray())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(", ", "(", t.dim() == 1 ? ",)" : ")"));
        String dict =
                "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
                        .formatted(NpyHeader.descr(t.dtype()), shape);
        int length = dict.length() + 1;
        int total = (PREFIX + 2 + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - PREFIX - 2));
        header.put(dict.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        header.put((byte) '\n');
        ZipWriter.writeAll(channel, header.flip());
        t.writeTo(channel);
    }
}
