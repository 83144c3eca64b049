package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// CIFAR-10 (A. Krizhevsky 2009) in its binary version: 50,000 pictures to learn from and 10,000 to
/// test with, `[3, 32, 32]`, of ten classes.
public final class Cifar {
    /// What the labels 0 to 9 mean.
    public static final List<String> CLASSES =
            List.of(
                    "airplane",
                    "automobile",
                    "bird",
                    "cat",
                    "deer",
                    "dog",
                    "frog",
                    "horse",
                    "ship",
                    "truck");

    /// Colours from 0 to 255 to numbers of mean 0 and deviation 1 over the training pictures.
    public static final Normalization NORMALIZATION =
            new Normalization(
                    255,
                    new float[] {0.4914f, 0.4822f, 0.4465f},
                    new float[] {0.2470f, 0.2435f, 0.2616f});

    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int RECORD = 1 + PIXELS;

    private Cifar() {}

    /// The pictures to learn from: the files `data_batch_1.bin` to `data_batch_5.bin` of a folder.
    ///
    /// @throws MalformedFileException if a file is damaged
    /// @throws IOException if a file cannot be read
    public static TensorDataset train(Path folder) throws IOException {
        return read(
                folder,
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin");
    }

    /// The pictures to test with: the file `test_batch.bin` of a folder.
    ///
    /// @throws MalformedFileException if the file is damaged
    /// @throws IOException if the file cannot be read
    public static TensorDataset test(Path folder) throws IOException {
        return read(folder, "test_batch.bin");
    }

    private static TensorDataset read(Path folder, String... names) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String name : names) {
            Path file = folder.resolve(name);
            byte[] records = Files.readAllBytes(file);
            if (records.length == 0 || records.length % RECORD != 0) {
                throw new MalformedFileException(
                        file,
                        "%d bytes are no whole number of pictures, which have %d each"
                                .formatted(records.length, RECORD));
            }
            for (int at = 0; at < records.length; at += RECORD) {
                if (records[at] < 0 || records[at] >= CLASSES.size()) {
                    throw new MalformedFileException(
                            file,
                            "label %d at %d is not in 0 to 9"
                                    .formatted(records[at] & 0xFF, at / RECORD));
                }
                labels.write(records[at]);
                pixels.write(records, at + 1, PIXELS);
            }
        }
        Tensor targets = Bytes.tensor(labels.toByteArray(), Shape.of(labels.size()));
        return new TensorDataset(
                Bytes.tensor(pixels.toByteArray(), Shape.of(labels.size(), 3, SIDE, SIDE)),
                targets.to(DType.INT64));
    }
}
