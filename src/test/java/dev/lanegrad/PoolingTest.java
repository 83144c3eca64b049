package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PoolingTest {
    private static final Tensor X =
            Tensor.of(
                    new double[] {1, 5, 2, 0, 3, 4, 8, 8, -1, -2, -3, -4, -5, -6, -7, -8},
                    Shape.of(1, 1, 4, 4));

    @Test
    void takesTheMaximumOfEachWindow() {
        assertArrayEquals(new double[] {5, 8, -1, -3}, X.maxPool2d(2).toDoubleArray());
        Tensor y = X.maxPool2d(3, 2, 1);
        assertArrayEquals(new double[] {5, 8, 4, 8}, y.toDoubleArray());
    }

    @Test
    void tellsWhereTheMaximaAre() {
        ValuesAndIndices m =
                X.maxPool2dWithIndices(new int[] {2}, null, new int[] {0}, new int[] {1}, false);
        assertArrayEquals(new long[] {1, 6, 8, 10}, m.indices().toLongArray());
        assertEquals(DType.INT64, m.indices().dtype());
    }

    @Test
    void theFirstOfEqualMaximaGetsTheGradient() {
        Tensor x = Tensor.zeros(1, 1, 2, 2).requiresGrad(true);
        x.maxPool2d(2).sum().backward();
        assertArrayEquals(new double[] {1, 0, 0, 0}, x.grad().toDoubleArray());
    }

    @Test
    void notANumberIsTheMaximum() {
        Tensor x = Tensor.of(new float[] {1, Float.NaN, 3, 4}, Shape.of(1, 1, 2, 2));
        assertTrue(Float.isNaN((float) x.maxPool2d(2).item()));
    }

    @Test
    void meansCountThePaddingOrNot() {
        Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2));
        assertArrayEquals(new double[] {0.25, 0.5, 0.75, 1}, x.avgPool2d(2, 2, 1).toDoubleArray());
        assertArrayEquals(
                new double[] {1, 2, 3, 4}, x.avgPool2d(2, 2, 1, false, false, 0).toDoubleArray());
        assertArrayEquals(
                new double[] {0.5, 1, 1.5, 2},
                x.avgPool2d(2, 2, 1, false, true, 2).toDoubleArray());
    }

    @Test
    void adaptiveWindowsCoverTheImage() {
        Tensor y = X.adaptiveAvgPool2d(3, 1);
        assertArrayEquals(new double[] {3.875, 1.625, -4.5}, y.toDoubleArray());
        assertArrayEquals(new double[] {8, 8, -1}, X.adaptiveMaxPool2d(3, 1).toDoubleArray());
    }

    @Test
    void anyLayoutGivesTheSame() {
        Tensor x = random("x", 2, 3, 5, 6);
        Tensor turned = x.permute(3, 1, 0, 2).contiguous().permute(2, 1, 3, 0);
        for (Tensor t : new Tensor[] {x.channelsLast(), turned}) {
            assertArrayEquals(
                    x.maxPool2d(2, 2, 1).toDoubleArray(), t.maxPool2d(2, 2, 1).toDoubleArray());
            assertArrayEquals(
                    x.adaptiveAvgPool2d(2, 4).toDoubleArray(),
                    t.adaptiveAvgPool2d(2, 4).toDoubleArray());
        }
        Tensor y = x.maxPool2d(2);
        assertArrayEquals(new long[] {18, 1, 9, 3}, y.stride());
        assertArrayEquals(
                x.narrow(0, 1, 1).squeeze(0).maxPool2d(2).toDoubleArray(),
                y.narrow(0, 1, 1).toDoubleArray());
    }

    @Test
    void derivativesOfAnyOrderAreDerivatives() {
        Tensor x = random("x", 2, 2, 5, 4);
        Differences.check(t -> t[0].maxPool2d(3, 2, 1).square(), x);
        Differences.check(t -> t[0].maxPool2d(2, 1, 0, 2, false).square(), x);
        Differences.check(t -> t[0].avgPool2d(3, 2, 1, true, false, 0).square(), x);
        Differences.check(t -> t[0].adaptiveAvgPool2d(3, 2).square(), x);
        Differences.check(t -> t[0].adaptiveAvgPool2d(1).square(), x);
        Differences.check(t -> t[0].adaptiveMaxPool2d(3, 2).square(), x);
        Differences.check(t -> t[0].abs().add(0.1).lpPool2d(3, 2, 1, false), x);
        Differences.check(t -> t[0].abs().add(0.1).flatten(2, 3).lpPool1d(3, 2, 1, false), x);
    }

    @Test
    void gradientsOfMeansOverPixelsStayChannelsLast() {
        Tensor x = random("x", 2, 3, 4, 4).channelsLast().requiresGrad(true);
        x.relu().adaptiveAvgPool2d(1).sum().backward();
        assertArrayEquals(x.stride(), x.grad().stride());
    }

    @Test
    void imagesWithoutABatchAxisAndSequencesHaveGradientsToo() {
        Tensor x = random("x", 2, 5, 4);
        Differences.check(t -> t[0].maxPool2d(2).square(), x);
        Differences.check(t -> t[0].avgPool2d(2).square(), x);
        Differences.check(t -> t[0].maxPool1d(2, 2, 1, 1, false).square(), x);
        Differences.check(t -> t[0].avgPool1d(2, 1, 0, false, true).square(), x);
        Differences.check(t -> t[0].adaptiveAvgPool1d(3).square(), x);
        assertEquals(Shape.of(2, 5, 3), x.adaptiveMaxPool1d(3).shape());
    }

    @Test
    void nodesAreNamedAsInPyTorch() {
        Tensor x = random("x", 1, 2, 4, 4).requiresGrad(true);
        assertEquals("MaxPool2DWithIndicesBackward0", x.maxPool2d(2).gradFn().name());
        assertEquals("AvgPool2DBackward0", x.avgPool2d(2).gradFn().name());
        assertEquals("AdaptiveAvgPool2DBackward0", x.adaptiveAvgPool2d(2).gradFn().name());
        assertEquals("AdaptiveMaxPool2DBackward0", x.adaptiveMaxPool2d(2).gradFn().name());
        assertEquals("MeanBackward1", x.adaptiveAvgPool2d(1).gradFn().name());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        Tensor x = Tensor.zeros(1, 1, 4, 4);
        assertMessage(
                "maxPool2d: the window spans 5 pixels but the padded input has 4, so the"
                        + " output would have size 0 (input [1, 1, 4, 4])",
                () -> x.maxPool2d(5));
        assertMessage(
                "maxPool2d: stride must be positive but is 0 (input [1, 1, 4, 4])",
                () -> x.maxPool2d(2, 0, 0));
        assertMessage(
                "avgPool2d: padding 2 is not in 0 to half of the kernel's 3 (input [1, 1, 4, 4])",
                () -> x.avgPool2d(3, 1, 2));
        assertMessage(
                "maxPool2d: input needs 3 or 4 axes but has 2 (input [4, 4])",
                () -> Tensor.zeros(4, 4).maxPool2d(2));
        assertMessage(
                "adaptiveAvgPool2d: output size must be greater than 0 but is [-1, -1] (input"
                        + " [1, 1, 4, 4])",
                () -> x.adaptiveAvgPool2d(-1));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
