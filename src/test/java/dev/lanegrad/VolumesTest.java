package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Convolutions and poolings of volumes against their definitions.
class VolumesTest {
    private static final int[] STRIDE = {2, 1, 3};
    private static final int[] PADDING = {1, 2, 0};
    private static final int[] DILATION = {2, 1, 1};

    private static double at(Tensor x, int... index) {
        int place = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= x.size(axis)) {
                return 0;
            }
            place = place * x.size(axis) + index[axis];
        }
        return x.toDoubleArray()[place];
    }

    private static double[] convolved(Tensor x, Tensor w, Tensor bias, Shape out, int groups) {
        double[] y = new double[out.numel()];
        int channels = w.size(1);
        for (int i = 0; i < y.length; i++) {
            int column = i % out.size(4);
            int row = i / out.size(4) % out.size(3);
            int slice = i / (out.size(4) * out.size(3)) % out.size(2);
            int o = i / (out.size(4) * out.size(3) * out.size(2)) % out.size(1);
            int n = i / (out.numel() / out.size(0));
            double sum = at(bias, o);
            for (int k = 0; k < w.numel() / w.size(0); k++) {
                int q = k % w.size(4);
                int r = k / w.size(4) % w.size(3);
                int d = k / (w.size(4) * w.size(3)) % w.size(2);
                int c = k / (w.size(4) * w.size(3) * w.size(2));
                sum +=
                        at(w, o, c, d, r, q)
                                * at(
                                        x,
                                        n,
                                        o / (w.size(0) / groups) * channels + c,
                                        slice * STRIDE[0] + d * DILATION[0] - PADDING[0],
                                        row * STRIDE[1] + r * DILATION[1] - PADDING[1],
                                        column * STRIDE[2] + q * DILATION[2] - PADDING[2]);
            }
            y[i] = sum;
        }
        return y;
    }

    @Test
    void aConvolutionSumsTheWindow() {
        Tensor x = random("x", 2, 4, 5, 3, 7);
        Tensor w = random("w", 6, 2, 3, 2, 2);
        Tensor bias = random("b", 6);
        Tensor y = x.conv3d(w, bias, STRIDE, PADDING, DILATION, 2);
        assertEquals(Shape.of(2, 6, 2, 6, 2), y.shape());
        assertArrayEquals(convolved(x, w, bias, y.shape(), 2), y.toDoubleArray(), 1e-12);
        Tensor one = x.select(0, 1).conv3d(w, bias, STRIDE, PADDING, DILATION, 2);
        assertArrayEquals(y.select(0, 1).toDoubleArray(), one.toDoubleArray(), 1e-12);
        Tensor last = x.permute(0, 2, 3, 4, 1).contiguous().permute(0, 4, 1, 2, 3);
        Tensor turned = w.permute(2, 3, 4, 1, 0).contiguous().permute(4, 3, 0, 1, 2);
        assertArrayEquals(
                y.toDoubleArray(),
                last.conv3d(turned, bias, STRIDE, PADDING, DILATION, 2).toDoubleArray(),
                1e-12);
    }

    @Test
    void aSliceOutsideTheVolumeAddsNothing() {
        Tensor x = random("x", 1, 1, 1, 2, 2);
        Tensor w = random("w", 1, 1, 5, 1, 1).requiresGrad(true);
        int[] one = {1};
        Tensor y = x.conv3d(w, null, one, new int[] {2, 0, 0}, one, 1);
        assertEquals(Shape.of(1, 1, 1, 2, 2), y.shape());
        y.sum().backward();
        assertArrayEquals(
                new double[] {0, 0, (double) x.sum().item(), 0, 0},
                w.grad().toDoubleArray(),
                1e-12);
    }

    @Test
    void theTransposeIsTheTranspose() {
        Tensor x = random("x", 2, 4, 5, 3, 7);
        Tensor w = random("w", 6, 2, 3, 2, 2);
        Tensor y = x.conv3d(w, null, STRIDE, PADDING, DILATION, 2);
        Tensor g = random("g", 2, 6, 2, 6, 2);
        Tensor back = g.convTranspose3d(w, null, STRIDE, PADDING, new int[] {0, 0, 2}, 2, DILATION);
        assertEquals(x.shape(), back.shape());
        assertEquals((double) y.mul(g).sum().item(), (double) back.mul(x).sum().item(), 1e-11);
    }

    @Test
    void nodesAreNamedAsInPyTorch() {
        Tensor x = random("x", 1, 2, 4, 4, 4).requiresGrad(true);
        int[] two = {2};
        assertEquals(
                "ConvolutionBackward0", x.conv3d(random("w", 2, 2, 1, 1, 1), null).gradFn().name());
        assertEquals("MaxPool3DWithIndicesBackward0", x.maxPool3d(2).gradFn().name());
        assertEquals("AvgPool3DBackward0", x.avgPool3d(2).gradFn().name());
        assertEquals("AdaptiveMaxPool3DBackward0", x.adaptiveMaxPool3d(2, 2, 2).gradFn().name());
        assertEquals("AdaptiveAvgPool3DBackward0", x.adaptiveAvgPool3d(2, 2, 2).gradFn().name());
        assertEquals("MeanBackward1", x.adaptiveAvgPool3d(1, 1, 1).gradFn().name());
        ValuesAndIndices most = x.maxPool3dWithIndices(two, null, new int[1], new int[] {1}, false);
        Tensor back = most.values().maxUnpool3d(most.indices(), two, null, new int[1], null);
        assertEquals("MaxUnpool3DBackward0", back.gradFn().name());
        assertEquals((double) most.values().sum().item(), (double) back.sum().item(), 1e-12);
    }

    @Test
    void theMaximumOfABoxIsTheFirstOfEqualOnesOrTheLastNotANumber() {
        double[] values = new double[2 * 4 * 4 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 5;
        }
        values[21] = Double.NaN;
        values[38] = Double.NaN;
        Tensor x = Tensor.of(values, Shape.of(1, 2, 4, 4, 4));
        int[] kernel = {3, 2, 2};
        int[] stride = {1, 2, 1};
        int[] padding = {1, 0, 1};
        ValuesAndIndices most =
                x.maxPool3dWithIndices(kernel, stride, padding, new int[] {1}, false);
        Shape out = most.values().shape();
        assertEquals(Shape.of(1, 2, 4, 2, 5), out);
        long[] places = new long[out.numel()];
        for (int i = 0; i < places.length; i++) {
            int[] o = {i / 40, i / 10 % 4, i / 5 % 2, i % 5};
            double best = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < 12; k++) {
                int d = o[1] * stride[0] - padding[0] + k / 4;
                int r = o[2] * stride[1] - padding[1] + k / 2 % 2;
                int q = o[3] * stride[2] - padding[2] + k % 2;
                if (d >= 0 && d < 4 && r >= 0 && r < 4 && q >= 0 && q < 4) {
                    int place = d * 16 + r * 4 + q;
                    double v = values[o[0] * 64 + place];
                    if (v > best || Double.isNaN(v)) {
                        best = v;
                        places[i] = place;
                    }
                }
            }
        }
        assertArrayEquals(places, most.indices().toLongArray());
        Tensor taken = x.reshape(2, 64).gather(1, most.indices().reshape(2, 40));
        assertArrayEquals(taken.toDoubleArray(), most.values().toDoubleArray());
    }

    @Test
    void meansCountThePaddingOrNotOrAreDividedAsTold() {
        Tensor x = random("x", 1, 2, 5, 4, 6);
        int[] kernel = {3, 2, 3};
        int[] stride = {2, 2, 2};
        int[] padding = {1, 1, 0};
        for (int way = 0; way < 3; way++) {
            Tensor y = x.avgPool3d(kernel, stride, padding, true, way == 0, way == 2 ? 5 : 0);
            Shape out = y.shape();
            assertEquals(Shape.of(1, 2, 3, 3, 3), out);
            double[] expected = new double[out.numel()];
            for (int i = 0; i < expected.length; i++) {
                int[] o = {i / 27, i / 9 % 3, i / 3 % 3, i % 3};
                int inside = 0;
                int padded = 0;
                for (int k = 0; k < 18; k++) {
                    int d = o[1] * stride[0] - padding[0] + k / 6;
                    int r = o[2] * stride[1] - padding[1] + k / 3 % 2;
                    int q = o[3] * stride[2] - padding[2] + k % 3;
                    boolean within = d >= 0 && d < 5 && r >= 0 && r < 4 && q >= 0 && q < 6;
                    inside += within ? 1 : 0;
                    padded += d < 6 && r < 5 && q < 6 ? 1 : 0;
                    expected[i] += at(x, 0, o[0], d, r, q);
                }
                expected[i] /= way == 0 ? padded : way == 1 ? inside : 5;
            }
            assertArrayEquals(expected, y.toDoubleArray(), 1e-12, "way " + way);
        }
    }

    @Test
    void whatAPoolingFoundIsPutBack() {
        Tensor x = Tensor.of(1f, 5, 2, 8, 3, 9, 4).view(1, 1, 7);
        int[] two = {2};
        int[] none = {0};
        ValuesAndIndices most =
                x.view(1, 1, 1, 7)
                        .maxPool2dWithIndices(
                                new int[] {1, 2}, null, new int[] {0, 0}, new int[] {1}, false);
        Tensor values = most.values().squeeze(2);
        Tensor at = most.indices().squeeze(2);
        assertArrayEquals(
                new float[] {0, 5, 0, 8, 0, 9},
                values.maxUnpool1d(at, two, null, none, null).toFloatArray());
        assertArrayEquals(
                new float[] {0, 5, 0, 8, 0, 9, 0},
                values.maxUnpool1d(at, two, null, none, new int[] {7}).toFloatArray());
        Exception far =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> values.maxUnpool1d(at, two, null, none, new int[] {9}));
        assertEquals(
                "maxUnpool1d: output size [9] is not less than the stride [2] from [6] (input [1, 1, 3])",
                far.getMessage());
        Exception outside =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> values.maxUnpool1d(at.add(3), two, null, none, null));
        assertEquals(
                "maxUnpool1d: found an invalid max index: 6 (output of size [6, 1], input [1, 1, 3, 1])",
                outside.getMessage());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        Tensor x = random("x", 1, 2, 4, 4, 4);
        assertEquals(
                "conv3d: input has 2 channels but weight expects 3 (input [1, 2, 4, 4, 4], weight [1, 3, 1, 1, 1])",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> x.conv3d(random("w", 1, 3, 1, 1, 1), null))
                        .getMessage());
        assertEquals(
                "maxPool3d: input needs 4 or 5 axes but has 3 (input [2, 4, 4])",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> random("x", 2, 4, 4).maxPool3d(2))
                        .getMessage());
    }
}
