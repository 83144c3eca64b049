package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultsAndDrawsTest {
    @AfterEach
    void restore() {
        Tensor.setDefaultDtype(DType.FLOAT32);
    }

    // ------------------------------------------------------------ the default type

    @Test
    void newTensorsAndQuotientsOfIntegersHaveTheDefaultType() {
        Tensor.setDefaultDtype(DType.FLOAT64);
        assertEquals(DType.FLOAT64, Tensor.zeros(2).dtype());
        assertEquals(DType.FLOAT64, Tensor.linspace(0, 1, 3).dtype());
        assertEquals(DType.FLOAT64, Tensor.of(1, 2).div(2).dtype());
        assertEquals(DType.FLOAT64, Tensor.of(1, 2).mul(1.5).dtype());
        assertEquals(DType.FLOAT32, Tensor.of(1f).mul(1.5).dtype());
        assertEquals("tensor([0., 0.])", Tensor.zeros(2).toString());
        assertEquals("tensor([1.], dtype=float32)", Tensor.of(1f).toString());
        assertEquals(0.1, Tensor.arange(0.1, 1, 0.5).select(0, 0).item());
    }

    @Test
    void theDefaultTypeIsTheThreads() throws InterruptedException {
        Tensor.setDefaultDtype(DType.FLOAT16);
        DType[] elsewhere = new DType[1];
        Thread thread = new Thread(() -> elsewhere[0] = Tensor.getDefaultDtype());
        thread.start();
        thread.join();
        assertEquals(DType.FLOAT32, elsewhere[0]);
        assertEquals(DType.FLOAT16, Tensor.randn(3).dtype());
    }

    @Test
    void integersCannotBeTheDefault() {
        assertEquals(
                "setDefaultDtype: only floating point types can be the default, but got int64",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tensor.setDefaultDtype(DType.INT64))
                        .getMessage());
    }

    @Test
    void windowsAndPowersOfTen() {
        assertArrayEquals(
                new float[] {0, 0.5f, 1, 0.5f}, Tensor.hannWindow(4).toFloatArray(), 1e-7f);
        assertArrayEquals(
                new float[] {0.1f, 1, 10}, Tensor.logspace(-1, 1, 3).toFloatArray(), 1e-6f);
    }

    // ------------------------------------------------------------ draws

    @Test
    void drawsFollowTheirProbabilities() {
        Tensor.manualSeed(0);
        Tensor p = Tensor.of(0f, 1, 0.5f).requiresGrad(true);
        Tensor y = p.expand(Shape.of(1000, 3)).bernoulli();
        float[] means = y.mean(0).toFloatArray();
        assertEquals(0, means[0]);
        assertEquals(1, means[1]);
        assertEquals(0.5, means[2], 0.1);
        y.sum().backward();
        assertTrue(Objects.requireNonNull(p.grad()).eq(0).all().isTrue());
        assertEquals(0.5, (float) Tensor.zeros(1000).exponential_(2).mean().item(), 0.1);
        assertTrue(Tensor.empty(Shape.of(9), DType.UINT8).random_().ge(0).all().isTrue());
        assertThrows(IllegalArgumentException.class, () -> Tensor.randLike(Tensor.arange(3)));
    }

    @Test
    void aHardDrawIsOneHotAndHasTheSoftOnesGradient() {
        Tensor x = Tensor.zeros(5, 4).requiresGrad(true);
        Tensor.manualSeed(1);
        Tensor hard = x.gumbelSoftmax(0.5, true, 1);
        Tensor weights = Tensor.arange(0, 20, 1).view(5, 4).to(DType.FLOAT32);
        hard.mul(weights).sum().backward();
        Tensor ofHard = Objects.requireNonNull(x.grad());
        x.grad(null);
        Tensor.manualSeed(1);
        x.gumbelSoftmax(0.5, false, 1).mul(weights).sum().backward();
        assertTrue(hard.detach().sum(1).allclose(Tensor.ones(5)));
        assertTrue(ofHard.allclose(Objects.requireNonNull(x.grad())));
    }
}
