package dev.lanegrad.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The records of a zip archive, found by its central directory, which must agree with the file:
/// one record a name, none encrypted, none over another, and nothing after the end.
final class ZipReader {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int END_64_BYTES = 56;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final long MAX_DIRECTORY = 64 << 20;
    private static final long MAX_INFLATED = 256 << 20;
    private static final int MAX_INFLATION = 16;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final Path file;
    private final FileChannel channel;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private long directoryStart;

    /// A record: `size` bytes, packed into `packed` of them.
    record Entry(String name, boolean deflated, long crc, long packed, long size, long header) {}

    ZipReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        Directory directory = directory();
        directoryStart = directory.start;
        readEntries(directory);
        checkApart();
    }

    private record Directory(long start, long bytes, long count) {}

    /// The records by name, in the order of the directory.
    SequencedMap<String, Entry> entries() {
        return entries;
    }

    /// The bytes of a record.
    ZipRecord open(Entry e) throws IOException {
        ByteBuffer header = read(e.header, LOCAL_BYTES, "the record " + Names.quote(e.name));
        int method = header.getShort(8);
        int nameBytes = header.getShort(26) & 0xFFFF;
        long start = e.header + LOCAL_BYTES + nameBytes + (header.getShort(28) & 0xFFFF);
        if (header.getInt(0) != LOCAL
                || method != (e.deflated ? DEFLATED : STORED)
                || start + e.packed > directoryStart) {
            throw rule("the record " + Names.quote(e.name) + " is not where the directory says");
        }
        ByteBuffer name = read(e.header + LOCAL_BYTES, nameBytes, "a name");
        if (!text(name, nameBytes).equals(e.name)) {
            throw rule("the record " + Names.quote(e.name) + " has another name in its own header");
        }
        return new ZipRecord(file, channel, e, start);
    }

    // ------------------------------------------------------------ the directory

    private Directory directory() throws IOException {
        long size = channel.size();
        if (size < END_BYTES) {
            throw rule("truncated: a zip archive does not fit into " + size + " bytes");
        }
        int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT);
        ByteBuffer bytes = read(size - tail, tail, "the end of the archive");
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (bytes.getInt(at) == END
                    && at + END_BYTES + (bytes.getShort(at + 20) & 0xFFFF) == tail) {
                return directory(bytes, at, size - tail + at);
            }
        }
        throw rule("truncated or damaged: the zip archive has no end record");
    }

    private Directory directory(ByteBuffer bytes, int at, long end) throws IOException {
        int disk = bytes.getShort(at + 4) | bytes.getShort(at + 6);
        long here = bytes.getShort(at + 8) & 0xFFFF;
        long count = bytes.getShort(at + 10) & 0xFFFF;
        long length = Integer.toUnsignedLong(bytes.getInt(at + 12));
        long start = Integer.toUnsignedLong(bytes.getInt(at + 16));
        Directory found = new Directory(start, length, count);
        boolean wide = count == 0xFFFF || length == 0xFFFF_FFFFL || start == 0xFFFF_FFFFL;
        Directory wider = wide || disk != 0 ? directory64(end) : null;
        if (wider != null) {
            found = wider;
        } else if (disk != 0 || here != count) {
            throw rule("the zip archive is one of several");
        }
        if (found.start < 0
                || found.bytes < 0
                || found.bytes > end
                || found.start > end - found.bytes) {
            throw rule("the zip directory does not lie within the file");
        }
        if (found.bytes > MAX_DIRECTORY || found.count > found.bytes / CENTRAL_BYTES) {
            throw rule(
                    "the zip directory of %d bytes does not hold %d records"
                            .formatted(found.bytes, found.count));
        }
        return found;
    }

    /// What the wider end record says, if there is one.
    private @Nullable Directory directory64(long end) throws IOException {
        if (end < LOCATOR_64_BYTES + END_64_BYTES) {
            return null;
        }
        ByteBuffer locator = read(end - LOCATOR_64_BYTES, LOCATOR_64_BYTES, "the locator");
        long at = locator.getLong(8);
        if (locator.getInt(0) != LOCATOR_64 || at < 0 || at > end - END_64_BYTES) {
            return null;
        }
        ByteBuffer bytes = read(at, END_64_BYTES, "the wide end record");
        return bytes.getInt(0) == END_64
                ? new Directory(bytes.getLong(48), bytes.getLong(40), bytes.getLong(32))
                : null;
    }

    private void readEntries(Directory directory) throws IOException {
        int length = (int) directory.bytes;
        ByteBuffer bytes = read(directory.start, length, "the zip directory");
        int at = 0;
        for (long i = 0; i < directory.count; i++) {
            if (length - at < CENTRAL_BYTES || bytes.getInt(at) != CENTRAL) {
                throw rule("entry %d of %d is damaged".formatted(i, directory.count));
            }
            int name = bytes.getShort(at + 28) & 0xFFFF;
            int extra = bytes.getShort(at + 30) & 0xFFFF;
            int next = at + CENTRAL_BYTES + name + extra + (bytes.getShort(at + 32) & 0xFFFF);
            if (next > length) {
                throw rule("entry %d of %d is damaged".formatted(i, directory.count));
            }
            add(entry(bytes, at, name, extra));
            at = next;
        }
        if (at != length) {
            throw rule(
                    "%d records end at byte %d of the zip directory's %d"
                            .formatted(directory.count, at, length));
        }
    }

    private Entry entry(ByteBuffer bytes, int at, int nameBytes, int extraBytes)
            throws MalformedFileException {
        bytes.position(at + CENTRAL_BYTES);
        String name = text(bytes, nameBytes);
        int method = bytes.getShort(at + 10);
        if ((bytes.getShort(at + 8) & ENCRYPTED) != 0) {
            throw rule("the record " + Names.quote(name) + " is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            throw rule(
                    "the record %s is packed by method %d, which is neither stored nor deflated"
                            .formatted(Names.quote(name), method));
        }
        Wide wide = new Wide(bytes, at + CENTRAL_BYTES + nameBytes, extraBytes);
        long size = wide.of(bytes.getInt(at + 24));
        long packed = wide.of(bytes.getInt(at + 20));
        long header = wide.of(bytes.getInt(at + 42));
        if (size < 0
                || packed < 0
                || header < 0
                || packed > directoryStart
                || header > directoryStart - packed - LOCAL_BYTES
                || (method == STORED && packed != size)) {
            throw rule("the record " + Names.quote(name) + " does not lie within the file");
        }
        long crc = Integer.toUnsignedLong(bytes.getInt(at + 16));
        return new Entry(name, method == DEFLATED, crc, packed, size, header);
    }

    /// The 64-bit values of an entry, in the order of the fields that refer to them.
    private static final class Wide {
        private final ByteBuffer bytes;
        private int at;
        private int end;

        Wide(ByteBuffer bytes, int start, int length) {
            this.bytes = bytes;
            int last = start + length;
            for (int at = start; last - at >= 4; ) {
                int n = bytes.getShort(at + 2) & 0xFFFF;
                if (bytes.getShort(at) == 1 && at + 4 + n <= last) {
                    this.at = at + 4;
                    this.end = at + 4 + n;
                    return;
                }
                at += 4 + n;
            }
        }

        /// The field, or the next wide value if the field refers to one; −1 if there is none.
        long of(int field) {
            if (field != -1) {
                return Integer.toUnsignedLong(field);
            }
            if (end - at < 8) {
                return -1;
            }
            at += 8;
            return bytes.getLong(at - 8);
        }
    }

    private void add(Entry entry) throws MalformedFileException {
        if (entries.put(entry.name, entry) != null) {
            throw rule("two records have the name " + Names.quote(entry.name));
        }
    }

    /// Records that share bytes could make a small file stand for any number of large tensors.
    private void checkApart() throws MalformedFileException {
        List<Entry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::header));
        long end = 0;
        for (Entry e : inOrder) {
            if (e.header < end) {
                throw rule("the record " + Names.quote(e.name) + " lies over another");
            }
            end = e.header + LOCAL_BYTES + e.packed;
        }
    }

    // ------------------------------------------------------------ bytes

    private ByteBuffer read(long at, int n, String what) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw rule("truncated: %s is beyond the file".formatted(what));
            }
        }
        return bytes.flip();
    }

    private String text(ByteBuffer bytes, int n) throws MalformedFileException {
        try {
            ByteBuffer slice = bytes.slice(bytes.position(), n);
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException _) {
            throw rule("the name of a record is not UTF-8");
        }
    }

    /// A text that is a whole record, of at most 64 bytes.
    @Nullable String shortText(String name) throws IOException {
        Entry e = entries.get(name);
        if (e == null) {
            return null;
        }
        if (e.size > 64) {
            throw rule("the record %s has %d bytes".formatted(Names.quote(name), e.size));
        }
        try (ZipRecord record = open(e)) {
            return new String(record.readAll(), StandardCharsets.UTF_8).strip();
        }
    }

    private MalformedFileException rule(String rule) {
        return new MalformedFileException(file, rule);
    }

    /// Whether these are the first bytes of a zip archive.
    static boolean begins(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] < 9 && head[3] < 9;
    }

    /// Checks that records to be read do not unpack to far more than a file of this size holds.
    void checkInflation(List<Entry> records) throws IOException {
        long inflated = records.stream().filter(Entry::deflated).mapToLong(Entry::size).sum();
        long limit = MAX_INFLATED + MAX_INFLATION * channel.size();
        if (inflated > limit || inflated < 0) {
            throw rule(
                    "its records unpack to %d bytes, more than the limit of %d"
                            .formatted(inflated, limit));
        }
    }
}
