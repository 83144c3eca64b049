package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
    private static final Dataset TEN =
            new Dataset(Tensor.arange(10).reshape(10, 1, 1, 1), Tensor.arange(10));

    @Test
    void batchesComeInOrderUnlessShuffled() {
        var loader = DataLoader.builder(TEN).batchSize(4).build();
        assertEquals(3, loader.batches());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), labels(loader, 0));
    }

    @Test
    void dropLastLeavesOutWhatDoesNotFillABatch() {
        var loader = DataLoader.builder(TEN).batchSize(4).dropLast(true).build();
        assertEquals(2, loader.batches());
        assertEquals(8, labels(loader, 0).size());
    }

    @Test
    void everyEpochHasAnOrderOfItsOwnThatTheSeedDecides() {
        var loader = DataLoader.builder(TEN).batchSize(3).shuffle(true).seed(1).build();
        var same = DataLoader.builder(TEN).batchSize(3).shuffle(true).seed(1).build();
        var other = DataLoader.builder(TEN).batchSize(3).shuffle(true).seed(2).build();
        List<Long> fifth = labels(loader, 5);
        assertNotEquals(labels(loader, 0), fifth);
        assertEquals(fifth, labels(same, 5));
        assertNotEquals(fifth, labels(other, 5));
        assertEquals(labels(DataLoader.builder(TEN).build(), 0), fifth.stream().sorted().toList());
    }

    @Test
    void imagesStayWithTheirLabels() {
        var loader = DataLoader.builder(TEN).batchSize(4).shuffle(true).seed(3).build();
        for (var batch : loader.epoch(0)) {
            assertArrayEquals(batch.labels().toLongArray(), batch.images().toLongArray());
        }
    }

    @Test
    void theChangeOfAnImageDoesNotDependOnTheBatchItIsIn() {
        Dataset digits = Digits.test();
        List<String> byBatch = new ArrayList<>();
        for (int size : new int[] {1, 7, 360}) {
            var loader =
                    DataLoader.builder(digits)
                            .batchSize(size)
                            .augmentation(new Augmentation(2, true))
                            .build();
            StringBuilder all = new StringBuilder();
            for (var batch : loader.epoch(0)) {
                for (float point : batch.images().toFloatArray()) {
                    all.append(point).append(' ');
                }
            }
            byBatch.add(all.toString());
        }
        assertEquals(byBatch.get(0), byBatch.get(1));
        assertEquals(byBatch.get(0), byBatch.get(2));
    }

    @Test
    void shiftsAndMirrorsOccurAboutAsOftenAndPadWith0() {
        int n = 3000;
        float[] pixels = new float[n * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 3 + 1;
        }
        Dataset rows = new Dataset(Tensor.of(pixels, Shape.of(n, 1, 1, 3)), Tensor.arange(n));
        var loader =
                DataLoader.builder(rows)
                        .batchSize(n)
                        .augmentation(new Augmentation(1, true))
                        .build();
        float[] changed = loader.epoch(0).iterator().next().images().toFloatArray();
        int[] counts = new int[7];
        String[] expected = {"000", "123", "321", "012", "230", "032", "210"};
        for (int i = 0; i < n; i++) {
            String row =
                    "%.0f%.0f%.0f"
                            .formatted(changed[3 * i], changed[3 * i + 1], changed[3 * i + 2]);
            counts[Arrays.asList(expected).indexOf(row)]++;
        }
        // Two of three shifts upwards or downwards push the only row out; the rest are six cases.
        assertEquals(2.0 / 3, counts[0] / (double) n, 0.03);
        for (int k = 1; k < 7; k++) {
            assertEquals(1.0 / 18, counts[k] / (double) n, 0.015, expected[k]);
        }
    }

    @Test
    void normalizationIsThatOfTorchvision() {
        Tensor images = Tensor.of(new float[] {0, 255, 51, 102}, Shape.of(1, 2, 1, 2));
        float[] mean = {0.5f, 0.25f};
        float[] std = {0.5f, 0.1f};
        assertArrayEquals(
                new float[] {-1, 1, -0.5f, 1.5f},
                new Normalization(255, mean, std).apply(images).toFloatArray(),
                1e-6f);
    }

    @Test
    void wrongUseIsRefusedWithTheNumbers() {
        assertMessage(
                "dataLoader: batch size 0 is not positive",
                () -> DataLoader.builder(TEN).batchSize(0));
        assertMessage("augmentation: shift -1 is negative", () -> new Augmentation(-1, false));
        assertMessage(
                "normalization: needs images [N, 1, H, W], but got [10]",
                () -> Digits.NORMALIZATION.apply(Tensor.arange(10)));
        assertMessage(
                "dataset: needs images [N, C, H, W] and int64 labels [N], but got [10, 1, 1, 1] and"
                        + " int64 [9]",
                () -> new Dataset(TEN.images(), Tensor.arange(9)));
    }

    @Test
    void ordersAreAllAsLikely() {
        int[] counts = new int[6];
        for (int seed = 0; seed < 6000; seed++) {
            long[] order = Order.shuffled(3, new dev.lanegrad.Philox(seed));
            counts[(int) (2 * order[0] + (order[1] > order[2] ? 1 : 0))]++;
        }
        for (int count : counts) {
            assertTrue(Math.abs(count - 1000) < 150, Arrays.toString(counts));
        }
    }

    private static void assertMessage(String expected, Runnable wrong) {
        var e = assertThrows(IllegalArgumentException.class, wrong::run);
        assertEquals(expected, e.getMessage());
    }

    private static List<Long> labels(DataLoader loader, int epoch) {
        List<Long> labels = new ArrayList<>();
        for (var batch : loader.epoch(epoch)) {
            for (long label : batch.labels().toLongArray()) {
                labels.add(label);
            }
        }
        return labels;
    }
}
