package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void thereAre1797ImagesOfPointsFrom0To16() {
        TensorDataset all = Digits.all();
        assertEquals(Shape.of(1797, 1, 8, 8), all.inputs().shape());
        assertEquals(DType.UINT8, all.inputs().dtype());
        long[] points = all.inputs().toLongArray();
        assertEquals(0, Arrays.stream(points).min().orElseThrow());
        assertEquals(16, Arrays.stream(points).max().orElseThrow());
        assertEquals(561718, Arrays.stream(points).sum());
        assertArrayEquals(
                new long[] {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15}, Arrays.copyOf(points, 12));
    }

    @Test
    void everyDigitOccursAboutAsOften() {
        long[] counts = new long[10];
        for (long digit : Digits.all().targets().toLongArray()) {
            counts[(int) digit]++;
        }
        assertArrayEquals(new long[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    }

    @Test
    void trainingAndTestImagesAreTheWholeWithoutOverlap() {
        assertEquals(1437, Digits.train().size());
        assertEquals(360, Digits.test().size());
        assertEquals(images(Digits.all()), images(Digits.train(), Digits.test()));
    }

    @Test
    void everyDigitHas36TestImages() {
        long[] counts = new long[10];
        for (long digit : Digits.test().targets().toLongArray()) {
            counts[(int) digit]++;
        }
        assertArrayEquals(new long[] {36, 36, 36, 36, 36, 36, 36, 36, 36, 36}, counts);
    }

    @Test
    void normalizedTrainingImagesHaveMean0AndDeviation1() {
        Tensor x = Digits.NORMALIZATION.apply(Digits.train().inputs()).to(DType.FLOAT64);
        double mean = (Double) x.mean().item();
        double variance = (Double) x.sub(mean).pow(2).mean().item();
        assertEquals(0, mean, 0.005);
        assertEquals(1, variance, 0.01);
    }

    private static List<String> images(TensorDataset... parts) {
        return Arrays.stream(parts)
                .flatMap(part -> {
                    long[] points = part.inputs().toLongArray();
                    long[] labels = part.targets().toLongArray();
                    String[] lines = new String[part.size()];
                    for (int i = 0; i < lines.length; i++) {
                        long[] image = Arrays.copyOfRange(points, i * 64, (i + 1) * 64);
                        lines[i] = Arrays.toString(image) + labels[i];
                    }
                    return Arrays.stream(lines);
                })
                .sorted()
                .toList();
    }
}
