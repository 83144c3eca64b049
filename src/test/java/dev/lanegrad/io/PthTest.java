package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Linear;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PthTest {
    @TempDir Path temp;

    @Test
    void valuesAreReadBack() throws IOException {
        Map<Object, Object> value = new LinkedHashMap<>();
        value.put("int", 7L);
        value.put("long", 1L << 40);
        value.put("big", BigInteger.ONE.shiftLeft(100).negate());
        value.put("float", 0.1);
        value.put("flags", Arrays.asList(true, false, null));
        value.put("text", "ü😀\n\"");
        value.put(3L, Map.of());
        value.put(List.of(1L, "k"), Set.of(5L));
        value.put("size", Shape.of(2, 3));
        value.put("dtype", DType.BFLOAT16);
        Path file = temp.resolve("x.pth");
        Pth.write(file, value);
        assertEquals(value, Pth.read(file));
    }

    @Test
    void bytesAreReadBack() throws IOException {
        byte[] bytes = {0, -1, 'a'};
        Path file = temp.resolve("x.pth");
        Pth.write(file, List.of(bytes));
        assertArrayEquals(bytes, (byte[]) ((List<?>) Pth.read(file)).getFirst());
    }

    @Test
    void tensorsOfEveryTypeAreReadBack() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put("a." + dtype, Tensor.of(new float[] {0, 1, 3}, Shape.of(3, 1)).to(dtype));
        }
        tensors.put("scalar", Tensor.scalar(-0.0));
        tensors.put("empty", Tensor.zeros(2, 0, 3));
        tensors.put("large", Tensor.arange(100_000));
        tensors.put("view", Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).t());
        Path file = temp.resolve("x.pth");
        Pth.write(file, tensors);
        Map<String, Tensor> read = Pth.readStateDict(file);
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.keySet()));
        tensors.forEach((name, t) -> {
            Tensor r = read.getOrDefault(name, t);
            assertEquals(t.dtype(), r.dtype());
            assertEquals(t.shape(), r.shape());
            assertArrayEquals(t.toDoubleArray(), r.toDoubleArray(), name);
        });
    }

    @Test
    void theSameValueGivesTheSameBytes() throws IOException {
        Linear model = new Linear(3, 2);
        Path a = temp.resolve("a.pth");
        Path b = temp.resolve("b.pth");
        Pth.write(a, model.stateDict());
        Pth.write(b, model.stateDict());
        assertArrayEquals(Files.readAllBytes(a), Files.readAllBytes(b));
    }

    @Test
    void aTensorMetTwiceIsWrittenOnceAndStaysOne() throws IOException {
        Tensor t = Tensor.zeros(1000);
        Path file = temp.resolve("x.pth");
        Pth.write(file, List.of(t, t));
        assertTrue(Files.size(file) < 5500, "size " + Files.size(file));
        List<?> read = (List<?>) Pth.read(file);
        assertInstanceOf(Tensor.class, read.get(0)).add_(1);
        assertEquals(1f, ((Tensor) read.get(1)).select(0, 3).item());
    }

    @Test
    void aStateDictIsFoundInACheckpoint() throws IOException {
        Linear model = new Linear(3, 2);
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("epoch", 3);
        checkpoint.put("model", model.stateDict());
        Path file = temp.resolve("x.pth");
        Pth.write(file, checkpoint);
        new Linear(3, 2).loadStateDict(Pth.readStateDict(file));
        checkpoint.remove("model");
        Pth.write(file, checkpoint);
        assertRefused(file, "it holds no state dict, but a dict of \"epoch\"");
    }

    @Test
    void whatPythonHasNotIsNotWritten() throws IOException {
        Path file = temp.resolve("x.pth");
        assertThrows(IllegalArgumentException.class, () -> Pth.write(file, new Object()));
        assertThrows(IllegalArgumentException.class, () -> Pth.write(file, "\ud800"));
        Object deep = List.of();
        for (int i = 0; i < 300; i++) {
            deep = List.of(deep);
        }
        Object tower = deep;
        assertThrows(IllegalArgumentException.class, () -> Pth.write(file, tower));
        try (var files = Files.list(temp)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void namesAreRefusedByName() throws IOException {
        assertRefused(
                pickled("cos\nsystem\nX\4\0\0\0echo\205R."),
                "pickle, byte 13: \"os.system\" is not allowed: only tensors, containers, numbers and"
                        + " texts are read, no objects of classes and no calls");
        assertRefused(
                pickled("ctorch\ncomplex64\n."),
                "pickle, byte 19: elements of type \"torch.complex64\" are not supported");
        assertRefused(
                pickled("c" + "x".repeat(300) + "\n\n."),
                "pickle, byte 260: a name is longer than 256 bytes");
    }

    @Test
    void lengthsBeyondTheFileAskForNoMemory() throws IOException {
        assertRefused(
                pickled("X\377\377\377\177ab."),
                "pickle, byte 7: truncated: 2147483647 bytes are needed, 3 are left");
        assertRefused(
                pickled("\216\377\377\377\377\377\377\377\377."),
                "pickle, byte 11: truncated: 18446744073709551615 bytes are needed, 1 are left");
    }

    @Test
    void whatContainsItselfIsRefused() throws IOException {
        assertRefused(pickled("]q\0h\0a."), "a LIST contains itself");
        assertRefused(
                pickled("]".repeat(300) + "a".repeat(299) + "."),
                "containers are nested deeper than 200");
        String tower = "N" + "q\0h\0\206".repeat(60) + ".";
        assertRefused(pickled(tower), "there are more than 20000000 values");
        assertRefused(
                pickled("}" + tower.replace('.', 'N') + "s."),
                "a dict or a set has a key that is no text, number or tuple of such");
    }

    @Test
    void sharedValuesStayShared() throws IOException {
        List<?> read = (List<?>) Pth.read(pickled("](]q\0h\0e."));
        assertSame(read.get(0), read.get(1));
    }

    @Test
    void aPackedRecordMayNotHoldFarMoreThanTheFile() throws IOException {
        byte[] pickle =
                ("\200\2ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nByteStorage\n"
                                + "X\1\0\0\0000X\3\0\0\0cpuJ\0\0\0\22tQK\0J\0\0\0\22\205K\1\205\211}tR.")
                        .getBytes(StandardCharsets.ISO_8859_1);
        Path file = temp.resolve("x.pth");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(pickle);
            zip.putNextEntry(new ZipEntry("a/data/0"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 288; i++) {
                zip.write(zeros);
            }
        }
        var e = assertThrows(MalformedFileException.class, () -> Pth.read(file));
        assertTrue(
                String.valueOf(e.getMessage()).contains("unpack to 301989888 bytes"),
                e::getMessage);
    }

    /// A file of the zip format with this pickle alone.
    private Path pickled(String pickle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x80, 2});
        bytes.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
        Path file = temp.resolve("x.pth");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(bytes.toByteArray());
        }
        return file;
    }

    private static void assertRefused(Path file, String rule) {
        var e = assertThrows(MalformedFileException.class, () -> Pth.readStateDict(file));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(file + ": ") && message.endsWith(rule), message);
    }
}
