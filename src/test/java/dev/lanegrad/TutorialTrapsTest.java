package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.nn.BatchNorm2d;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What PyTorch's tutorials say wrongly, or what surprises in them: section "What the tutorials get
/// wrong" of `docs/tutorials.md`, sentence by sentence.
class TutorialTrapsTest {
    private static Tensor leaf(float... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static float[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toFloatArray();
    }

    // ------------------------------------------------------------ what the texts say

    @Test
    void differentiationIsExactUpToRoundingAndFiniteDifferencesAreTheApproximation() {
        double a = 1.0 / 3;
        Tensor x = Tensor.scalar(a).requiresGrad(true);
        x.pow(3).exp().backward();
        double exact = 3 * a * a * Math.exp(a * a * a);
        double automatic = (double) x.grad().item();
        assertEquals(exact, automatic, 2 * Math.ulp(exact));
        double h = 1e-6;
        double difference = (Math.exp(Math.pow(a + h, 3)) - Math.exp(Math.pow(a - h, 3))) / (2 * h);
        assertTrue(Math.abs(difference - exact) > 2 * Math.ulp(exact));
    }

    @Test
    void eachForwardBuildsTheGraphAndBackwardOnlyFreesWhatWasSaved() {
        Tensor x = leaf(3);
        Tensor y = x.mul(x);
        Node node = y.gradFn();
        assertNotEquals(node, x.mul(x).gradFn());
        y.backward(null, true, false);
        y.backward();
        assertSame(node, y.gradFn());
        Exception e = assertThrows(IllegalStateException.class, y::backward);
        assertTrue(e.getMessage().contains("backward through the graph a second time"));
        Tensor sum = x.add(1);
        sum.backward();
        sum.backward();
        assertArrayEquals(new float[] {6 + 6 + 1 + 1}, grad(x));
    }

    @Test
    void aNumberIsNoGradientButATensorOfTheSameShapeIs() {
        Tensor z = leaf(1, 2).mul(2);
        assertThrows(IllegalArgumentException.class, () -> z.backward(Tensor.scalar(1f)));
        z.backward(Tensor.of(1f, 1f));
    }

    @Test
    void theDefaultOfRequiresGradInPlaceIsTrue() {
        assertTrue(Tensor.ones(2).requiresGrad_().requiresGrad());
    }

    // ------------------------------------------------------------ what the cells do

    @Test
    void theGradOfANonLeafStaysNullAfterBackwardAndWarnsAndRetainGradIsTheWay() {
        List<String> warnings = new ArrayList<>();
        Consumer<String> before = Lanegrad.onWarning(warnings::add);
        try {
            Tensor x = leaf(1, 2);
            assertNull(x.grad());
            Tensor y = x.mul(2);
            assertNull(y.grad());
            y.sum().backward();
            assertNull(y.grad());
            assertNotNull(x.grad());
            Tensor kept = x.mul(2).retainGrad();
            kept.sum().backward();
            assertArrayEquals(new float[] {1, 1}, grad(kept));
        } finally {
            Lanegrad.onWarning(before);
        }
        assertEquals(2, warnings.size());
        assertTrue(warnings.getLast().contains("use .retain_grad() on the non-leaf Tensor"));
    }

    @Test
    void runningStatisticsMoveAlthoughNoParameterRequiresAGradientUnlessTheModuleIsFrozen() {
        BatchNorm2d m = new BatchNorm2d(3);
        m.parameters().forEach(p -> p.requiresGrad(false));
        Tensor x = Tensor.ones(2, 3, 2, 2);
        m.forward(x);
        assertEquals(0.1f, m.runningMean().toFloatArray()[0], 1e-7);
        m.freeze();
        m.train();
        m.forward(x);
        assertEquals(0.1f, m.runningMean().toFloatArray()[0], 1e-7);
    }

    @Test
    void theNodeOfAMatrixProductIsNamedMmBackward0Today() {
        Tensor x = Tensor.ones(2, 2).requiresGrad(true);
        assertEquals("MmBackward0", x.mm(x).gradFn().name());
        assertTrue(x.mm(x).gradFn().toString().matches("<MmBackward0 object at 0x[0-9a-f]+>"));
    }

    @Test
    void parametersWithoutAGradientAreSkippedEntirely() {
        Linear m = new Linear(2, 2);
        m.weight().requiresGrad(false);
        float[] weight = m.weight().toFloatArray();
        SGD optimizer = SGD.builder(m.parameters()).lr(1).momentum(0.9).weightDecay(0.5).build();
        m.forward(Tensor.ones(1, 2)).sum().backward();
        optimizer.step();
        assertArrayEquals(weight, m.weight().toFloatArray());
    }

    @Test
    void freezingAfterABackwardLeavesTheOldGradientAndAStepStillMoves() {
        Linear m = new Linear(2, 2);
        float[] weight = m.weight().toFloatArray();
        SGD optimizer = SGD.builder(m.parameters()).lr(1).build();
        m.forward(Tensor.ones(1, 2)).sum().backward();
        m.requiresGrad(false);
        optimizer.step();
        assertEquals(weight[0] - 1, m.weight().toFloatArray()[0], 1e-6);
        m.requiresGrad(true);
        m.forward(Tensor.ones(1, 2)).sum().backward();
        m.freeze();
        weight = m.weight().toFloatArray();
        optimizer.step();
        assertArrayEquals(weight, m.weight().toFloatArray());
    }

    @Test
    void anInPlaceWriteComesBeforeRequiresGradAndTheOtherOrderIsRefused() {
        Tensor.ones(2).add_(1).requiresGrad_();
        Tensor g = Tensor.ones(2).requiresGrad_();
        Exception e = assertThrows(IllegalStateException.class, () -> g.add_(1));
        assertEquals(
                "a leaf Variable that requires grad is being used in an in-place operation.",
                e.getMessage());
    }

    @Test
    void gradientsAccumulateUntilSomebodyCallsZeroGrad() {
        Linear m = new Linear(1, 1);
        SGD optimizer = SGD.builder(m.parameters()).lr(0.1).build();
        Tensor x = Tensor.ones(1, 1);
        m.forward(x).sum().backward();
        m.forward(x).sum().backward();
        assertArrayEquals(new float[] {2}, grad(m.weight()));
        optimizer.zeroGrad();
        m.forward(x).sum().backward();
        assertArrayEquals(new float[] {1}, grad(m.weight()));
    }

    @Test
    void theSumOfPredictionsMinusLabelsIgnoresTheLabelsAndHasNoLowerBound() {
        Linear m = new Linear(3, 2);
        Tensor x = Tensor.rand(4, 3);
        SGD optimizer = SGD.builder(m.parameters()).lr(1).build();
        Tensor[] g = new Tensor[2];
        for (int i = 0; i < 2; i++) {
            optimizer.zeroGrad();
            m.forward(x).sub(Tensor.rand(4, 2)).sum().backward();
            g[i] = m.weight().grad();
        }
        assertTrue(g[0].eq(g[1]).all().isTrue());
        float[] losses = new float[30];
        for (int i = 0; i < losses.length; i++) {
            optimizer.step();
            losses[i] = (float) m.forward(x).sum().item();
        }
        assertTrue(losses[29] < losses[9] - 100 && losses[9] < losses[0] - 50);
    }

    @Test
    void gradientsAreExactlyEqualOnlySincePowMultipliesForExponents2And3() {
        Tensor a = leaf(2, 3);
        a.pow(3).mul(3).backward(Tensor.ones(2));
        assertTrue(a.pow(2).mul(9).eq(a.grad()).all().isTrue());
        Tensor x = Tensor.randn(1000);
        assertTrue(x.pow(2).eq(x.mul(x)).all().isTrue());
        assertTrue(x.pow(3).eq(x.mul(x).mul(x)).all().isTrue());
        Tensor b = Tensor.randn(1000).requiresGrad(true);
        b.pow(3).mul(3).sum().backward();
        Tensor expected = b.detach().mul(b.detach()).mul(9);
        assertFalse(expected.eq(b.grad()).all().isTrue());
        assertTrue(expected.allclose(b.grad()));
    }

    @Test
    void theRootMustHaveOneElementNotTheLeaf() {
        Tensor x = leaf(1, 2, 3);
        x.sum().backward();
        x.mul(2).sum().reshape(1).backward();
        x.mul(2).sum().reshape(1, 1).backward();
        assertArrayEquals(new float[] {5, 5, 5}, grad(x));
        assertThrows(IllegalStateException.class, () -> x.mul(2).backward());
    }

    @Test
    void writingThroughDataBypassesTheVersionCounterAndWritingThroughDetachDoesNot() {
        Tensor x = leaf(1, 2);
        Tensor unnoticed = x.mul(x).sum();
        x.data().mul_(10);
        unnoticed.backward();
        assertArrayEquals(new float[] {20, 40}, grad(x));
        Tensor noticed = x.mul(x).sum();
        x.detach().mul_(10);
        Exception e = assertThrows(IllegalStateException.class, noticed::backward);
        assertTrue(e.getMessage().contains("modified by an inplace operation"), e.getMessage());
    }

    @Test
    void aResNet18TrainsOnOneImageOf64x64ButNotOf32x32() {
        ResNet m = ResNet.resnet18();
        assertEquals(Shape.of(1, 1000), m.forward(Tensor.rand(1, 3, 64, 64)).shape());
        Tensor small = Tensor.rand(1, 3, 32, 32);
        Exception e = assertThrows(IllegalArgumentException.class, () -> m.forward(small));
        assertEquals(
                "Expected more than 1 value per channel when training, got input size"
                        + " [1, 512, 1, 1]",
                e.getMessage());
        m.eval();
        assertEquals(Shape.of(1, 1000), m.forward(small).shape());
    }

    // ------------------------------------------------------------ names

    @Test
    void subtracting0StaysASubBackward0() {
        Tensor y = leaf(1, 2).mean().sub(0);
        assertEquals("SubBackward0", y.gradFn().name());
        assertEquals("MeanBackward0", y.gradFn().nextFunctions().get(0).node().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2*b MulBackward0", "1-b RsubBackward1", "1/b MulBackward0"})
    void aNumberOnTheLeftIsNamedByWhatPyTorchMakesOfIt(String expressionAndName) {
        String[] parts = expressionAndName.split(" ");
        Tensor b = leaf(5, 7);
        Tensor y =
                switch (parts[0]) {
                    case "-2*b" -> b.mul(-2);
                    case "1-b" -> b.rsub(1);
                    default -> b.reciprocal().mul(1);
                };
        assertEquals(parts[1], y.gradFn().name());
        if (parts[0].equals("1/b")) {
            assertEquals("ReciprocalBackward0", y.gradFn().nextFunctions().get(0).node().name());
        }
    }
}
