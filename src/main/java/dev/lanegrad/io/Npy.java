package dev.lanegrad.io;

import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// NumPy's files: an array in a `.npy`, several by name in a `.npz`.
public final class Npy {
    private static final String SUFFIX = ".npy";

    private Npy() {}

    /// Reads the array of a `.npy` file, of either byte order. One in Fortran's order of axes
    /// becomes a tensor of such strides.
    ///
    /// @throws MalformedFileException if the file breaks a rule of the format, or its elements are
    ///   of a type that Lanegrad has not; objects are pickles and refused
    /// @throws IOException if the file cannot be read
    public static Tensor read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return NpyArray.read(file, "", channel, channel.size());
        }
    }

    /// Writes a `.npy` file at once: under the name `file` there is, at any moment, what was there
    /// before or all of the new.
    ///
    /// @throws IllegalArgumentException if NumPy has no such type: bfloat16
    /// @throws IOException if the file cannot be written; nothing is left behind then
    public static void write(Path file, Tensor tensor) throws IOException {
        NpyArray.checkType(tensor);
        AtomicFile.write(file, channel -> NpyArray.write(tensor, channel));
    }

    /// Reads the arrays of a `.npz` file, packed or not, by name.
    ///
    /// @throws MalformedFileException if one of them, or the archive, breaks a rule
    /// @throws IOException if the file cannot be read
    public static SequencedMap<String, Tensor> readNpz(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ZipReader zip = new ZipReader(file, channel);
            List<ZipReader.Entry> entries = List.copyOf(zip.entries().values());
            for (ZipReader.Entry e : entries) {
                if (!e.name().endsWith(SUFFIX)) {
                    throw new MalformedFileException(
                            file, "the record %s is no array".formatted(Names.quote(e.name())));
                }
            }
            zip.checkInflation(entries);
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            for (ZipReader.Entry e : entries) {
                try (ZipRecord record = zip.open(e)) {
                    String where = "the record " + Names.quote(e.name()) + ": ";
                    String name = e.name().substring(0, e.name().length() - SUFFIX.length());
                    arrays.put(name, NpyArray.read(file, where, record, e.size()));
                }
            }
            return arrays;
        }
    }

    /// Writes a `.npz` file at once, not packed, in the order of the map.
    ///
    /// @throws IllegalArgumentException if NumPy has no such type: bfloat16
    /// @throws IOException if the file cannot be written, or would exceed 4 GiB; nothing is left
    ///   behind then
    public static void writeNpz(Path file, Map<String, Tensor> tensors) throws IOException {
        tensors.values().forEach(NpyArray::checkType);
        AtomicFile.write(
                file,
                channel -> {
                    ZipWriter zip = new ZipWriter(channel);
                    for (var e : tensors.entrySet()) {
                        zip.add(e.getKey() + SUFFIX, to -> NpyArray.write(e.getValue(), to));
                    }
                    zip.finish();
                });
    }
}
