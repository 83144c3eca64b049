package dev.lanegrad.cli;

import dev.lanegrad.data.Digits;
import dev.lanegrad.data.TensorDataset;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/// A folder of Fashion-MNIST's kind with a few of the digits in it.
final class IdxFolder {
    private IdxFolder() {}

    static Path write(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        write(folder, "train", first(Digits.train(), train));
        write(folder, "t10k", first(Digits.test(), test));
        return folder;
    }

    private static TensorDataset first(TensorDataset all, int n) {
        return all.subset(LongStream.range(0, n).toArray());
    }

    private static void write(Path folder, String part, TensorDataset data) throws IOException {
        Files.write(
                folder.resolve(part + "-images-idx3-ubyte"),
                idx(data.inputs().toLongArray(), 15, data.size(), 8, 8));
        Files.write(
                folder.resolve(part + "-labels-idx1-ubyte"),
                idx(data.targets().toLongArray(), 1, data.size()));
    }

    private static byte[] idx(long[] values, int scale, int... sizes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var file = new DataOutputStream(bytes);
        file.writeInt(0x800 | sizes.length);
        for (int size : sizes) {
            file.writeInt(size);
        }
        for (long value : values) {
            file.write((int) value * scale);
        }
        return bytes.toByteArray();
    }
}
