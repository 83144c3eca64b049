package dev.lanegrad.cli;

import dev.lanegrad.data.Digits;
import dev.lanegrad.data.FashionMnist;
import dev.lanegrad.data.Normalization;
import dev.lanegrad.data.TensorDataset;
import dev.lanegrad.data.Transform;
import dev.lanegrad.data.transforms.RandomCrop;
import dev.lanegrad.data.transforms.RandomHorizontalFlip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Images to learn from and to test with, and what suits them unless the user says otherwise.
record Images(
        String name,
        TensorDataset train,
        TensorDataset test,
        Normalization normalization,
        @Nullable Transform transform,
        Recipe recipe) {
    static final int CLASSES = 10;

    static final String DIGITS = "digits";
    static final String FASHION_MNIST = "fashion-mnist";

    /// Default options.
    record Recipe(String model, int epochs, int batch, double lr) {}

    static final Recipe DIGITS_RECIPE = new Recipe("resnet8", 20, 32, 0.1);

    /// Folders of IDX files have their images moved by up to a fourteenth of their height.
    private static final int HEIGHT_PER_SHIFT = 14;

    static final Recipe CLOTHES_RECIPE = new Recipe("resnet20", 5, 128, 0.1);

    /// The digits that come with Lanegrad, Fashion-MNIST where Debian puts it, or any folder with
    /// IDX files of its kind.
    static Images of(String data) throws IOException, Complaint {
        return switch (data) {
            case DIGITS ->
                    new Images(
                            DIGITS,
                            Digits.train(),
                            Digits.test(),
                            Digits.NORMALIZATION,
                            new RandomCrop(8, 1),
                            DIGITS_RECIPE);
            case FASHION_MNIST -> fashionMnist();
            default -> inFolder(Path.of(data));
        };
    }

    private static Images fashionMnist() throws IOException, Complaint {
        try {
            return greys(FASHION_MNIST, FashionMnist.DEBIAN_FOLDER, true);
        } catch (NoSuchFileException _) {
            throw new Complaint(
                    "--data: no images in "
                            + FashionMnist.DEBIAN_FOLDER
                            + ": install Debian's package dataset-fashion-mnist, or name the folder"
                            + " that has the four IDX files");
        }
    }

    private static Images inFolder(Path folder) throws IOException, Complaint {
        if (!Files.isDirectory(folder)) {
            throw new Complaint(
                    "--data: there is no folder "
                            + folder
                            + ", nor data of that name ("
                            + DIGITS
                            + ", "
                            + FASHION_MNIST
                            + ")");
        }
        return greys(folder.toRealPath().getFileName().toString(), folder, false);
    }

    /// @param mirrors whether mirrored images mean the same
    private static Images greys(String name, Path folder, boolean mirrors)
            throws IOException, Complaint {
        TensorDataset train = FashionMnist.train(folder);
        TensorDataset test = FashionMnist.test(folder);
        int height = train.inputs().size(2);
        int width = train.inputs().size(3);
        if (train.size() < 2 || test.size() < 1 || height < 1 || width < 1) {
            throw new Complaint(
                    "--data: %s has %d training images and %d test images of %dx%d pixels, too few"
                            .formatted(folder, train.size(), test.size(), height, width));
        }
        Transform shift = new RandomCrop(height, width, height / HEIGHT_PER_SHIFT);
        return new Images(
                name,
                train,
                test,
                FashionMnist.NORMALIZATION,
                mirrors ? Transform.of(shift, new RandomHorizontalFlip()) : shift,
                CLOTHES_RECIPE);
    }

    int channels() {
        return train.inputs().size(1);
    }
}
