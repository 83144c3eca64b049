package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.transforms.RandomCrop;
import dev.lanegrad.data.transforms.RandomHorizontalFlip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
    private static final TensorDataset TEN =
            new TensorDataset(Tensor.arange(10).reshape(10, 1, 1, 1), Tensor.arange(10));

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
            assertArrayEquals(batch.targets().toLongArray(), batch.inputs().toLongArray());
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
                            .transform(
                                    Transform.of(new RandomCrop(8, 2), new RandomHorizontalFlip()))
                            .build();
            StringBuilder all = new StringBuilder();
            for (var batch : loader.epoch(0)) {
                for (float point : batch.inputs().toFloatArray()) {
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
        Dataset rows = new TensorDataset(Tensor.of(pixels, Shape.of(n, 1, 1, 3)), Tensor.arange(n));
        var loader =
                DataLoader.builder(rows)
                        .batchSize(n)
                        .transform(
                                Transform.of(new RandomCrop(1, 3, 1), new RandomHorizontalFlip()))
                        .build();
        float[] changed = loader.epoch(0).iterator().next().inputs().toFloatArray();
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
        assertMessage(
                "dataLoader: -1 batches ahead are fewer than none",
                () -> DataLoader.builder(TEN).prefetch(-1));
        assertMessage(
                "normalization: needs images [N, 1, H, W], but got [10]",
                () -> Digits.NORMALIZATION.apply(Tensor.arange(10)));
        assertMessage(
                "tensorDataset: needs as many inputs as targets, but got [10, 1, 1, 1] and [9]",
                () -> new TensorDataset(TEN.inputs(), Tensor.arange(9)));
        assertMessage("split: sizes [4, 5] do not add up to 10 examples", () -> TEN.split(0, 4, 5));
        assertMessage(
                "weighted: weight -1.0 at 1 is not a number from 0 on",
                () -> Sampler.weighted(new double[] {1, -1}, 3));
        assertMessage(
                "weighted: none of 2 weights is positive",
                () -> Sampler.weighted(new double[2], 3));
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

    @Test
    void samplersDecideWhatAnEpochTakes() {
        var some = DataLoader.builder(TEN).sampler(Sampler.subset(7, 3, 3)).seed(4).build();
        assertEquals(3, some.batches());
        assertEquals(List.of(3L, 3L, 7L), labels(some, 0).stream().sorted().toList());
        double[] weights = new double[10];
        weights[2] = 1;
        weights[9] = 3;
        int n = 4000;
        var drawn =
                DataLoader.builder(TEN).batchSize(n).sampler(Sampler.weighted(weights, n)).build();
        List<Long> labels = labels(drawn, 0);
        long nines = labels.stream().filter(l -> l == 9).count();
        assertEquals(n, nines + labels.stream().filter(l -> l == 2).count());
        assertEquals(0.75, nines / (double) n, 0.03);
        assertNotEquals(labels, labels(drawn, 1));
    }

    @Test
    void partsOfADataSetAreDataSets() throws IOException {
        List<Dataset> parts = TEN.split(3, 6, 4);
        Dataset again = parts.get(0).concat(parts.get(1));
        List<Long> all = labels(DataLoader.builder(again).batchSize(3).build(), 0);
        assertEquals(labels(DataLoader.builder(TEN).build(), 0), all.stream().sorted().toList());
        assertEquals(all.subList(0, 6), labels(DataLoader.builder(parts.get(0)).build(), 0));
        Dataset picked = again.subset(9, 0);
        assertEquals(all.get(9), picked.get(0).target().item());
        assertThrows(IndexOutOfBoundsException.class, () -> again.get(10));
        assertThrows(IndexOutOfBoundsException.class, () -> again.subset(10));
    }

    @Test
    void batchesAreTheSameHoweverManyAreMadeAhead() {
        List<String> runs = new ArrayList<>();
        for (int ahead : new int[] {0, 1, 3, 50}) {
            var loader =
                    DataLoader.builder(Digits.test())
                            .batchSize(7)
                            .prefetch(ahead)
                            .shuffle(true)
                            .transform(new RandomCrop(8, 2))
                            .normalization(Digits.NORMALIZATION)
                            .build();
            StringBuilder all = new StringBuilder();
            for (var batch : loader.epoch(2)) {
                all.append(batch.targets()).append(batch.inputs().sum().item());
            }
            runs.add(all.toString());
        }
        assertEquals(1, Set.copyOf(runs).size());
    }

    /// Ten numbers, of which 4 and 7 cannot be read.
    private record Damaged() implements Dataset {
        @Override
        public int size() {
            return 10;
        }

        @Override
        public Example get(int number) throws IOException {
            if (number == 4 || number == 7) {
                throw new IOException("number-" + number + ".png: damaged");
            }
            return TEN.get(number);
        }
    }

    @Test
    void anExampleThatCannotBeReadEndsTheEpochWithItsName() {
        var loader = DataLoader.builder(new Damaged()).batchSize(2).build();
        var e = assertThrows(UncheckedIOException.class, () -> labels(loader, 0));
        assertEquals("number-4.png: damaged", e.getMessage());
    }

    @Test
    void examplesThatCannotBeReadAreLeftOutIfAsked() {
        List<String> reports = Collections.synchronizedList(new ArrayList<>());
        for (int size : new int[] {1, 3}) {
            var loader =
                    DataLoader.builder(new Damaged())
                            .batchSize(size)
                            .skipBroken(e -> reports.add(e.getMessage()))
                            .build();
            assertEquals(List.of(0L, 1L, 2L, 3L, 5L, 6L, 8L, 9L), labels(loader, 0));
        }
        assertEquals(Set.of("number-4.png: damaged", "number-7.png: damaged"), Set.copyOf(reports));
        assertEquals(4, reports.size());
    }

    @Test
    void sequencesOfSeveralLengthsArePadded() {
        List<Example> examples =
                List.of(
                        new Example(Tensor.of(1f, 2f), Tensor.of(5)),
                        new Example(Tensor.of(3f, 4f, 5f), Tensor.of(6, 7)));
        var batch = Collate.padded(-1, -100).batch(examples);
        assertEquals("[[1.0, 2.0, -1.0], [3.0, 4.0, 5.0]]", batch.inputs().toList().toString());
        assertEquals("[[5, -100], [6, 7]]", batch.targets().toList().toString());
    }

    private static void assertMessage(String expected, Runnable wrong) {
        var e = assertThrows(IllegalArgumentException.class, wrong::run);
        assertEquals(expected, e.getMessage());
    }

    private static List<Long> labels(DataLoader loader, int epoch) {
        List<Long> labels = new ArrayList<>();
        for (var batch : loader.epoch(epoch)) {
            for (long label : batch.targets().toLongArray()) {
                labels.add(label);
            }
        }
        return labels;
    }
}
