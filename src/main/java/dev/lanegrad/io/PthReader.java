package dev.lanegrad.io;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads what `torch.save` wrote: a zip archive since PyTorch 1.6, a stream of pickles before.
final class PthReader {
    /// A pickle holds no elements, so that it is small.
    private static final int MAX_PICKLE_BYTES = 64 << 20;

    private static final int MAX_VERSION = 10;
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long PROTOCOL = 1001L;

    private final Path file;
    private final FileChannel channel;
    private final PickleNames names = new PickleNames();

    PthReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Nullable Object read() throws IOException {
        byte[] head = bytes(0, (int) Math.min(4, channel.size()));
        return ZipReader.begins(head) ? readZip() : readStream();
    }

    // ------------------------------------------------------------ zip

    private @Nullable Object readZip() throws IOException {
        ZipReader zip = new ZipReader(file, channel);
        String root = root(zip.entries());
        ZipReader.Entry pickle = zip.entries().get(root + "data.pkl");
        if (pickle == null) {
            throw rule("the zip archive has no record data.pkl, so that it is no .pth file");
        }
        if (pickle.size() > MAX_PICKLE_BYTES) {
            throw rule(
                    "data.pkl has %d bytes, more than the limit of %d"
                            .formatted(pickle.size(), MAX_PICKLE_BYTES));
        }
        checkVersion(zip.shortText(root + "version"));
        boolean swapped = isSwapped(zip.shortText(root + "byteorder"));
        Object value;
        try (ZipRecord record = zip.open(pickle)) {
            value = new PickleReader(file, record.readAll(), names).read();
        }
        checkRecords(zip, root);
        PthTree tree =
                new PthTree(
                        file,
                        storage -> {
                            try (ZipRecord record = zip.open(record(zip, root, storage))) {
                                return elements(storage, record, swapped);
                            }
                        });
        return tree.value(value);
    }

    /// The folder that all records are in, with its slash.
    private String root(SequencedMap<String, ZipReader.Entry> entries)
            throws MalformedFileException {
        if (entries.isEmpty()) {
            throw rule("the zip archive is empty");
        }
        String first = entries.firstEntry().getKey();
        String root = first.substring(0, first.indexOf('/') + 1);
        for (String name : entries.keySet()) {
            if (root.isEmpty() || !name.startsWith(root)) {
                throw rule(
                        "the records %s and %s are not in one folder, so that it is no .pth file"
                                .formatted(Names.quote(first), Names.quote(name)));
            }
        }
        if (entries.containsKey(root + "constants.pkl")) {
            throw rule(
                    "it is a TorchScript archive, which holds code; save the module's state_dict()"
                            + " instead");
        }
        return root;
    }

    private void checkVersion(@Nullable String text) throws MalformedFileException {
        if (text != null
                && !(text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= MAX_VERSION)) {
            throw rule("the version %s is unknown".formatted(Names.quote(text)));
        }
    }

    private boolean isSwapped(@Nullable String order) throws MalformedFileException {
        return switch (order) {
            case null -> false;
            case "little" -> false;
            case "big" -> true;
            default ->
                    throw rule(
                            "the byte order %s is neither little nor big"
                                    .formatted(Names.quote(order)));
        };
    }

    private void checkRecords(ZipReader zip, String root) throws IOException {
        List<ZipReader.Entry> used = new ArrayList<>();
        for (PickledStorage storage : names.storages().values()) {
            ZipReader.Entry entry = record(zip, root, storage);
            if (entry.size() != storage.bytes()) {
                throw rule(
                        "storage %s is of %d %s, which are %d bytes, but its record has %d"
                                .formatted(
                                        Names.quote(storage.key),
                                        storage.elements(),
                                        storage.dtype(),
                                        storage.bytes(),
                                        entry.size()));
            }
            used.add(entry);
        }
        zip.checkInflation(used);
    }

    private ZipReader.Entry record(ZipReader zip, String root, PickledStorage storage)
            throws MalformedFileException {
        ZipReader.Entry entry = zip.entries().get(root + "data/" + storage.key);
        if (entry == null) {
            throw rule("storage %s has no record".formatted(Names.quote(storage.key)));
        }
        return entry;
    }

    private static Tensor elements(
            PickledStorage storage, ReadableByteChannel channel, boolean swapped)
            throws IOException {
        ReadableByteChannel little =
                swapped ? new SwappedChannel(channel, storage.dtype().bytes()) : channel;
        return Tensor.readFrom(little, storage.dtype(), Shape.of(storage.elements()));
    }

    // ------------------------------------------------------------ stream of pickles

    private @Nullable Object readStream() throws IOException {
        byte[] start = bytes(0, (int) Math.min(MAX_PICKLE_BYTES, channel.size()));
        if (start.length < 2 || start[0] != (byte) 0x80) {
            throw rule(
                    start.length == 0
                            ? "the file is empty"
                            : "it is neither a zip archive nor a pickle, so that it is no .pth file");
        }
        PickleReader reader = new PickleReader(file, start, names);
        if (!MAGIC.equals(reader.read()) || !PROTOCOL.equals(reader.read())) {
            throw rule("it does not begin with PyTorch's magic number and protocol 1001");
        }
        Object _ = reader.read(); // sizes of C's types, which nothing depends on
        Object value = reader.read();
        Object keys = reader.read();
        if (!(keys instanceof PickledItems list)) {
            throw rule("the list of storages is no list");
        }
        Map<PickledStorage, Tensor> storages = readStorages(list.items, reader.position());
        return new PthTree(file, s -> Objects.requireNonNull(storages.get(s))).value(value);
    }

    private Map<PickledStorage, Tensor> readStorages(List<@Nullable Object> keys, long start)
            throws IOException {
        Map<PickledStorage, Tensor> storages = new HashMap<>();
        long at = start;
        for (Object key : keys) {
            PickledStorage storage = key instanceof String k ? names.storages().get(k) : null;
            if (storage == null || storages.containsKey(storage)) {
                throw rule(
                        "the list of storages has %s, which no tensor or another entry refers to"
                                .formatted(Names.quote(key instanceof String k ? k : "no text")));
            }
            long elements = ByteBuffer.wrap(bytes(at, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
            at += 8;
            if (elements != storage.elements() || storage.bytes() > channel.size() - at) {
                throw rule(
                        "storage %s needs %d %s; at byte %d there are %d in %d bytes"
                                .formatted(
                                        Names.quote(storage.key),
                                        storage.elements(),
                                        storage.dtype(),
                                        at,
                                        elements,
                                        channel.size() - at));
            }
            channel.position(at);
            storages.put(storage, elements(storage, channel, false));
            at += storage.bytes();
        }
        for (PickledStorage storage : names.storages().values()) {
            if (!storages.containsKey(storage)) {
                throw rule("storage %s is not in the file".formatted(Names.quote(storage.key)));
            }
        }
        return storages;
    }

    private byte[] bytes(long at, int n) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(n);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw rule("truncated: %d bytes are missing".formatted(bytes.remaining()));
            }
        }
        return bytes.array();
    }

    private MalformedFileException rule(String rule) {
        return new MalformedFileException(file, rule);
    }
}
