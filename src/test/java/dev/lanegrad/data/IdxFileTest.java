package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir Path temp;

    @Test
    void imagesAreReadAsTheyAre() throws IOException {
        Path file = write(idx(0x803, 2, 2, 3, 0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11));
        Tensor images = IdxFile.readImages(file);
        assertEquals(Shape.of(2, 1, 2, 3), images.shape());
        assertEquals(DType.UINT8, images.dtype());
        assertArrayEquals(
                new long[] {0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11}, images.toLongArray());
    }

    @Test
    void labelsAreReadAsTheyAreCompressedToo() throws IOException {
        byte[] labels = idx(0x801, 3, 7, 0, 200);
        for (byte[] bytes : new byte[][] {labels, gzip(labels)}) {
            Tensor read = IdxFile.readLabels(write(bytes));
            assertEquals(DType.INT64, read.dtype());
            assertArrayEquals(new long[] {7, 0, 200}, read.toLongArray());
        }
    }

    @Test
    void aFileWithoutImagesIsNoError() throws IOException {
        assertEquals(
                Shape.of(0, 1, 28, 28), IdxFile.readImages(write(idx(0x803, 0, 28, 28))).shape());
    }

    @Test
    void aWrongMagicNumberIsNamed() throws IOException {
        assertRefused(
                idx(0x801, 2, 7, 0),
                "the magic number is 0x00000801, but that of images is 0x00000803");
        assertRefused(
                "<!DOCTYPE html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "the magic number is 0x3c21444f, but that of images is 0x00000803");
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        byte[] whole = idx(0x803, 2, 1, 2, 1, 2, 3, 4);
        for (int n = 0; n < whole.length; n++) {
            assertRefused(Arrays.copyOf(whole, n), "truncated: ");
        }
        byte[] zipped = gzip(whole);
        for (int n = 2; n < zipped.length; n++) {
            assertRefused(Arrays.copyOf(zipped, n), "truncated");
        }
    }

    @Test
    void theNumbersOfATruncatedFileAreNamed() throws IOException {
        assertRefused(
                idx(0x803, 2, 1, 2, 1, 2, 3),
                "truncated: images [2, 1, 2] need 4 bytes after the header, but there are 3");
        assertRefused(
                new byte[] {0, 0, 8, 3, 0, 0},
                "truncated: the header of images has 16 bytes, but there are only 6");
    }

    @Test
    void bytesAfterTheLastImageAreRefused() throws IOException {
        assertRefused(
                idx(0x803, 2, 1, 2, 1, 2, 3, 4, 5),
                "images [2, 1, 2] need 4 bytes after the header, but there are more");
    }

    @Test
    void sizesThatNoArrayHoldsAreRefusedBeforeMemoryIsAskedFor() throws IOException {
        assertRefused(
                idx(0x803, -1, 28, 28),
                "the header's sizes [4294967295, 28, 28] are beyond the limit of 2147483631 bytes");
        assertRefused(idx(0x803, 1 << 16, 1 << 16, 1), "the header's sizes");
        // Below the limit but far above what any test JVM would survive per file: read as it comes.
        assertRefused(idx(0x803, 1, 1 << 15, (1 << 16) - 1, 5), "truncated: ");
    }

    @Test
    void damagedCompressionIsRefused() throws IOException {
        byte[] zipped = gzip(idx(0x803, 2, 1, 2, 1, 2, 3, 4));
        zipped[zipped.length - 8] ^= 1; // the checksum
        assertRefused(zipped, "truncated or damaged: ");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = temp.resolve("none");
        var e = assertThrows(NoSuchFileException.class, () -> IdxFile.readImages(file));
        assertEquals(file.toString(), e.getMessage());
    }

    private void assertRefused(byte[] bytes, String rule) throws IOException {
        Path file = write(bytes);
        var e = assertThrows(MalformedFileException.class, () -> IdxFile.readImages(file));
        String expected = file + ": " + rule;
        assertTrue(String.valueOf(e.getMessage()).startsWith(expected), e.getMessage());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(temp.resolve("data-ubyte"), bytes);
    }

    /// A file of this magic number; its axes are as many as the magic number says, the rest bytes.
    static byte[] idx(int magic, int... numbers) {
        int axes = magic & 0xFF;
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * axes + numbers.length - axes).putInt(magic);
        for (int i = 0; i < numbers.length; i++) {
            if (i < axes) {
                file.putInt(numbers[i]);
            } else {
                file.put((byte) numbers[i]);
            }
        }
        return file.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
