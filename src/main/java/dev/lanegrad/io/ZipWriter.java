package dev.lanegrad.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Writes a zip archive of records that are stored as they are, each at a multiple of 64 bytes, as
/// `torch.save` has them. The same records give the same bytes.
final class ZipWriter {
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int ALIGNMENT = 64;
    private static final short PADDING = 0x4246; // the id of PyTorch's padding, "FB"
    private static final short NEEDED = 20;
    private static final short UTF_8 = 0x0800;
    private static final short DATE = 0x21; // 1 January 1980
    private static final long MAX_BYTES = 0xFFFF_FFFFL;
    private static final int MAX_RECORDS = 0xFFFF;

    private final FileChannel channel;
    private final List<Written> records = new ArrayList<>();

    ZipWriter(FileChannel channel) {
        this.channel = channel;
    }

    private record Written(byte[] name, long header, int crc, long size) {}

    /// Writes the bytes of a record.
    interface Contents {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /// @throws IOException beyond 4 GiB or 65,535 records
    void add(String name, Contents contents) throws IOException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long header = channel.position();
        int padding = ALIGNMENT - (int) ((header + LOCAL_BYTES + utf8.length + 4) % ALIGNMENT);
        channel.position(header + LOCAL_BYTES + utf8.length + 4 + padding);
        long start = channel.position();
        CRC32 crc = new CRC32();
        contents.writeTo(new Summed(channel, crc));
        long end = channel.position();
        if (end > MAX_BYTES || records.size() == MAX_RECORDS || utf8.length > 0xFFFF) {
            throw new IOException(
                    "a zip archive holds at most %d bytes and %d records; safetensors have no such limit"
                            .formatted(MAX_BYTES, MAX_RECORDS));
        }
        Written record = new Written(utf8, header, (int) crc.getValue(), end - start);
        records.add(record);
        channel.position(header);
        writeAll(channel, localHeader(record, padding));
        channel.position(end);
    }

    private static ByteBuffer localHeader(Written record, int padding) {
        ByteBuffer bytes = buffer(LOCAL_BYTES + record.name.length + 4 + padding);
        bytes.putInt(0x04034b50);
        common(bytes, record).putShort((short) (4 + padding));
        bytes.put(record.name).putShort(PADDING).putShort((short) padding);
        return bytes.rewind();
    }

    /// The fields that both headers have, up to the length of the name.
    private static ByteBuffer common(ByteBuffer bytes, Written record) {
        bytes.putShort(NEEDED).putShort(UTF_8).putShort((short) 0); // stored
        bytes.putShort((short) 0).putShort(DATE);
        bytes.putInt(record.crc).putInt((int) record.size).putInt((int) record.size);
        return bytes.putShort((short) record.name.length);
    }

    /// Writes the directory. Nothing can be added any more.
    void finish() throws IOException {
        long start = channel.position();
        for (Written record : records) {
            ByteBuffer bytes = buffer(CENTRAL_BYTES + record.name.length);
            bytes.putInt(0x02014b50).putShort(NEEDED);
            common(bytes, record);
            bytes.position(42);
            bytes.putInt((int) record.header).put(record.name);
            writeAll(channel, bytes.rewind());
        }
        long length = channel.position() - start;
        ByteBuffer bytes = buffer(END_BYTES);
        bytes.putInt(0x06054b50).putInt(0);
        bytes.putShort((short) records.size()).putShort((short) records.size());
        bytes.putInt((int) length).putInt((int) start);
        writeAll(channel, bytes.rewind());
    }

    private static ByteBuffer buffer(int n) {
        return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Sums up what goes through.
    private record Summed(WritableByteChannel channel, CRC32 crc) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            ByteBuffer written = from.duplicate();
            int n = channel.write(from);
            crc.update(written.limit(written.position() + n));
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
}
