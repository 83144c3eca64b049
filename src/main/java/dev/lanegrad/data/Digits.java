package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Philox;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// The 1,797 handwritten digits, 8x8 points each, of the UCI data set "Optical Recognition of
/// Handwritten Digits" (E. Alpaydin, C. Kaynak, CC BY 4.0), which come with Lanegrad.
///
/// Points are uint8 from 0 to 16. A fixed fifth of the images is held back for testing.
public final class Digits {
    /// Points from 0 to 16 to numbers of mean 0 and deviation 1 over the training images.
    public static final Normalization NORMALIZATION =
            new Normalization(16, new float[] {0.305f}, new float[] {0.376f});

    private static final int IMAGES = 1797;
    private static final int SIZE = 8;
    private static final int POINTS = SIZE * SIZE;

    /// Images of each digit that are held back.
    private static final int HELD_BACK = 36;

    /// Decides which.
    private static final long SPLIT_SEED = 0;

    private Digits() {}

    /// All images `[1797, 1, 8, 8]`, in the order of the file.
    public static TensorDataset all() {
        byte[] text = text();
        int[] points = new int[IMAGES * POINTS];
        long[] digits = new long[IMAGES];
        int field = 0;
        int value = 0;
        for (byte c : text) { // a number ends at a comma or at the end of its line
            if (c >= '0' && c <= '9') {
                value = 10 * value + c - '0';
            } else {
                int image = field / (POINTS + 1);
                int point = field % (POINTS + 1);
                if (point == POINTS) {
                    digits[image] = value;
                } else {
                    points[image * POINTS + point] = value;
                }
                field++;
                value = 0;
            }
        }
        Tensor images = Tensor.of(points, Shape.of(IMAGES, 1, SIZE, SIZE)).to(DType.UINT8);
        return new TensorDataset(images, Tensor.of(digits));
    }

    private static byte[] text() {
        try (InputStream file = Digits.class.getResourceAsStream("digits.csv.gz");
                InputStream text = new GZIPInputStream(Objects.requireNonNull(file))) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The 1,437 images to learn from.
    public static TensorDataset train() {
        return part(false);
    }

    /// The 360 images held back, 36 of each digit.
    public static TensorDataset test() {
        return part(true);
    }

    private static TensorDataset part(boolean heldBack) {
        TensorDataset all = all();
        long[] digits = all.targets().toLongArray();
        int[] seen = new int[10];
        return all.subset(
                Arrays.stream(Order.shuffled(IMAGES, new Philox(SPLIT_SEED)))
                        .filter(i -> seen[(int) digits[(int) i]]++ < HELD_BACK == heldBack)
                        .toArray());
    }
}
