package dev.lanegrad.data;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, MIT licence): 60,000 pictures of clothes to learn
/// from and 10,000 to test with, 28x28 greys from 0 to 255, ten classes.
///
/// Reads the four files of any folder that has them under MNIST's names, compressed or not, so also
/// MNIST itself and its other kin of ten classes.
public final class FashionMnist {
    /// Where Debian's package `dataset-fashion-mnist` puts the files.
    public static final Path DEBIAN_FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    /// What the labels 0 to 9 mean.
    public static final List<String> CLASSES =
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot");

    /// Greys from 0 to 255 to numbers of mean 0 and deviation 1 over the training images.
    public static final Normalization NORMALIZATION =
            new Normalization(255, new float[] {0.2860f}, new float[] {0.3530f});

    private FashionMnist() {}

    /// The images to learn from.
    ///
    /// @throws NoSuchFileException if the folder lacks a file; the message says which
    /// @throws MalformedFileException if a file is damaged, or images and labels do not fit
    /// @throws IOException if a file cannot be read
    public static TensorDataset train(Path folder) throws IOException {
        return read(folder, "train");
    }

    /// The images to test with.
    ///
    /// @throws NoSuchFileException if the folder lacks a file; the message says which
    /// @throws MalformedFileException if a file is damaged, or images and labels do not fit
    /// @throws IOException if a file cannot be read
    public static TensorDataset test(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    private static TensorDataset read(Path folder, String part) throws IOException {
        Path imageFile = find(folder, part + "-images-idx3-ubyte");
        Path labelFile = find(folder, part + "-labels-idx1-ubyte");
        Tensor labels = IdxFile.readLabels(labelFile);
        long[] numbers = labels.toLongArray();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= CLASSES.size()) {
                throw new MalformedFileException(
                        labelFile, "label %d at %d is not in 0 to 9".formatted(numbers[i], i));
            }
        }
        Tensor images = IdxFile.readImages(imageFile);
        if (images.size(0) != numbers.length) {
            throw new MalformedFileException(
                    labelFile,
                    "there are %d labels but %d images (%s)"
                            .formatted(numbers.length, images.size(0), imageFile));
        }
        return new TensorDataset(images, labels);
    }

    /// The file, compressed or plain; also under the name with a dot that some archives unpack to.
    private static Path find(Path folder, String name) throws NoSuchFileException {
        String dotted = name.replace("-idx", ".idx");
        for (String candidate : List.of(name + ".gz", name, dotted + ".gz", dotted)) {
            Path file = folder.resolve(candidate);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new NoSuchFileException(
                folder.toString(), null, "has neither " + name + ".gz nor " + name);
    }
}
