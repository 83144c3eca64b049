package dev.lanegrad.io;

import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// PyTorch's own files (`.pth`, `.pt`), which are pickles: programs in the eyes of Python. Here
/// they are data. Tensors, containers, numbers and texts are read; a file that names any other
/// class or function is refused as a whole, and nothing that a file says is ever run or looked up.
public final class Pth {
    /// Where training programs keep the state dict of the model beside other things.
    private static final List<String> STATE_DICTS =
            List.of("state_dict", "model_state_dict", "model");

    private static final String ROOT = "archive/";

    private Pth() {}

    /// Reads a file that `torch.save` wrote, in today's format or in that before PyTorch 1.6.
    /// Either all of it is sound, or nothing is returned.
    ///
    /// Python's values become Java's: None null, an int Long or BigInteger, a float Double, a list
    /// and a tuple List (that of a tuple cannot be changed), a dict and an OrderedDict Map in their
    /// order, a set Set, bytes `byte[]`, a `torch.Size` [dev.lanegrad.Shape], a dtype
    /// [dev.lanegrad.DType], a device its name. Tensors keep their strides, and those that shared a
    /// storage share one.
    ///
    /// @return the value that was saved
    /// @throws MalformedFileException if the file is damaged, names what is not allowed, or has
    ///   tensors of a type that Lanegrad has not
    /// @throws IOException if the file cannot be read
    public static @Nullable Object read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new PthReader(file, channel).read();
        }
    }

    /// Reads the state dict of a module: a dict of tensors by name, or one under the name
    /// `state_dict`, `model_state_dict` or `model` of a checkpoint.
    ///
    /// @throws MalformedFileException as [#read(Path)], or if the file holds something else
    /// @throws IOException if the file cannot be read
    public static SequencedMap<String, Tensor> readStateDict(Path file) throws IOException {
        Object value = read(file);
        SequencedMap<String, Tensor> state = stateDict(value);
        if (state == null && value instanceof Map<?, ?> checkpoint) {
            for (String name : STATE_DICTS) {
                SequencedMap<String, Tensor> inner = stateDict(checkpoint.get(name));
                if (inner != null) {
                    return inner;
                }
            }
        }
        if (state == null) {
            throw new MalformedFileException(
                    file,
                    value instanceof Map<?, ?> other
                            ? "it holds no state dict, but a dict of "
                                    + Names.quote(String.join(", ", texts(other)))
                            : "it holds no state dict");
        }
        return state;
    }

    /// Writes a file that `torch.load(file, weights_only=True)` reads, at once: under the name
    /// `file` there is, at any moment, what was there before or all of the new. The same value
    /// gives the same bytes.
    ///
    /// Java's values become Python's: null None, an integer int, Float and Double float, String
    /// str, List list, Map dict in its order, Set set, `byte[]` bytes, [dev.lanegrad.Shape]
    /// torch.Size, [dev.lanegrad.DType] a dtype. Tensors are written in row-major order; one that
    /// is met twice is written once, others that share memory apart.
    ///
    /// @param value for example [dev.lanegrad.nn.Module#stateDict()], or a map that has it under
    ///   the name `model` beside other things
    /// @throws IllegalArgumentException if a value is of another class, a text is not Unicode, or
    ///   nesting is deeper than 200
    /// @throws IOException if the file cannot be written, or would exceed 4 GiB; nothing is left
    ///   behind then
    public static void write(Path file, @Nullable Object value) throws IOException {
        PickleWriter.Pickled pickled = PickleWriter.write(value);
        AtomicFile.write(
                file,
                channel -> {
                    ZipWriter zip = new ZipWriter(channel);
                    add(zip, "data.pkl", pickled.bytes());
                    add(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                    int key = 0;
                    for (Tensor t : pickled.tensors()) {
                        zip.add(ROOT + "data/" + key++, t::writeTo);
                    }
                    add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
                    zip.finish();
                });
    }

    private static void add(ZipWriter zip, String name, byte[] bytes) throws IOException {
        zip.add(ROOT + name, to -> ZipWriter.writeAll(to, ByteBuffer.wrap(bytes)));
    }

    private static List<String> texts(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).toList();
    }

    private static @Nullable SequencedMap<String, Tensor> stateDict(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        SequencedMap<String, Tensor> state = new LinkedHashMap<>();
        for (var e : map.entrySet()) {
            if (!(e.getKey() instanceof String name) || !(e.getValue() instanceof Tensor t)) {
                return null;
            }
            state.put(name, t);
        }
        return state;
    }
}
