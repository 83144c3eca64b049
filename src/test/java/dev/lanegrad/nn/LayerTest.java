package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void aConvolutionsWeightLiesAsTheKernelsReadItAndCountsAsPyTorchs() {
        Tensor.manualSeed(3);
        Conv2d conv = Conv2d.builder(4, 6, 3, 5).groups(2).build();
        assertEquals("[6, 2, 3, 5]", conv.weight().shape().toString());
        assertArrayEquals(new long[] {1, 6, 60, 12}, conv.weight().stride());
        Tensor.manualSeed(3);
        float bound = (float) (1 / Math.sqrt(30));
        float[] drawn = Tensor.empty(6, 2, 3, 5).uniform_(-bound, bound).toFloatArray();
        assertArrayEquals(drawn, conv.weight().toFloatArray(), 1e-7f);
    }

    @Test
    void aBuilderUsedAgainDoesNotChangeWhatItBuilt() {
        Conv2d.Builder builder = Conv2d.builder(2, 3, 3);
        Conv2d first = builder.build();
        builder.stride(2).build();
        assertEquals("Conv2d(2, 3, kernel_size=(3, 3), stride=(1, 1))", first.toString());
        assertEquals("[1, 3, 6, 6]", first.forward(Tensor.ones(1, 2, 8, 8)).shape().toString());
    }

    @Test
    void paddingByNameKeepsTheSizeOrAddsNothing() {
        Tensor x = Tensor.ones(1, 2, 8, 8);
        Conv2d same = Conv2d.builder(2, 3, 3).dilation(2).padding("same").build();
        assertEquals("[1, 3, 8, 8]", same.forward(x).shape().toString());
        Conv2d valid = Conv2d.builder(2, 3, 3).padding("valid").build();
        assertEquals("[1, 3, 6, 6]", valid.forward(x).shape().toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> Conv2d.builder(2, 3, 3).stride(2).padding("same").build());
        assertThrows(
                IllegalArgumentException.class, () -> Conv2d.builder(3, 4, 3).groups(2).build());
    }

    @Test
    void runningStatisticsFollowBatchesInTrainingOnly() {
        BatchNorm1d bn = new BatchNorm1d(1);
        Tensor x = Tensor.of(new float[][] {{1}, {3}});
        bn.forward(x);
        assertArrayEquals(new float[] {0.2f}, bn.runningMean().toFloatArray(), 1e-7f);
        assertArrayEquals(new float[] {0.9f + 0.2f}, bn.runningVar().toFloatArray(), 1e-6f);
        assertEquals(1L, bn.stateDict().get("num_batches_tracked").item());
        bn.eval();
        bn.forward(x);
        assertArrayEquals(new float[] {0.2f}, bn.runningMean().toFloatArray(), 1e-7f);
        assertEquals(1L, bn.stateDict().get("num_batches_tracked").item());
    }

    @Test
    void withoutMomentumRunningStatisticsAreTheMeanOfAllBatches() {
        BatchNorm1d bn = BatchNorm1d.builder(1).momentum(null).build();
        bn.forward(Tensor.of(new float[][] {{1}, {3}}));
        bn.forward(Tensor.of(new float[][] {{5}, {7}}));
        assertArrayEquals(new float[] {4}, bn.runningMean().toFloatArray(), 1e-6f);
    }

    @Test
    void withoutRunningStatisticsEvaluationUsesTheBatch() {
        BatchNorm1d bn = BatchNorm1d.builder(1).trackRunningStats(false).affine(false).build();
        assertTrue(bn.stateDict().isEmpty());
        assertNull(bn.weight());
        Tensor y = bn.eval().forward(Tensor.of(new float[][] {{1}, {3}}));
        assertArrayEquals(new float[] {-1, 1}, y.toFloatArray(), 1e-5f);
    }

    @Test
    void aStateWithoutTheCountOfBatchesIsComplete() {
        BatchNorm2d bn = new BatchNorm2d(2);
        Map<String, Tensor> state = new LinkedHashMap<>(bn.stateDict());
        state.remove("num_batches_tracked");
        assertTrue(bn.loadStateDict(state).missingKeys().isEmpty());
        state.remove("running_var");
        assertThrows(IllegalArgumentException.class, () -> bn.loadStateDict(state));
    }

    @Test
    void batchNormSaysHowManyAxesItExpects() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new BatchNorm2d(3).forward(Tensor.ones(2, 3)));
        assertEquals("expected 4D input (got 2D input [2, 3])", e.getMessage());
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new BatchNorm2d(512).forward(Tensor.ones(1, 512, 1, 1)));
        assertEquals(
                "Expected more than 1 value per channel when training, got input size [1, 512, 1, 1]",
                e.getMessage());
    }

    @Test
    void poolsTakeTheirWindowAsStrideUnlessTold() {
        Tensor x = Tensor.arange(16).to(dev.lanegrad.DType.FLOAT32).reshape(1, 1, 4, 4);
        assertArrayEquals(new float[] {5, 7, 13, 15}, new MaxPool2d(2).forward(x).toFloatArray());
        assertArrayEquals(
                new float[] {2.5f, 4.5f, 10.5f, 12.5f}, new AvgPool2d(2).forward(x).toFloatArray());
        assertEquals("[1, 1, 3, 3]", new MaxPool2d(2, 1).forward(x).shape().toString());
        assertArrayEquals(new float[] {7.5f}, new AdaptiveAvgPool2d(1).forward(x).toFloatArray());
    }

    @Test
    void aTransposedConvolutionUndoesTheSizeOfAConvolution() {
        Tensor x = Tensor.ones(2, 3, 8, 8);
        Tensor half = Conv2d.builder(3, 4, 3).stride(2).padding(1).build().forward(x);
        ConvTranspose2d back =
                ConvTranspose2d.builder(4, 3, 3).stride(2).padding(1).outputPadding(1).build();
        assertEquals("[4, 3, 3, 3]", back.weight().shape().toString());
        assertEquals(x.shape(), back.forward(half).shape());
        Tensor s = Tensor.ones(2, 3, 9);
        Tensor third = Conv1d.builder(3, 4, 3).stride(3).build().forward(s);
        Tensor whole = ConvTranspose1d.builder(4, 3, 3).stride(3).build().forward(third);
        assertEquals(s.shape(), whole.shape());
    }

    @Test
    void normalizationsOfSamplesTakeAwayTheirMean() {
        Tensor.manualSeed(2);
        Tensor x = Tensor.rand(2, 4, 3);
        for (Module m : new Module[] {new LayerNorm(4, 3), new GroupNorm(1, 4)}) {
            float[] means = m.forward(x).mean(new int[] {1, 2}, false).toFloatArray();
            assertArrayEquals(new float[2], means, 1e-6f);
        }
        float[] squares = new RMSNorm(3).forward(x).square().mean(2).toFloatArray();
        for (float square : squares) {
            assertEquals(1, square, 1e-4f);
        }
        assertThrows(IllegalArgumentException.class, () -> new GroupNorm(3, 4));
    }

    @Test
    void lossesCompareAnInputWithATarget() {
        Tensor x = Tensor.of(0.0, 2.0);
        Tensor t = Tensor.of(1.0, 0.0);
        assertEquals(2.5, new MSELoss().forward(x, t).item());
        assertEquals(3.0, new L1Loss(LossReduction.SUM).forward(x, t).item());
        assertEquals(1.0, new HuberLoss().forward(x, t).item());
        assertEquals(1.0, new SmoothL1Loss().forward(x, t).item());
        Tensor scores = Tensor.of(new double[][] {{0, 0}, {0, 0}});
        Tensor classes = Tensor.of(0L, 1L);
        double chance = Math.log(2);
        assertEquals(chance, value(new CrossEntropyLoss().forward(scores, classes)), 1e-12);
        assertEquals(chance, value(new NLLLoss().forward(scores.logSoftmax(1), classes)), 1e-12);
        assertEquals(chance, value(new BCELoss().forward(scores.sigmoid(), scores)), 1e-12);
        assertEquals(chance, value(new BCEWithLogitsLoss().forward(scores, scores)), 1e-12);
        assertEquals(0, value(new KLDivLoss().forward(Tensor.of(0.0), Tensor.of(1.0))), 1e-12);
        assertThrows(UnsupportedOperationException.class, () -> new MSELoss().forward(x));
    }

    @Test
    void theWeightsOfClassesArePartOfALosssState() {
        CrossEntropyLoss loss =
                CrossEntropyLoss.builder().weight(Tensor.of(1.0, 3.0)).labelSmoothing(0.1).build();
        assertEquals(1, loss.stateDict().size());
        assertEquals(0, loss.parameters().size());
    }

    private static double value(Tensor t) {
        return ((Number) t.item()).doubleValue();
    }
}
