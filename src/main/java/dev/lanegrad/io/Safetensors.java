package dev.lanegrad.io;

import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// Named tensors in a file of the safetensors format: eight bytes with the length of a JSON header,
/// the header (name, type, shape and place of each tensor, and free text), the elements.
public final class Safetensors {
    private Safetensors() {}

    /// What a file holds.
    ///
    /// @param tensors by name, in the order of the header
    /// @param metadata free text by name
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    /// Reads a file. Either all of it is sound, or nothing is returned.
    ///
    /// @throws MalformedFileException if the file breaks a rule of the format, or has tensors of a
    ///   type that Lanegrad has not
    /// @throws IOException if the file cannot be read
    public static Contents read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(file, channel);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                channel.position(header.dataStart() + entry.begin());
                Tensor t = Tensor.readFrom(channel, entry.dtype(), entry.shape());
                tensors.put(entry.name(), t);
            }
            return new Contents(tensors, header.metadata());
        }
    }

    /// Writes a file at once: under the name `file` there is, at any moment, what was there before
    /// or all of the new.
    ///
    /// The same tensors, names and metadata in the same order give the same bytes. The header keeps
    /// the map's order; the elements of wide types lie before those of narrow ones, so that all are
    /// aligned.
    ///
    /// @param tensors by name; their elements are written in row-major order
    /// @param metadata free text by name
    /// @throws IllegalArgumentException if a name is `__metadata__` or not Unicode
    /// @throws IOException if the file cannot be written; nothing is left behind then
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        ByteBuffer header = SafetensorsHeader.encode(tensors, metadata);
        AtomicFile.write(
                file,
                channel -> {
                    writeAll(channel, header);
                    for (var entry : SafetensorsHeader.inOrderOfData(tensors)) {
                        entry.getValue().writeTo(channel);
                    }
                });
    }

    private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
