package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawsTest {
    @Test
    void aPermutationHasEveryNumberOnce() {
        long[] drawn = Tensor.randperm(100).toLongArray();
        Arrays.sort(drawn);
        assertArrayEquals(Tensor.arange(100).toLongArray(), drawn);
        assertThrows(IllegalArgumentException.class, () -> Tensor.randperm(-1));
    }

    @Test
    void integersLieInTheirRange() {
        Tensor y = Tensor.randint(-3, 4, 5, 200);
        assertEquals(Shape.of(5, 200), y.shape());
        assertEquals(-3L, y.min().item());
        assertEquals(3L, y.max().item());
        assertThrows(IllegalArgumentException.class, () -> Tensor.randint(5, 5, 2));
    }

    @Test
    void aSeedBringsTheSameValuesBack() {
        Tensor.manualSeed(7);
        Tensor first = Tensor.normal(2, 0.5, 3, 4);
        Tensor.manualSeed(7);
        assertTrue(first.equal(Tensor.normal(2, 0.5, 3, 4)));
    }

    @Test
    void whatIsDrawnHasZerosForGradients() {
        Tensor mean = Tensor.of(1f, 2f, 3f).requiresGrad(true);
        Tensor std = Tensor.of(new float[][] {{1}, {0}}).requiresGrad(true);
        Tensor y = Tensor.normal(mean, std);
        assertArrayEquals(new float[] {1, 2, 3}, y.select(0, 1).toFloatArray());
        y.sum().backward();
        assertArrayEquals(new float[3], mean.grad().toFloatArray());
        assertArrayEquals(new float[2], std.grad().toFloatArray());
        Tensor p = Tensor.of(0f, 1f).requiresGrad(true);
        Tensor hits = p.bernoulli();
        assertEquals("BernoulliBackward0", hits.gradFn().name());
        assertArrayEquals(new float[] {0, 1}, hits.toFloatArray());
        hits.sum().backward();
        assertArrayEquals(new float[2], p.grad().toFloatArray());
    }

    @Test
    void categoriesWithoutWeightAreNotDrawn() {
        Tensor y = Tensor.of(new float[][] {{0, 1, 0}, {1, 0, 1}}).multinomial(50, true);
        assertEquals(Shape.of(2, 50), y.shape());
        assertTrue(y.select(0, 0).eq(1).all().isTrue());
        assertTrue(y.select(0, 1).ne(1).all().isTrue());
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Tensor.of(0.5f, 0.5f).multinomial(3, false));
        assertTrue(e.getMessage().contains("3 samples of 2 categories"), e.getMessage());
    }
}
