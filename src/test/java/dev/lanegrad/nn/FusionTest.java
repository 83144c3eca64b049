package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.nn.models.ResNet;
import org.junit.jupiter.api.Test;

class FusionTest {
    /// Statistics and factors that are not those of the start.
    private static void stir(Module model) {
        model.namedBuffers()
                .forEach((name, b) -> {
                    if (name.endsWith("running_var")) {
                        b.uniform_(0.5, 2);
                    } else if (name.endsWith("running_mean")) {
                        b.uniform_(-1, 1);
                    }
                });
        for (Module m : model.modules()) {
            if (m instanceof BatchNorm2d norm && norm.weight() != null && norm.bias() != null) {
                norm.weight().data().uniform_(0.5, 1.5);
                norm.bias().data().uniform_(-0.5, 0.5);
            }
        }
    }

    private static void sameAsBefore(Module model, Tensor x, int convolutions) {
        stir(model);
        Tensor before = model.eval().call(x).detach();
        assertEquals(convolutions, Fusion.fuse(model, x));
        assertTrue(model.modules().stream().noneMatch(BatchNorm2d.class::isInstance));
        Tensor after = model.call(x).detach();
        assertTrue(after.allclose(before, 1e-4, 1e-4), after.sub(before).abs().max().toString());
        assertEquals(0, Fusion.fuse(model, x));
    }

    @Test
    void fusedNetworksComputeTheSame() {
        Tensor.manualSeed(1);
        sameAsBefore(ResNet.resnet20(1, 10), Tensor.randn(2, 1, 12, 12), 21);
        sameAsBefore(new MobileNetV2(4, 0.25), Tensor.randn(1, 3, 32, 32), 52);
    }

    @Test
    void allOptionsOfAConvolutionStay() {
        Tensor.manualSeed(2);
        Sequential model =
                new Sequential(
                        Conv2d.builder(4, 6, 3).stride(2).padding(1).groups(2).build(),
                        new BatchNorm2d(6));
        sameAsBefore(model, Tensor.randn(2, 4, 9, 7), 1);
        assertEquals(
                "Conv2d(4, 6, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), groups=2)",
                model.get(0).toString());
        assertInstanceOf(Identity.class, model.get(1));
    }

    private static final class Both extends Module {
        private final Child conv = module("conv", new Conv2d(1, 2, 1));
        private final Child norm = module("norm", new BatchNorm2d(2));

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = conv.forward(x);
            return y.add(norm.forward(y));
        }
    }

    @Test
    void anOutputThatIsUsedTwiceIsNoticedAndNothingChanges() {
        Tensor.manualSeed(3);
        Both model = new Both();
        stir(model);
        String text = model.toString();
        Tensor x = Tensor.randn(2, 1, 3, 3);
        var e = assertThrows(IllegalArgumentException.class, () -> Fusion.fuse(model, x));
        assertEquals(
                "fuse: Both uses outputs of convolutions before and after normalization",
                e.getMessage());
        assertEquals(text, model.toString());
        assertFalse(model.isTraining());
    }
}
