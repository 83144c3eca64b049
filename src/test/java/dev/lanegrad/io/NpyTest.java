package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir Path temp;

    @Test
    void arraysAreReadBack() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            if (dtype != DType.BFLOAT16) {
                tensors.put("a/" + dtype, Tensor.of(new float[] {0, 1, 3}, Shape.of(3)).to(dtype));
            }
        }
        tensors.put("scalar ü", Tensor.scalar(-0.0));
        tensors.put("empty", Tensor.zeros(2, 0, 3));
        tensors.put("view", Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).t());
        Path file = temp.resolve("x.npz");
        Npy.writeNpz(file, tensors);
        Map<String, Tensor> read = Npy.readNpz(file);
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.keySet()));
        for (var e : tensors.entrySet()) {
            assertSame(e.getValue(), read.getOrDefault(e.getKey(), Tensor.zeros(99)));
            Path one = temp.resolve("x.npy");
            Npy.write(one, e.getValue());
            assertSame(e.getValue(), Npy.read(one));
        }
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertEquals(expected.dtype(), actual.dtype());
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray());
    }

    @Test
    void theBytesAreThoseOfNumPy() throws IOException {
        Path file = temp.resolve("x.npy");
        Npy.write(file, Tensor.of(1f, 2f));
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(136, bytes.length);
        assertEquals(
                "v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
                        + " ".repeat(60)
                        + "\n",
                new String(bytes, 8, 120, StandardCharsets.ISO_8859_1));
        assertArrayEquals(
                new byte[] {0, 0, -128, 63, 0, 0, 0, 64}, Arrays.copyOfRange(bytes, 128, 136));
    }

    @Test
    void bfloat16IsNotNumPys() throws IOException {
        Tensor t = Tensor.zeros(2).to(DType.BFLOAT16);
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> Npy.write(temp.resolve("x.npy"), t));
        assertEquals("npy: NumPy has no bfloat16; convert to float32 ([2])", e.getMessage());
        try (var files = Files.list(temp)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void theFormatIsToldByTheFirstBytes() throws IOException {
        Map<String, Tensor> tensors = Map.of("a", Tensor.of(1f));
        Path file = temp.resolve("x");
        Safetensors.write(file, tensors, Map.of("k", "v"));
        assertEquals("safetensors", TensorFile.read(file).format());
        assertEquals(Map.of("k", "v"), TensorFile.read(file).texts());
        Npy.writeNpz(file, tensors);
        assertEquals("npz", TensorFile.read(file).format());
        Npy.write(file, Tensor.of(1f));
        assertEquals("npy", TensorFile.read(file).format());
        Pth.write(file, List.of(tensors, Map.of("epoch", 3)));
        TensorFile pth = TensorFile.read(file);
        assertEquals("pth", pth.format());
        assertEquals(List.of("0.a"), List.copyOf(pth.tensors().keySet()));
        assertEquals(Map.of("1.epoch", "3"), pth.texts());
        Files.writeString(file, "hello");
        var e = assertThrows(MalformedFileException.class, () -> TensorFile.read(file));
        assertEquals(
                file + ": it is neither a .pth nor a .safetensors, .npy or .npz file",
                e.getMessage());
    }
}
