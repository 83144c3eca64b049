package dev.lanegrad.io;

import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A file of tensors of any format that is read here; which one, its first bytes tell.
///
/// @param format `pth`, `safetensors`, `npy` or `npz`
/// @param tensors by name; those of a `.pth` by their path, as `model.fc.weight`; that of a `.npy`
///   under the empty name
/// @param texts what else there is: metadata, or a `.pth` file's other values by their path
public record TensorFile(
        String format, SequencedMap<String, Tensor> tensors, SequencedMap<String, String> texts) {
    private static final int HEAD_BYTES = 16;
    private static final int MAX_TEXTS = 10_000;

    /// Reads a file. Either all of it is sound, or nothing is returned.
    ///
    /// @throws MalformedFileException if the file is of another format, or breaks a rule of its own
    /// @throws IOException if the file cannot be read
    public static TensorFile read(Path file) throws IOException {
        byte[] head = head(file);
        if (head.length > 8 && head[8] == '{' && !ZipReader.begins(head)) {
            Safetensors.Contents contents = Safetensors.read(file);
            return new TensorFile(
                    "safetensors",
                    new LinkedHashMap<>(contents.tensors()),
                    new LinkedHashMap<>(contents.metadata()));
        }
        if (head.length > 0 && head[0] == (byte) 0x93) {
            SequencedMap<String, Tensor> array = new LinkedHashMap<>();
            array.put("", Npy.read(file));
            return new TensorFile("npy", array, new LinkedHashMap<>());
        }
        if (ZipReader.begins(head) && !isPth(file)) {
            return new TensorFile("npz", Npy.readNpz(file), new LinkedHashMap<>());
        }
        if (ZipReader.begins(head) || (head.length > 0 && head[0] == (byte) 0x80)) {
            TensorFile contents =
                    new TensorFile("pth", new LinkedHashMap<>(), new LinkedHashMap<>());
            contents.add("", Pth.read(file));
            return contents;
        }
        throw new MalformedFileException(
                file, "it is neither a .pth nor a .safetensors, .npy or .npz file");
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    private static boolean isPth(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ZipReader zip = new ZipReader(file, channel);
            return zip.entries().keySet().stream().anyMatch(name -> name.endsWith("/data.pkl"));
        }
    }

    private void add(String path, @Nullable Object value) {
        switch (value) {
            case Tensor t -> tensors.put(path, t);
            case Map<?, ?> map ->
                    map.forEach((key, item) -> add(below(path, String.valueOf(key)), item));
            case List<?> list when list.stream().anyMatch(TensorFile::isNested) -> {
                int i = 0;
                for (Object item : list) {
                    add(below(path, Integer.toString(i++)), item);
                }
            }
            case byte[] bytes -> addText(path, bytes.length + " bytes");
            case null, default -> addText(path, String.valueOf(value));
        }
    }

    private static boolean isNested(@Nullable Object value) {
        return value instanceof Tensor || value instanceof Map<?, ?> || value instanceof List<?>;
    }

    private void addText(String path, String text) {
        if (texts.size() < MAX_TEXTS) {
            texts.put(path, text);
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
