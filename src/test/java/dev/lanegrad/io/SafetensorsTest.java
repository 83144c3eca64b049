package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir Path temp;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put("a." + dtype, Tensor.of(new float[] {0, 1, 3}, Shape.of(3, 1)).to(dtype));
        }
        tensors.put("", Tensor.scalar(-0.0));
        tensors.put("quote\"\\\n\u0001 ✓😀", Tensor.zeros(2, 0, 3));
        tensors.put("large", Tensor.arange(100_000));
        Map<String, String> metadata = Map.of("a \"b\"", "ü\t");
        Path file = temp.resolve("x.safetensors");
        Safetensors.write(file, tensors, metadata);
        Safetensors.Contents read = Safetensors.read(file);
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.tensors().keySet()));
        assertEquals(metadata, read.metadata());
        tensors.forEach((name, t) -> {
            Tensor r = read.tensors().getOrDefault(name, t);
            assertEquals(t.dtype(), r.dtype());
            assertEquals(t.shape(), r.shape());
            assertArrayEquals(t.toDoubleArray(), r.toDoubleArray(), name);
        });
    }

    @Test
    void viewsAreWrittenInRowMajorOrder() throws IOException {
        Tensor t = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).t();
        Path file = temp.resolve("x.safetensors");
        Safetensors.write(file, Map.of("t", t), Map.of());
        assertArrayEquals(
                new float[] {1, 4, 2, 5, 3, 6},
                Safetensors.read(file).tensors().values().iterator().next().toFloatArray());
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(true, false));
        tensors.put("w", Tensor.of(1f));
        Path file = temp.resolve("x.safetensors");
        Safetensors.write(file, tensors, Map.of("format", "pt"));
        String header =
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"b\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[4,6]},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        byte[] expected =
                ByteBuffer.allocate(8 + padded.length() + 6)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(padded.length())
                        .put(padded.getBytes(StandardCharsets.US_ASCII))
                        .putFloat(1)
                        .put(new byte[] {1, 0})
                        .array();
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = temp.resolve("x.safetensors");
        Safetensors.write(file, Map.of("w", Tensor.of(1f)), Map.of());
        byte[] before = Files.readAllBytes(file);
        Map<String, Tensor> reserved = Map.of("__metadata__", Tensor.of(2f));
        Map<String, Tensor> half = Map.of("\ud800", Tensor.of(2f));
        assertThrows(
                IllegalArgumentException.class, () -> Safetensors.write(file, reserved, Map.of()));
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, half, Map.of()));
        assertThrows(
                IOException.class,
                () ->
                        AtomicFile.write(
                                file,
                                channel -> {
                                    channel.write(ByteBuffer.allocate(3));
                                    throw new IOException("disk full");
                                }));
        assertArrayEquals(before, Files.readAllBytes(file));
        assertEquals(List.of(file), list());
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        Path file = temp.resolve("none").resolve("x.safetensors");
        assertThrows(NoSuchFileException.class, () -> Safetensors.write(file, Map.of(), Map.of()));
    }

    @Test
    void everyCutAndEveryAdditionIsRefused() throws IOException {
        Path file = temp.resolve("x.safetensors");
        Safetensors.write(file, Map.of("w", Tensor.of(1f, 2f)), Map.of("a", "b"));
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n <= whole.length + 1; n++) {
            if (n != whole.length) {
                Files.write(file, Arrays.copyOf(whole, n));
                assertThrows(MalformedFileException.class, () -> Safetensors.read(file));
            }
        }
    }

    @Test
    void brokenRulesAreNamedWithTheirNumbers() throws IOException {
        assertRefused(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                4,
                "tensor \"w\": float32 [2] needs 8 bytes but data_offsets [0, 4] have 4");
        assertRefused(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                12,
                "tensor \"w\" begins at byte 4 of the data but the one before ends at 0");
        assertRefused(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                9,
                "the tensors end at byte 4 of the data's 9");
        assertRefused(
                "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                1,
                "tensor \"w\": dtype \"F8_E4M3\" is not supported");
        assertRefused(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
                0,
                "tensor \"w\": shape [4294967296, 4294967296] has more elements than the limit of"
                        + " 2147483639");
        assertRefused(
                "{\"a\":1,\"a\":2}",
                0,
                "the header is no JSON as it should be: the name \"a\" occurs twice");
    }

    @Test
    void aHeaderLongerThanTheFileAsksForNoMemory() throws IOException {
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(99_999_999);
        Path file = Files.write(temp.resolve("x.safetensors"), bytes);
        var e = assertThrows(MalformedFileException.class, () -> Safetensors.read(file));
        assertEquals(
                file
                        + ": truncated: the header has 99999999 bytes but the file only 8 after its length",
                e.getMessage());
    }

    private void assertRefused(String header, int dataBytes, String rule) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(8 + json.length + dataBytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array();
        Path file = Files.write(temp.resolve("x.safetensors"), bytes);
        var e = assertThrows(MalformedFileException.class, () -> Safetensors.read(file));
        assertEquals(file + ": " + rule, e.getMessage());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(temp)) {
            return files.toList();
        }
    }
}
