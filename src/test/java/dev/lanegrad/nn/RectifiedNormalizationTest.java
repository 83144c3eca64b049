package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.RectifiedNormalization;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.nn.models.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What training runs in one pass is held against the modules one by one, bit for bit: a hook on
/// each keeps them apart.
class RectifiedNormalizationTest {
    private static final class Block extends Module {
        private final Child conv = module("conv", new Conv2d(3, 5, 3));
        private final Child norm = module("norm", new BatchNorm2d(5));
        private final Child relu;
        private final boolean shortcut;

        Block(boolean shortcut, Module relu) {
            this.shortcut = shortcut;
            this.relu = module("relu", relu);
        }

        @Override
        public Tensor forward(Tensor x) {
            Supplier<Tensor> residual =
                    () ->
                            x.narrow(1, 0, 1)
                                    .narrow(2, 1, x.size(2) - 2)
                                    .narrow(3, 1, x.size(3) - 2)
                                    .expand(x.size(0), 5, x.size(2) - 2, x.size(3) - 2);
            return Fusion.normalized(conv, norm, shortcut ? residual : null, relu, x);
        }
    }

    private static List<Tensor> step(Module model, Tensor x) {
        Tensor.manualSeed(6); // for dropout
        model.zeroGrad();
        x.grad(null);
        Tensor y = model.call(x);
        y.mul(y).sum().backward();
        List<Tensor> all = new ArrayList<>(List.of(y.detach(), gradOf(x)));
        model.parameters().forEach(p -> all.add(gradOf(p)));
        model.buffers().forEach(b -> all.add(b.clone()));
        return all;
    }

    private static Tensor gradOf(Tensor x) {
        Tensor g = x.grad();
        assertTrue(g != null);
        return g.clone();
    }

    private static void sameBits(Supplier<Module> make, long... sizes) {
        Tensor.manualSeed(5);
        Module together = make.get();
        Tensor.manualSeed(5);
        Module apart = make.get();
        apart.modules().forEach(m -> m.registerForwardHook((_, _, _) -> null));
        Tensor x = Tensor.randn(sizes).requiresGrad_(true);
        List<Tensor> one = step(together, x);
        List<Tensor> each = step(apart, x);
        for (int i = 0; i < one.size(); i++) {
            assertTrue(one.get(i).equal(each.get(i)), "result " + i);
        }
    }

    @Test
    void trainingHasTheBitsOfTheModulesOneByOne() {
        for (boolean shortcut : new boolean[] {false, true}) {
            sameBits(() -> new Block(shortcut, new ReLU(true)), 2, 3, 7, 6);
            sameBits(() -> new Block(shortcut, new ReLU6(true)), 2, 3, 7, 6);
        }
        sameBits(() -> ResNet.resnet20(1, 10), 3, 1, 12, 12);
        sameBits(() -> new MobileNetV2(4, 0.25), 2, 3, 32, 32);
        sameBits(
                () -> new Sequential(new Conv2d(2, 4, 1), new BatchNorm2d(4), new ReLU6()),
                2,
                2,
                3,
                3);
        sameBits(
                () -> new Sequential(new Conv2d(2, 4, 1), new BatchNorm2d(4), new ReLU()),
                2,
                2,
                3,
                3);
        sameBits(() -> new Sequential(new Linear(2, 4), new BatchNorm1d(4), new ReLU()), 6, 2);
        sameBits(
                () -> new Sequential(BatchNorm2d.builder(2).affine(false).build(), new ReLU()),
                2,
                2,
                3,
                3);
    }

    @Test
    void theGraphHasOneNodeForBoth() {
        Tensor x = Tensor.randn(2, 4, 3, 3).requiresGrad_(true);
        var both = new Sequential(new BatchNorm2d(4), new ReLU());
        assertEquals("NativeBatchNormReluBackward0", both.call(x).gradFn().name());
        assertEquals("ReluBackward0", both.eval().call(x).gradFn().name());
        both.train();
        both.get(1).registerForwardHook((_, _, _) -> null);
        assertEquals("ReluBackward0", both.call(x).gradFn().name());
    }

    private static Tensor normal(long... sizes) {
        return Tensor.randn(sizes).to(DType.FLOAT64).requiresGrad_(true);
    }

    @Test
    void gradientsHoldAgainstFiniteDifferencesToSecondOrder() {
        Tensor.manualSeed(7);
        for (int mask = 0; mask < 16; mask++) {
            double high = (mask & 8) > 0 ? 0.5 : Double.POSITIVE_INFINITY;
            boolean w = (mask & 1) > 0;
            boolean b = (mask & 2) > 0;
            boolean z = (mask & 4) > 0;
            List<Tensor> inputs = new ArrayList<>(List.of(normal(2, 3, 2, 2)));
            if (w) {
                inputs.add(normal(3));
            }
            if (b) {
                inputs.add(normal(3));
            }
            if (z) {
                inputs.add(normal(2, 3, 2, 2));
            }
            Function<Tensor[], Tensor> f =
                    t -> {
                        int at = 1;
                        Tensor weight = w ? t[at++] : null;
                        Tensor bias = b ? t[at++] : null;
                        Tensor residual = z ? t[at] : null;
                        return new RectifiedNormalization(null, null, weight, bias, 1e-3, high)
                                .apply(t[0], residual, 0);
                    };
            Tensor[] all = inputs.toArray(new Tensor[0]);
            assertTrue(GradCheck.check(f, all).passed(), () -> GradCheck.check(f, all).toString());
            assertTrue(
                    GradCheck.checkSecond(f, all).passed(),
                    () -> GradCheck.checkSecond(f, all).toString());
        }
    }

    @Test
    void withoutRecordingNothingIsKept() {
        Tensor x = Tensor.randn(2, 4, 3, 3);
        var both = new Sequential(new BatchNorm2d(4), new ReLU());
        try (var _ = Autograd.noGrad()) {
            Tensor y = both.call(x);
            assertEquals(null, y.gradFn());
            assertArrayEquals(new long[] {2, 4, 3, 3}, y.shape().toArray());
        }
        assertEquals(1L, ((BatchNorm2d) both.get(0)).stateDict().get("num_batches_tracked").item());
    }
}
