package dev.lanegrad;

import static dev.lanegrad.Differences.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalizationTest {
    @Test
    void layersAreNormalizedOverTheLastAxes() {
        Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {2, 2, 8}});
        double s = Math.sqrt(2.0 / 3);
        double r = Math.sqrt(8);
        assertArrayEquals(
                new double[] {-1 / s, 0, 1 / s, -2 / r, -2 / r, 4 / r},
                x.layerNorm(Shape.of(3), null, null, 0).toDoubleArray(),
                1e-14);
        assertArrayEquals(
                new double[] {1 - 2 / s, 1, 1},
                x.narrow(0, 0, 1)
                        .layerNorm(
                                Shape.of(3), Tensor.of(2.0, 1.0, 0.0), Tensor.of(1.0, 1.0, 1.0), 0)
                        .toDoubleArray(),
                1e-14);
    }

    @Test
    void aLayersGradientInOnePassIsThatInOperations() {
        Tensor x = random("x", 70, 300).requiresGrad(true);
        Tensor w = random("w", 300).requiresGrad(true);
        Tensor b = random("b", 300).requiresGrad(true);
        Tensor gy = random("gy", 70, 300);
        Tensor[] in = {x, w, b};
        Tensor[] y = {x.layerNorm(Shape.of(300), w, b, 1e-3)};
        Tensor[] gradients = {gy};
        var fused = Autograd.grad(y, in, gradients, true, false, false);
        var inOperations = Autograd.grad(y, in, gradients, true, true, false);
        for (int i = 0; i < 3; i++) {
            assertClose(inOperations[i].detach(), fused[i]);
        }
    }

    @Test
    void oneGroupIsALayer() {
        Tensor x = random("x", 3, 4, 2, 2);
        Tensor expected = x.layerNorm(Shape.of(4, 2, 2), null, null, 1e-5);
        assertClose(expected, x.groupNorm(1, null, null, 1e-5));
        assertClose(expected, x.channelsLast().groupNorm(1, null, null, 1e-5));
    }

    @Test
    void asManyGroupsAsChannelsAreInstances() {
        Tensor x = random("x", 3, 4, 2, 2);
        Tensor w = random("w", 4);
        Tensor b = random("b", 4);
        assertClose(x.groupNorm(4, w, b, 1e-5), x.instanceNorm(null, null, w, b, true, 0.1, 1e-5));
    }

    @Test
    void runningStatisticsOfInstancesAreMeansOverTheBatch() {
        Tensor x = random("x", 2, 3, 5);
        Tensor mean = Tensor.of(1.0, 2.0, 3.0);
        Tensor var = Tensor.of(1.0, 1.0, 1.0);
        x.instanceNorm(mean, var, null, null, true, 0.25, 1e-5);
        assertClose(x.mean(2).mean(0).mul(0.25).add(Tensor.of(0.75, 1.5, 2.25)), mean);
        assertClose(x.var(2, false).mean(0).mul(0.25).add(0.75), var);
        Tensor before = mean.clone();
        Tensor y = x.instanceNorm(mean, var, null, null, false, 0.25, 0);
        assertClose(x.sub(mean.reshape(3, 1)).div(var.sqrt().reshape(3, 1)), y);
        assertClose(before, mean);
    }

    @Test
    void neighboursDampChannels() {
        Tensor x = Tensor.of(new double[] {1, 2, 3}, Shape.of(1, 3, 1));
        Tensor y = x.localResponseNorm(2, 2, 1, 1);
        assertArrayEquals(new double[] {1 / 2.0, 2 / 6.0, 3 / 14.0}, y.toDoubleArray(), 1e-15);
    }

    @Test
    void vectorsGetLengthOne() {
        Tensor x = Tensor.of(new double[][] {{3, 4}, {0, 0}});
        assertArrayEquals(new double[] {0.6, 0.8, 0, 0}, x.normalize().toDoubleArray());
        assertArrayEquals(
                new double[] {3 / 7.0, 4 / 7.0, 0, 0}, x.normalize(1, 1, 1e-12).toDoubleArray());
    }

    @Test
    void derivativesOfAnyOrderAreDerivatives() {
        Tensor x = random("x", 2, 4, 3);
        Differences.check(
                t -> t[0].layerNorm(Shape.of(4, 3), t[1], t[2], 1e-2),
                x,
                random("w", 4, 3),
                random("b", 4, 3));
        Differences.check(
                t -> t[0].groupNorm(2, t[1], t[2], 1e-2), x, random("w", 4), random("b", 4));
        Differences.check(
                t -> t[0].instanceNorm(null, null, t[1], t[2], true, 0.1, 1e-2),
                x,
                random("w", 4),
                random("b", 4));
        Differences.check(t -> t[0].rmsNorm(Shape.of(3), t[1], 1e-2), x, random("w", 3));
        Differences.check(t -> t[0].localResponseNorm(3, 0.5, 0.75, 1), x);
        Differences.check(t -> t[0].normalize(), x);
    }

    @Test
    void nodesAreNamedAsInPyTorch() {
        Tensor x = random("x", 2, 4, 3).requiresGrad(true);
        assertEquals(
                "NativeLayerNormBackward0",
                x.layerNorm(Shape.of(3), null, null, 1e-5).gradFn().name());
        assertEquals("NativeGroupNormBackward0", x.groupNorm(2, null, null, 1e-5).gradFn().name());
        assertEquals("DivBackward0", x.normalize().gradFn().name());
    }

    @Test
    void mistakesAreNamedWithTheirNumbers() {
        assertMessage(
                "layerNorm: normalized shape [4] must be that of the input's last axes (input [2,"
                        + " 3])",
                () -> Tensor.ones(2, 3).layerNorm(Shape.of(4), null, null, 1e-5));
        assertMessage(
                "groupNorm: number of channels must be divisible by num_groups=2 (input [2, 3, 4])",
                () -> Tensor.ones(2, 3, 4).groupNorm(2, null, null, 1e-5));
        assertMessage(
                "Expected more than 1 spatial element when training, got input size [2, 3, 1]",
                () -> Tensor.ones(2, 3, 1).instanceNorm(null, null, null, null, true, 0.1, 1e-5));
    }

    private static void assertClose(Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
