package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallModulesTest {
    @Test
    void aPaddedRowOfATableIsZeroAndGetsNoGradient() {
        Embedding m = new Embedding(4, 2, -1);
        Tensor y = m.forward(Tensor.of(new long[][] {{0, 3}, {0, 1}}));
        assertEquals(Shape.of(2, 2, 2), y.shape());
        assertArrayEquals(new float[2], y.select(0, 0).select(0, 1).toFloatArray());
        y.sum().backward();
        assertArrayEquals(new float[] {2, 2, 1, 1, 0, 0, 0, 0}, m.weight().grad().toFloatArray());
        assertThrows(IllegalArgumentException.class, () -> new Embedding(4, 2, 4));
    }

    @Test
    void aLearnedSlopeHoldsBelowAndAtZero() {
        PReLU m = new PReLU();
        Tensor x = Tensor.of(-2f, 0f, 4f).requiresGrad(true);
        Tensor y = m.forward(x);
        assertArrayEquals(new float[] {-0.5f, 0, 4}, y.toFloatArray());
        y.sum().backward();
        assertArrayEquals(new float[] {0.25f, 0.25f, 1}, x.grad().toFloatArray());
        assertArrayEquals(new float[] {-2}, m.weight().grad().toFloatArray());
        PReLU two = new PReLU(2, 0.5);
        assertArrayEquals(
                new float[] {-0.5f, -0.5f},
                two.forward(Tensor.ones(1, 2, 1, 1).neg()).toFloatArray());
    }

    @Test
    void aBilinearFormSumsOverBothInputs() {
        Bilinear m = new Bilinear(2, 3, 4);
        Tensor a = Tensor.randn(5, 1, 2);
        Tensor b = Tensor.randn(5, 1, 3);
        Tensor y = m.forward(a, b);
        assertEquals(Shape.of(5, 1, 4), y.shape());
        Tensor w = m.weight().select(0, 2);
        Tensor expected = a.select(0, 3).matmul(w).matmul(b.select(0, 3).t());
        float one = (float) expected.add(m.bias().select(0, 2)).item();
        assertEquals(one, (float) y.select(0, 3).select(0, 0).select(0, 2).item(), 1e-5f);
    }

    @Test
    void distancesAreNormsOfDifferences() {
        Tensor a = Tensor.of(new float[][] {{3, 0}, {1, 1}});
        Tensor b = Tensor.of(new float[][] {{0, 4}, {1, 1}});
        assertArrayEquals(
                new float[] {5, 0}, new PairwiseDistance().forward(a, b).toFloatArray(), 1e-5f);
        assertEquals(Shape.of(2, 1), new PairwiseDistance(1, 1e-6, true).forward(a, b).shape());
    }

    @Test
    void channelsDropTogether() {
        for (Module m : List.of(new Dropout1d(), new Dropout2d(), new Dropout3d())) {
            Tensor x = Tensor.ones(2, 8, 3, 3, 3);
            Tensor y = m.forward(m instanceof Dropout1d ? x.flatten(2, 4) : x).flatten(2, -1);
            assertTrue(
                    y.amax(new int[] {2}, false).eq(y.amin(new int[] {2}, false)).all().isTrue());
            assertTrue(y.eq(0).any().isTrue() && y.eq(2).any().isTrue(), m.toString());
            m.eval();
            assertSame(x, m.forward(x));
        }
        assertTrue(new AlphaDropout().forward(Tensor.ones(64)).lt(0).any().isTrue());
        assertThrows(IllegalArgumentException.class, () -> new FeatureAlphaDropout(1.5));
    }

    @Test
    void eachChannelOfEachSampleIsNormalized() {
        InstanceNorm2d m = InstanceNorm2d.builder(3).trackRunningStats(true).build();
        Tensor x = Tensor.randn(2, 3, 4, 4).mul(5).add(2);
        Tensor y = m.forward(x).flatten(2, 3);
        assertTrue(y.mean(2).abs().lt(1e-5).all().isTrue());
        assertTrue(m.runningMean().ne(0).all().isTrue());
        m.eval();
        Tensor fixed = m.forward(x);
        assertTrue(m.forward(x.select(0, 0)).allclose(fixed.select(0, 0)));
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new InstanceNorm1d(3).forward(Tensor.zeros(3)));
        assertEquals("expected 2D or 3D input (got 1D input [3])", e.getMessage());
    }

    @Test
    void criteriaAreTheirFunctions() {
        Tensor a = Tensor.randn(4, 3);
        Tensor b = Tensor.randn(4, 3);
        Tensor signs = Tensor.of(1f, -1f, 1f, -1f);
        LossReduction mean = LossReduction.MEAN;
        assertTrue(
                new CosineEmbeddingLoss()
                        .forward(a, b, signs)
                        .allclose(a.cosineEmbeddingLoss(b, signs, 0, mean)));
        assertTrue(
                new MarginRankingLoss()
                        .forward(a.select(1, 0), b.select(1, 0), signs)
                        .allclose(
                                a.select(1, 0).marginRankingLoss(b.select(1, 0), signs, 0, mean)));
        assertTrue(
                new HingeEmbeddingLoss()
                        .forward(a.select(1, 0), signs)
                        .allclose(a.select(1, 0).hingeEmbeddingLoss(signs, 1, mean)));
        assertTrue(
                new SoftMarginLoss()
                        .forward(a.select(1, 0), signs)
                        .allclose(a.select(1, 0).softMarginLoss(signs, mean)));
        assertTrue(
                new PoissonNLLLoss()
                        .forward(a, b.abs())
                        .allclose(a.poissonNllLoss(b.abs(), true, false, 1e-8, mean)));
        assertThrows(
                UnsupportedOperationException.class, () -> new CosineEmbeddingLoss().forward(a));
    }

    @Test
    void parametersCanBeKeptInListsAndDicts() {
        ParameterList list = new ParameterList(Tensor.ones(2, 3), Tensor.zeros(1));
        assertEquals(
                """
                ParameterList(
                    (0): Parameter containing: [FloatTensor of size 2x3]
                    (1): Parameter containing: [FloatTensor of size 1]
                )\
                """,
                list.toString());
        assertTrue(list.parameter(-1).requiresGrad());
        ParameterDict dict = new ParameterDict(Map.of("w", Tensor.ones(2)));
        assertSame(dict.parameters().get(0), dict.parameter("w"));
        assertThrows(IllegalArgumentException.class, () -> dict.parameter("x"));
    }
}
