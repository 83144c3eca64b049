package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.ValuesAndIndices;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeModulesTest {
    @Test
    void modulesForVolumesPrintAsPyTorchs() {
        assertEquals(
                "Conv3d(2, 4, kernel_size=(3, 3, 3), stride=(2, 2, 2), padding=(1, 0, 1), groups=2, bias=False)",
                Conv3d.builder(2, 4, 3)
                        .stride(2)
                        .padding(1, 0, 1)
                        .groups(2)
                        .bias(false)
                        .build()
                        .toString());
        assertEquals(
                "ConvTranspose3d(2, 4, kernel_size=(1, 2, 3), stride=(2, 2, 2), output_padding=(1, 1, 1))",
                ConvTranspose3d.builder(2, 4, 1, 2, 3)
                        .stride(2)
                        .outputPadding(1)
                        .build()
                        .toString());
        assertEquals(
                "AvgPool3d(kernel_size=(1, 2, 2), stride=2, padding=0)",
                AvgPool3d.builder(1, 2, 2).stride(2).build().toString());
        assertEquals(
                "AdaptiveMaxPool3d(output_size=(1, 2, 3))",
                new AdaptiveMaxPool3d(1, 2, 3).toString());
        assertEquals(
                "MaxUnpool1d(kernel_size=(2,), stride=(2,), padding=(0,))",
                new MaxUnpool1d(2).toString());
        assertEquals("CTCLoss()", new CTCLoss().toString());
        assertEquals(
                "Unflatten(dim=1, unflattened_size=(2, 3))", new Unflatten(1, 2, 3).toString());
        assertEquals(
                "LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)",
                new LocalResponseNorm(2).toString());
        assertEquals("TripletMarginLoss()", new TripletMarginLoss().toString());
    }

    @Test
    void volumesGoThrough() {
        Tensor x = Tensor.randn(2, 3, 6, 6, 6);
        Tensor y =
                new Sequential(
                                new Conv3d(3, 4, 3),
                                new ReLU(),
                                new MaxPool3d(2),
                                new ConvTranspose3d(4, 2, 2),
                                new AvgPool3d(3))
                        .forward(x);
        assertEquals(Shape.of(2, 2, 1, 1, 1), y.shape());
        assertEquals(Shape.of(2, 3, 2, 2, 2), new AdaptiveAvgPool3d(2).forward(x).shape());
        assertEquals(Shape.of(2, 3, 1, 2, 3), new AdaptiveMaxPool3d(1, 2, 3).forward(x).shape());
    }

    @Test
    void maximaArePutBack() {
        Tensor x = Tensor.of(new float[][][] {{{1, 2}, {4, 3}}});
        ValuesAndIndices most = x.adaptiveMaxPool2dWithIndices(1, 1);
        MaxUnpool2d unpool = new MaxUnpool2d(2);
        assertArrayEquals(
                new float[] {0, 0, 4, 0},
                unpool.forward(most.values(), most.indices()).toFloatArray());
        assertEquals(
                Shape.of(1, 3, 3), unpool.forward(most.values(), most.indices(), 3, 3).shape());
        assertThrows(UnsupportedOperationException.class, () -> unpool.forward(x));
    }

    @Test
    void lossesAreThoseOfTheOperations() {
        Tensor logProbs = Tensor.randn(4, 1, 3).logSoftmax(2);
        Tensor target = Tensor.of(1L, 2L);
        int[] times = {4};
        int[] lengths = {2};
        assertEquals(
                logProbs.ctcLoss(target, times, lengths, 0, LossReduction.MEAN, false).item(),
                new CTCLoss().forward(logProbs, target, times, lengths).item());
        Tensor a = Tensor.of(new float[][] {{0, 0}});
        Tensor far = Tensor.of(new float[][] {{3, 4}});
        assertEquals(6f, (float) new TripletMarginLoss().forward(a, far, a).item(), 1e-5f);
        assertEquals(
                0.5f, (float) new GaussianNLLLoss().forward(a, a.add(1), a.add(1)).item(), 1e-6f);
        Tensor scores = Tensor.of(new float[][] {{0.5f, 0.2f}});
        assertEquals(
                0.35f, (float) new MultiMarginLoss().forward(scores, Tensor.of(0L)).item(), 1e-6f);
        assertEquals(
                (float) Math.log(2),
                (float) new MultiLabelSoftMarginLoss().forward(a, a.add(1)).item(),
                1e-6f);
        assertEquals(
                (float) Math.log(2) * 2,
                (float)
                        new MultiLabelSoftMarginLoss(Tensor.of(1f, 3f), LossReduction.SUM)
                                .forward(a, a.add(1))
                                .item(),
                1e-6f);
        Tensor weight = Tensor.of(4f, 1f);
        MultiMarginLoss weighted = new MultiMarginLoss(1, 1, weight, LossReduction.MEAN);
        assertEquals(1.4f, (float) weighted.forward(scores, Tensor.of(0L)).item(), 1e-6f);
        assertEquals(List.of("weight"), List.copyOf(weighted.stateDict().keySet()));
        Tensor label = Tensor.of(0L, -1L).unsqueeze(0);
        assertEquals(
                0.35f, (float) new MultiLabelMarginLoss().forward(scores, label).item(), 1e-6f);
        assertEquals(
                6f, (float) new TripletMarginWithDistanceLoss().forward(a, far, a).item(), 1e-5f);
        assertEquals(
                0.96f,
                (float) new CosineSimilarity().forward(far, Tensor.of(4f, 3f).unsqueeze(0)).item(),
                1e-6f);
    }
}
