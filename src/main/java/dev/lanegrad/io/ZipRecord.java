package dev.lanegrad.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The bytes of a zip record. With its last one read, its checksum has been compared and nothing
/// follows it; each read fills its buffer.
final class ZipRecord implements ReadableByteChannel {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Path file;
    private final FileChannel channel;
    private final ZipReader.Entry entry;
    private final CRC32 crc = new CRC32();
    private final ByteBuffer packed = ByteBuffer.allocate(CHUNK_BYTES).flip();
    private final Inflater inflater = new Inflater(true);
    private long at;
    private long packedLeft;
    private long left;

    ZipRecord(Path file, FileChannel channel, ZipReader.Entry entry, long start) {
        this.file = file;
        this.channel = channel;
        this.entry = entry;
        at = start;
        packedLeft = entry.packed();
        left = entry.size();
    }

    /// The whole record, whose size the caller has found bearable.
    byte[] readAll() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(left));
        if (left == 0) {
            checkEnd();
        }
        while (all.hasRemaining()) {
            read(all);
        }
        return all.array();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (left == 0) {
            return -1;
        }
        int before = to.position();
        int n = (int) Math.min(left, to.remaining());
        ByteBuffer part = to.slice(before, n);
        while (part.hasRemaining()) {
            if (entry.deflated()) {
                inflate(part);
            } else {
                copy(part);
            }
        }
        crc.update(part.flip());
        to.position(before + n);
        left -= n;
        if (left == 0) {
            checkEnd();
        }
        return n;
    }

    private void copy(ByteBuffer to) throws IOException {
        int n = channel.read(to, at);
        if (n < 0) {
            throw rule("is truncated");
        }
        at += n;
    }

    private void inflate(ByteBuffer to) throws IOException {
        try {
            while (inflater.inflate(to) == 0) {
                if (inflater.finished() || inflater.needsDictionary() || !feed()) {
                    throw rule(
                            "unpacks to %d bytes, not the %d of its entry"
                                    .formatted(inflater.getBytesWritten(), entry.size()));
                }
            }
        } catch (DataFormatException e) {
            throw rule("cannot be unpacked: " + e.getMessage());
        }
    }

    private boolean feed() throws IOException {
        if (packedLeft == 0) {
            return false;
        }
        packed.clear().limit((int) Math.min(CHUNK_BYTES, packedLeft));
        int n = channel.read(packed, at);
        if (n < 0) {
            throw rule("is truncated");
        }
        at += n;
        packedLeft -= n;
        inflater.setInput(packed.flip());
        return true;
    }

    private void checkEnd() throws IOException {
        if (entry.deflated() && hasMore()) {
            throw rule("unpacks to more than the %d bytes of its entry".formatted(entry.size()));
        }
        if (crc.getValue() != entry.crc()) {
            throw rule(
                    "is damaged: its checksum is %08x, not %08x"
                            .formatted(crc.getValue(), entry.crc()));
        }
    }

    private boolean hasMore() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(one) > 0) {
                    return true;
                }
                if (inflater.needsDictionary() || (inflater.needsInput() && !feed())) {
                    return false;
                }
            }
            return false;
        } catch (DataFormatException e) {
            throw rule("cannot be unpacked: " + e.getMessage());
        }
    }

    private MalformedFileException rule(String rule) {
        return new MalformedFileException(
                file, "the record " + Names.quote(entry.name()) + " " + rule);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
