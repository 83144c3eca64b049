package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Reference;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sound and hostile files with bytes changed at random, by a fixed seed: each loads or is refused
/// with the documented exception. `-Dlanegrad.mutations=100000` tries so many of each format.
class MutatedFilesTest {
    private static final int MUTATIONS = Integer.getInteger("lanegrad.mutations", 1500);
    private static final int MAX_BYTES = 16 << 10;

    /// Values at which lengths and counts turn over.
    private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF, 'R', 'c', '(', 'h', 'Q', '.', '\n'};

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"pth", "pickle", "safetensors", "npy", "npz"})
    void aDamagedFileLoadsOrIsRefused(String format) throws IOException {
        List<byte[]> originals = originals(format);
        SplittableRandom random = new SplittableRandom(10);
        Path file = temp.resolve("x." + format);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] original = originals.get(i % originals.size());
            Files.write(
                    file,
                    format.equals("pickle")
                            ? withMutatedPickle(original, random)
                            : mutated(original, random));
            try {
                read(format, file);
            } catch (MalformedFileException _) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation %d of %s".formatted(i, format), e);
            }
        }
        assertTrue(refused > MUTATIONS / 10, refused + " refused");
    }

    private static void read(String format, Path file) throws IOException {
        switch (format) {
            case "pth", "pickle" -> Pth.read(file);
            case "safetensors" -> Safetensors.read(file);
            case "npy" -> Npy.read(file);
            default -> Npy.readNpz(file);
        }
    }

    /// The archive with changes in its pickle alone, and checksums that fit.
    private static byte[] withMutatedPickle(byte[] archive, SplittableRandom random)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var from = new ZipInputStream(new ByteArrayInputStream(archive));
                var to = new ZipOutputStream(bytes)) {
            for (ZipEntry e = from.getNextEntry(); e != null; e = from.getNextEntry()) {
                byte[] record = from.readAllBytes();
                to.putNextEntry(new ZipEntry(e.getName()));
                to.write(e.getName().endsWith("/data.pkl") ? mutated(record, random) : record);
            }
        }
        return bytes.toByteArray();
    }

    private List<byte[]> originals(String format) throws IOException {
        if (format.equals("pickle")) {
            return originals("pth").stream().filter(MutatedFilesTest::isArchive).toList();
        }
        String folder = "goldens/" + format.replace("npz", "npy");
        List<byte[]> originals = new ArrayList<>();
        for (String name : Reference.names(folder, "." + format)) {
            byte[] bytes = Reference.bytes(folder + "/" + name);
            if (bytes.length <= MAX_BYTES) {
                originals.add(bytes);
            }
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : List.of(DType.FLOAT32, DType.BOOL, DType.INT64)) {
            tensors.put("a." + dtype, Tensor.of(new float[] {0, 1, 3}, Shape.of(3, 1)).to(dtype));
        }
        Path file = temp.resolve("original");
        switch (format) {
            case "pth" -> Pth.write(file, tensors);
            case "safetensors" -> Safetensors.write(file, tensors, Map.of("a", "b"));
            case "npy" -> Npy.write(file, Tensor.zeros(2, 3));
            default -> Npy.writeNpz(file, tensors);
        }
        originals.add(Files.readAllBytes(file));
        return originals;
    }

    /// Whether Java's own reader finds a pickle in it, and its writer would take all of it.
    private static boolean isArchive(byte[] bytes) {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            Set<String> names = new HashSet<>();
            boolean sound = false;
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (!names.add(e.getName())) {
                    return false;
                }
                sound |= e.getName().endsWith("/data.pkl") && zip.readAllBytes().length > 0;
            }
            return sound;
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int n = random.nextInt(1, 9); n > 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2, 3 -> bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
                case 4 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 5 -> {
                    int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
                    System.arraycopy(
                            bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
                case 6 -> {
                    byte[] without = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, without, 0, at);
                    System.arraycopy(bytes, at + 1, without, at, without.length - at);
                    bytes = without;
                }
                default -> {
                    if (random.nextInt(8) == 0) {
                        bytes = Arrays.copyOf(bytes, at);
                    }
                }
            }
        }
        return bytes;
    }
}
