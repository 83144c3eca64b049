package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteropTest {
    @TempDir Path temp;

    @Test
    void aBufferWithAnArraySharesIt() {
        float[] data = {0, 1, 2, 3, 4, 5, 6, 7};
        FloatBuffer buffer = FloatBuffer.wrap(data).position(1).slice().position(1).limit(5);
        Tensor x = Tensor.of(buffer, Shape.of(2, 2));
        assertArrayEquals(new float[] {2, 3, 4, 5}, x.toFloatArray());
        assertEquals(1, buffer.position());
        assertNull(x.base());
        x.mul_(10);
        assertArrayEquals(new float[] {0, 1, 20, 30, 40, 50, 6, 7}, data);
        data[2] = 7;
        assertEquals(7f, x.at("0, 0").item());
        Tensor w = Tensor.of(buffer, Shape.of(4)).requiresGrad(true);
        w.mul(w).sum().backward();
        assertArrayEquals(new float[] {14, 60, 80, 100}, w.grad().toFloatArray());
    }

    @Test
    void otherBuffersAreCopied() {
        FloatBuffer sealed = FloatBuffer.wrap(new float[] {1, 2, 3}).asReadOnlyBuffer();
        assertArrayEquals(
                new float[] {2, 3}, Tensor.of(sealed.position(1), Shape.of(2)).toFloatArray());
        ByteBuffer bytes = ByteBuffer.allocateDirect(48).order(ByteOrder.BIG_ENDIAN);
        bytes.asDoubleBuffer().put(new double[] {1, -2, 3});
        Tensor x = Tensor.of(bytes.asDoubleBuffer().limit(3), Shape.of(3, 1));
        assertEquals(DType.FLOAT64, x.dtype());
        assertArrayEquals(new double[] {1, -2, 3}, x.toDoubleArray());
        bytes.putDouble(0, 5);
        assertEquals(1.0, x.at("0, 0").item());
        assertEquals(DType.INT64, Tensor.of(LongBuffer.wrap(new long[] {7}), Shape.of()).dtype());
        assertEquals(DType.INT32, Tensor.of(IntBuffer.wrap(new int[] {7}), Shape.of(1)).dtype());
        assertEquals(
                DType.INT16, Tensor.of(ShortBuffer.wrap(new short[] {7}), Shape.of(1)).dtype());
        var few =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Tensor.of(FloatBuffer.allocate(3), Shape.of(2, 2)));
        assertEquals("of: shape [2, 2] has 4 elements but the buffer has 3 left", few.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Tensor.of(ByteBuffer.allocate(4), Shape.of(4)));
    }

    @Test
    void elementsGoIntoBuffersOfTheirType() {
        Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).t();
        FloatBuffer buffer = FloatBuffer.allocate(8).position(1);
        x.copyTo(buffer);
        assertEquals(7, buffer.position());
        assertArrayEquals(new float[] {0, 1, 4, 2, 5, 3, 6, 0}, buffer.array());
        DoubleBuffer wide = DoubleBuffer.allocate(6);
        assertThrows(IllegalArgumentException.class, () -> x.copyTo(wide));
        x.to(DType.FLOAT64).copyTo(wide);
        assertEquals(6, wide.get(5));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> x.copyTo(FloatBuffer.allocate(5)));
        assertEquals(
                "copyTo: the buffer has room for 5 elements, not for 6 (input [3, 2])",
                e.getMessage());
    }

    @Test
    void segmentsOfEveryTypeComeAndGo() {
        try (Arena arena = Arena.ofConfined()) {
            for (DType dtype : DType.values()) {
                Tensor x = Tensor.of(0, 1, 2, 3, 1, 0).to(dtype).view(2, 3).t();
                MemorySegment segment = arena.allocate(6L * dtype.bytes());
                x.copyTo(segment);
                Tensor y = Tensor.of(segment, dtype, Shape.of(3, 2));
                assertEquals(dtype, y.dtype());
                assertArrayEquals(x.toDoubleArray(), y.toDoubleArray(), dtype.toString());
            }
            MemorySegment odd = arena.allocate(13).asSlice(1, 8);
            odd.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, 2.5f);
            assertArrayEquals(
                    new float[] {0, 2.5f},
                    Tensor.of(odd, DType.FLOAT32, Shape.of(2)).toFloatArray());
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Tensor.of(odd, DType.FLOAT64, Shape.of(2)));
            assertEquals(
                    "of: float64 of shape [2] has 16 bytes but the memory has 8", e.getMessage());
        }
    }

    @Test
    void aFileIsMappedWhereItsElementsBegin() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN).position(3);
        bytes.putFloat(1).putFloat(2).putFloat(3).putFloat(4);
        Path file = Files.write(temp.resolve("elements"), bytes.array());
        Tensor x = Tensor.fromFile(file, 3, DType.FLOAT32, Shape.of(2, 2));
        assertArrayEquals(new float[] {1, 2, 3, 4}, x.toFloatArray());
        Files.delete(file);
        assertArrayEquals(new float[] {1, 2, 3, 4}, x.toFloatArray());
        Path again = Files.write(temp.resolve("short"), new byte[10]);
        var e =
                assertThrows(
                        IOException.class,
                        () -> Tensor.fromFile(again, 3, DType.FLOAT32, Shape.of(2)));
        assertTrue(
                e.getMessage()
                        .endsWith(
                                "short: float32 of shape [2] at byte 3 needs 8 bytes but the file has 10"),
                e.getMessage());
        assertThrows(IOException.class, () -> Tensor.fromFile(again, -1, DType.UINT8, Shape.of(1)));
    }

    @Test
    void rowsComeFromAStream() {
        Tensor x = Tensor.ofRows(Stream.of(new float[] {1, 2}, new float[] {3, 4}, new float[2]));
        assertEquals(Shape.of(3, 2), x.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4, 0, 0}, x.toFloatArray());
        assertEquals(Shape.of(0, 0), Tensor.ofRows(Stream.of()).shape());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Tensor.ofRows(Stream.of(new float[2], new float[3])));
        assertEquals("ofRows: row 1 has 3 elements but row 0 has 2", e.getMessage());
    }

    @Test
    void iterationGivesTheSlicesOfTheFirstAxis() {
        Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}}).requiresGrad(true);
        List<Float> sums = new ArrayList<>();
        Tensor product = Tensor.ones(2);
        for (Tensor row : x) {
            sums.add((Float) row.sum().item());
            product = product.mul(row);
        }
        assertEquals(List.of(3f, 7f), sums);
        product.sum().backward();
        assertArrayEquals(new float[] {3, 4, 1, 2}, x.grad().toFloatArray());
        assertEquals(2, x.slices().filter(row -> row.base() == x).count());
        assertEquals(0, Tensor.zeros(0, 3).slices().count());
        assertThrows(IllegalArgumentException.class, () -> Tensor.scalar(1f).iterator());
    }
}
