package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Files of the IDX format of MNIST and its kin, plain or compressed by gzip: a magic number, the
/// sizes of the axes, the bytes, all big-endian.
///
/// Memory is asked for as the bytes arrive, never by the sizes that a header claims.
public final class IdxFile {
    private static final int BYTES = 0x0800;
    private static final int GZIP_MAGIC = 0x1F8B;

    private IdxFile() {}

    /// Reads greyscale images: magic number 0x00000803, three sizes.
    ///
    /// @return uint8 `[N, 1, H, W]`
    /// @throws MalformedFileException if the file is of another kind, truncated, or longer than it
    ///   says
    /// @throws IOException if the file cannot be read
    public static Tensor readImages(Path file) throws IOException {
        return read(file, "images", 3);
    }

    /// Reads labels: magic number 0x00000801, one size.
    ///
    /// @return int64 `[N]`
    /// @throws MalformedFileException if the file is of another kind, truncated, or longer than it
    ///   says
    /// @throws IOException if the file cannot be read
    public static Tensor readLabels(Path file) throws IOException {
        return read(file, "labels", 1).to(DType.INT64);
    }

    private static Tensor read(Path file, String what, int axes) throws IOException {
        try (InputStream in = open(file)) {
            long[] sizes = header(file, new DataInputStream(in), what, axes);
            long count = elements(file, sizes);
            byte[] elements = in.readNBytes((int) count + 1);
            if (elements.length != count) {
                throw new MalformedFileException(
                        file,
                        elements.length < count
                                ? "truncated: %s %s need %d bytes after the header, but there are %d"
                                        .formatted(
                                                what,
                                                Arrays.toString(sizes),
                                                count,
                                                elements.length)
                                : "%s %s need %d bytes after the header, but there are more"
                                        .formatted(what, Arrays.toString(sizes), count));
            }
            Shape shape = axes == 3 ? Shape.of(sizes[0], 1, sizes[1], sizes[2]) : Shape.of(sizes);
            return Tensor.readFrom(
                    Channels.newChannel(new ByteArrayInputStream(elements)), DType.UINT8, shape);
        } catch (ZipException | EOFException e) {
            throw new MalformedFileException(file, "truncated or damaged: " + e.getMessage());
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static long[] header(Path file, DataInputStream in, String what, int axes)
            throws IOException {
        byte[] header = in.readNBytes(4 * (1 + axes));
        var fields = new DataInputStream(new ByteArrayInputStream(header));
        if (header.length >= 4) {
            int magic = fields.readInt();
            if (magic != (BYTES | axes)) {
                throw new MalformedFileException(
                        file,
                        "the magic number is 0x%08x, but that of %s is 0x%08x"
                                .formatted(magic, what, BYTES | axes));
            }
        }
        if (header.length < 4 * (1 + axes)) {
            throw new MalformedFileException(
                    file,
                    "truncated: the header of %s has %d bytes, but there are only %d"
                            .formatted(what, 4 * (1 + axes), header.length));
        }
        long[] sizes = new long[axes];
        for (int i = 0; i < axes; i++) {
            sizes[i] = Integer.toUnsignedLong(fields.readInt());
        }
        return sizes;
    }

    private static long elements(Path file, long[] sizes) throws MalformedFileException {
        long limit = Integer.MAX_VALUE - 16;
        long elements = 1;
        for (long size : sizes) {
            if (size > limit || elements * size > limit) {
                throw new MalformedFileException(
                        file,
                        "the header's sizes %s are beyond the limit of %d bytes"
                                .formatted(Arrays.toString(sizes), limit));
            }
            elements *= size;
        }
        return elements;
    }
}
