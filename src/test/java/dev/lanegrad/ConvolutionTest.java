package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConvolutionTest {
    @Test
    void sumsTheWindow() {
        Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Shape.of(1, 1, 3, 3));
        Tensor w = Tensor.of(new double[] {1, 10, 100, 1000}, Shape.of(1, 1, 2, 2));
        Tensor y = x.conv2d(w, Tensor.of(0.5));
        assertArrayEquals(new double[] {5421.5, 6532.5, 8754.5, 9865.5}, y.toDoubleArray());
    }

    @Test
    void pixelsBeyondTheEdgeAreZero() {
        Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2));
        Tensor w = Tensor.of(new double[] {1, 10, 100, 1000}, Shape.of(1, 1, 2, 2));
        Tensor y = x.conv2d(w, null, 2, 1);
        assertArrayEquals(new double[] {1000, 200, 30, 4}, y.toDoubleArray());
    }

    @Test
    void resultLiesChannelsLast() {
        Tensor y = random("x", 2, 3, 5, 4).conv2d(random("w", 6, 3, 3, 3), null, 1, 1);
        assertEquals(Shape.of(2, 6, 5, 4), y.shape());
        assertArrayEquals(new long[] {120, 1, 24, 6}, y.stride());
    }

    @Test
    void anyLayoutOfInputAndWeightGivesTheSame() {
        Tensor x = random("x", 2, 3, 5, 4);
        Tensor w = random("w", 4, 3, 3, 2);
        double[] expected = x.conv2d(w, null, 2, 1).toDoubleArray();
        Tensor turned = x.permute(3, 1, 0, 2).contiguous().permute(2, 1, 3, 0);
        Tensor last = w.channelsLast();
        assertArrayEquals(expected, x.channelsLast().conv2d(w, null, 2, 1).toDoubleArray());
        assertArrayEquals(expected, turned.conv2d(last, null, 2, 1).toDoubleArray());
        Tensor wide = random("wide", 2, 3, 10, 4);
        Tensor everySecondRow = wide.view(2, 3, 5, 8).narrow(3, 0, 4);
        assertArrayEquals(
                everySecondRow.contiguous().conv2d(w, null, 2, 1).toDoubleArray(),
                everySecondRow.conv2d(w, null, 2, 1).toDoubleArray());
    }

    @Test
    void gradientOfTheWeightLiesAsTheWeight() {
        Tensor x = random("x", 2, 3, 5, 4);
        Tensor w = random("w", 4, 3, 3, 2).channelsLast().requiresGrad(true);
        x.conv2d(w, null).sum().backward();
        assertArrayEquals(w.stride(), w.grad().stride());
        assertArrayEquals(new long[] {18, 1, 6, 3}, w.grad().stride());
    }

    @Test
    void derivativesOfAnyOrderAreDerivatives() {
        Differences.check(
                t ->
                        t[0].conv2d(
                                t[1],
                                t[2],
                                new int[] {2, 1},
                                new int[] {1, 2},
                                new int[] {1, 2},
                                1),
                random("x", 2, 2, 4, 3),
                random("w", 3, 2, 3, 2),
                random("b", 3));
    }

    @Test
    void groupsAreConvolutionsSideBySide() {
        Tensor x = random("x", 1, 4, 4, 4);
        Tensor w = random("w", 6, 2, 3, 3);
        Tensor y = x.conv2d(w, null, 1, 0, 1, 2);
        Tensor first = x.narrow(1, 0, 2).conv2d(w.narrow(0, 0, 3), null);
        Tensor second = x.narrow(1, 2, 2).conv2d(w.narrow(0, 3, 3), null);
        assertArrayEquals(first.toDoubleArray(), y.narrow(1, 0, 3).toDoubleArray(), 1e-14);
        assertArrayEquals(second.toDoubleArray(), y.narrow(1, 3, 3).toDoubleArray(), 1e-14);
        Differences.check(t -> t[0].conv2d(t[1], null, 1, 1, 1, 2), x, w);
    }

    @Test
    void transposeIsTheTranspose() {
        Tensor x = random("x", 2, 3, 5, 7);
        Tensor w = random("w", 4, 3, 3, 2);
        Tensor y = random("y", 2, 4, 3, 3);
        int[] two = {2};
        int[] pad = {1, 0};
        int[] one = {1};
        int[] extra = {0, 1};
        double forward = inner(x.conv2d(w, null, two, pad, one, 1), y);
        double backward = inner(x, y.convTranspose2d(w, null, two, pad, extra, 1, one));
        assertEquals(forward, backward, 1e-12);
    }

    private static double inner(Tensor a, Tensor b) {
        assertEquals(a.shape(), b.shape());
        return (double) a.mul(b).sum().item();
    }

    @Test
    void derivativesOfTheTransposeOfAnyOrderAreDerivatives() {
        Differences.check(
                t -> t[0].convTranspose2d(t[1], t[2], 2, 1, 1, 2, 1),
                random("x", 2, 4, 3, 2),
                random("w", 4, 2, 3, 2),
                random("b", 4));
        Differences.check(
                t -> t[0].convTranspose1d(t[1], t[2], 2, 1, 0, 1, 2),
                random("x", 1, 2, 4),
                random("w", 2, 3, 3),
                random("b", 3));
    }

    @Test
    void sequencesAreImagesOfOneRow() {
        Tensor x = random("x", 2, 3, 7);
        Tensor w = random("w", 4, 3, 3);
        assertArrayEquals(
                x.unsqueeze(2)
                        .conv2d(
                                w.unsqueeze(2),
                                null,
                                new int[] {1, 2},
                                new int[] {0, 1},
                                new int[] {1},
                                1)
                        .toDoubleArray(),
                x.conv1d(w, null, 2, 1, 1, 1).toDoubleArray());
        Differences.check(t -> t[0].conv1d(t[1], t[2], 2, 1, 2, 1), x, w, random("b", 4));
    }

    @Test
    void aSingleImageNeedsNoBatchAxis() {
        Tensor x = random("x", 3, 5, 4).requiresGrad(true);
        Tensor y = x.conv2d(random("w", 2, 3, 3, 3), null);
        assertEquals(Shape.of(2, 3, 2), y.shape());
        assertEquals("SqueezeBackward1", y.gradFn().name());
        y.sum().backward();
        assertEquals(x.shape(), x.grad().shape());
    }

    @Test
    void anEmptyBatchHasZeroGradients() {
        Tensor w = random("w", 4, 3, 3, 3).requiresGrad(true);
        Tensor b = random("b", 4).requiresGrad(true);
        Tensor y = Tensor.empty(Shape.of(0, 3, 5, 5), DType.FLOAT64).conv2d(w, b);
        assertEquals(Shape.of(0, 4, 3, 3), y.shape());
        y.sum().backward();
        assertArrayEquals(new double[108], w.grad().toDoubleArray());
        assertArrayEquals(new double[4], b.grad().toDoubleArray());
    }

    @Test
    void nodesAreNamedAsInPyTorch() {
        Tensor x = random("x", 1, 2, 4, 4).requiresGrad(true);
        Tensor w = random("w", 3, 2, 3, 3).requiresGrad(true);
        Node node = x.conv2d(w, null).gradFn();
        assertEquals("ConvolutionBackward0", node.name());
        assertEquals(3, node.nextFunctions().size());
        Tensor t = x.convTranspose2d(random("v", 2, 3, 3, 3), null, 1, 0, 0, 1, 1);
        assertEquals("ConvolutionBackward0", t.gradFn().name());
    }

    @Test
    void onlyWhatIsNeededIsKept() {
        Tensor x = random("x", 1, 2, 4, 4);
        Tensor w = random("w", 3, 2, 3, 3).requiresGrad(true);
        Tensor y = x.conv2d(w, null);
        w.detach().mul_(2);
        y.sum().backward();
        Tensor z = x.conv2d(w, null);
        x.mul_(2);
        assertThrows(IllegalStateException.class, () -> z.sum().backward());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        Tensor x = Tensor.zeros(8, 3, 32, 32);
        assertMessage(
                "conv2d: input has 3 channels but weight expects 4 (input [8, 3, 32, 32], weight"
                        + " [16, 4, 3, 3])",
                () -> x.conv2d(Tensor.zeros(16, 4, 3, 3), null));
        assertMessage(
                "conv2d: the window spans 35 pixels but the padded input has 34 at axis 3 (input [8,"
                        + " 3, 32, 32], weight [16, 3, 3, 35])",
                () -> x.conv2d(Tensor.zeros(16, 3, 3, 35), null, 1, 1));
        assertMessage(
                "conv2d: types float32 and float64 differ (input [8, 3, 32, 32], weight [2, 3, 1,"
                        + " 1])",
                () -> x.conv2d(Tensor.zeros(2, 3, 1, 1).to(DType.FLOAT64), null));
        assertMessage(
                "conv2d: stride must be positive but is 0 (input [8, 3, 32, 32], weight [2, 3, 1,"
                        + " 1], bias [2])",
                () -> x.conv2d(Tensor.zeros(2, 3, 1, 1), Tensor.zeros(2), 0, 0));
        assertMessage(
                "convTranspose2d: output padding must be at least 0 and less than stride 2, but is 2"
                        + " (input [8, 3, 32, 32], weight [3, 2, 1, 1])",
                () -> x.convTranspose2d(Tensor.zeros(3, 2, 1, 1), null, 2, 0, 2, 1, 1));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }

    @Test
    void fastConvolutionsAndTheirGradientsAreCloseToExactOnes() {
        Tensor[] exact = layer(ConvolutionMode.EXACT);
        Tensor[] fast = layer(ConvolutionMode.FAST);
        for (int i = 0; i < exact.length; i++) {
            assertFalse(fast[i].equal(exact[i]), "the fast way was not taken");
            assertTrue(fast[i].allclose(exact[i], 1e-12, 1e-12));
        }
        assertTrue(layer(ConvolutionMode.EXACT)[0].equal(exact[0]), "the mode did not end");
    }

    /// A layer that Winograd's algorithm serves: its output and the gradients of its operands,
    /// computed when the mode is over.
    private static Tensor[] layer(ConvolutionMode mode) {
        Tensor x = random("x", 2, 32, 14, 13).requiresGrad(true);
        Tensor w = random("w", 48, 32, 3, 3).requiresGrad(true);
        Tensor y;
        try (var _ = Lanegrad.convolution(mode)) {
            y = x.conv2d(w, null, 1, 1);
        }
        y.mul(random("v", 2, 48, 14, 13)).sum().backward();
        return new Tensor[] {y.detach(), x.grad(), w.grad()};
    }
}
