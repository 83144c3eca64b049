package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DropoutsTest {
    @Test
    void channelsAreDroppedAsAWhole() {
        Tensor.manualSeed(0);
        double[] byChannel = Tensor.ones(2, 3).dropout(0.5, true).toDoubleArray();
        Tensor.manualSeed(0);
        Tensor y = Tensor.ones(2, 3, 2, 2).featureDropout(0.5, true);
        double[] expected = new double[24];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = byChannel[i / 4];
        }
        assertArrayEquals(expected, y.toDoubleArray());
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor.manualSeed(1);
        Tensor x = Tensor.randn(100_000).to(DType.FLOAT64);
        Tensor y = x.alphaDropout(0.3, true);
        assertEquals(0, (double) y.mean().item(), 0.02);
        assertEquals(1, (double) y.var().item(), 0.02);
        double a = 1 / Math.sqrt((1.7580993408473766 * 1.7580993408473766 * 0.3 + 1) * 0.7);
        double dropped = a * -1.7580993408473766 * 0.7;
        double share = (double) y.sub(dropped).abs().lt(1e-12).to(DType.FLOAT64).mean().item();
        assertEquals(0.3, share, 0.01);
    }

    @Test
    void gradientsPassWhereElementsStay() {
        Tensor.manualSeed(2);
        Tensor x = Tensor.ones(4, 5).requiresGrad(true);
        Tensor y = x.dropout(0.25, true);
        assertEquals("MulBackward0", y.gradFn().name());
        y.sum().backward();
        assertArrayEquals(y.toDoubleArray(), x.grad().toDoubleArray());
    }

    @Test
    void evaluationChangesNothing() {
        Tensor x = Tensor.ones(2, 3);
        assertSame(x, x.dropout(0.5, false));
        assertSame(x, x.featureDropout(0.5, false));
        assertSame(x, x.alphaDropout(0.5, false));
        assertSame(x, x.featureAlphaDropout(0, true));
    }

    @Test
    void certaintyDropsEverything() {
        assertArrayEquals(new double[4], Tensor.ones(4).dropout(1, true).toDoubleArray());
        assertArrayEquals(new double[4], Tensor.ones(4).alphaDropout(1, true).toDoubleArray());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        assertEquals(
                "dropout probability has to be between 0 and 1, but got 1.5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tensor.ones(2).dropout(1.5, true))
                        .getMessage());
        assertEquals(
                "featureDropout: input needs at least 2 axes but has 1 (input [2])",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tensor.ones(2).featureDropout(0.5, true))
                        .getMessage());
    }
}
