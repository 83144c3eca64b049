package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutogradTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static double[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    @Test
    void theTutorialsQHasTheGradientsItStates() {
        Tensor a = Tensor.of(2f, 3f).requiresGrad(true);
        Tensor b = Tensor.of(6f, 4f).requiresGrad(true);
        Tensor q = a.pow(3).mul(3).sub(b.pow(2));
        q.backward(Tensor.ones(2));
        assertTrue(a.pow(2).mul(9).eq(a.grad()).all().isTrue());
        assertTrue(b.mul(-2).eq(b.grad()).all().isTrue());
    }

    @Test
    void gradientAccumulatesWhenUsedTwice() {
        Tensor x = leaf(2, 3);
        x.mul(x).add(x).sum().backward();
        assertArrayEquals(new double[] {5, 7}, grad(x));
    }

    @Test
    void gradientAccumulatesOverBackwardsUntilItIsForgotten() {
        Tensor x = leaf(2);
        x.mul(5).backward();
        x.mul(5).backward();
        assertArrayEquals(new double[] {10}, grad(x));
        x.grad(null);
        x.mul(5).backward();
        assertArrayEquals(new double[] {5}, grad(x));
    }

    @Test
    void aRootOfOneElementNeedsNoGradient() {
        Tensor x = leaf(4);
        x.mul(3).backward();
        assertArrayEquals(new double[] {3}, grad(x));
    }

    @Test
    void aRootOfMoreElementsNeedsOne() {
        Tensor x = Tensor.zeros(8, 10).requiresGrad(true);
        Exception e = assertThrows(IllegalStateException.class, () -> x.mul(2).backward());
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "backward: needs a scalar or an explicit gradient, but the shape is"
                                        + " [8, 10]"),
                e.getMessage());
    }

    @Test
    void aRootWithoutHistoryIsRefused() {
        Exception e = assertThrows(IllegalStateException.class, () -> Tensor.scalar(1f).backward());
        assertEquals(
                "element 0 of tensors does not require grad and does not have a grad_fn",
                e.getMessage());
    }

    @Test
    void onlyFloatingPointTensorsRequireGradients() {
        Exception e =
                assertThrows(IllegalStateException.class, () -> Tensor.of(1, 2).requiresGrad(true));
        assertEquals("only Tensors of floating point dtype can require gradients", e.getMessage());
    }

    @Test
    void aSecondBackwardThroughWhatWasKeptNeedsRetainGraph() {
        Tensor x = leaf(3);
        Tensor freed = x.mul(x);
        freed.backward();
        assertThrows(IllegalStateException.class, freed::backward);
        Tensor retained = x.mul(x);
        x.grad(null);
        retained.backward(null, true, false);
        retained.backward();
        assertArrayEquals(new double[] {12}, grad(x));
    }

    @Test
    void aSecondBackwardThroughSumsIsFineSinceNothingWasKept() {
        Tensor x = leaf(3, 4);
        Tensor y = x.add(1).sum();
        y.backward();
        y.backward();
        assertArrayEquals(new double[] {2, 2}, grad(x));
    }

    @Test
    void gradientsOfGradientsThroughCreateGraph() {
        Tensor x = leaf(2);
        Tensor first = Autograd.grad(list(x.pow(3)), list(x), null, true, true, false)[0];
        assertNotNull(first);
        assertEquals(12, (double) first.item());
        Tensor second = Autograd.grad(list(first), list(x), null, true, true, false)[0];
        assertNotNull(second);
        assertEquals(12, (double) second.item());
        second.backward();
        assertArrayEquals(new double[] {6}, grad(x));
    }

    private static Tensor[] list(Tensor... tensors) {
        return tensors;
    }

    @Test
    void gradLeavesTheLeavesAlone() {
        Tensor x = leaf(2);
        Tensor y = leaf(5);
        Tensor[] g = Autograd.grad(x.mul(y), x, y);
        assertEquals(5, (double) g[0].item());
        assertEquals(2, (double) g[1].item());
        assertNull(x.grad());
        assertNull(y.grad());
    }

    @Test
    void gradAtAResultInTheMiddle() {
        Tensor x = leaf(2);
        Tensor middle = x.mul(3);
        Tensor[] g = Autograd.grad(middle.mul(middle), middle);
        assertEquals(12, (double) g[0].item());
    }

    @Test
    void anInputThatWasNotUsedIsNamedOrNull() {
        Tensor x = leaf(2);
        Tensor other = leaf(1);
        assertThrows(IllegalStateException.class, () -> Autograd.grad(x.mul(2), other));
        assertNull(Autograd.grad(list(x.mul(2)), list(other), null, false, false, true)[0]);
    }

    @Test
    void zerosStandForInputsThatWereNotUsed() {
        Tensor x = leaf(1, 2);
        Tensor unused = leaf(3);
        Tensor[] g =
                Autograd.gradOrZeros(
                        new Tensor[] {x.mul(2).sum(), x.mul(x).sum()},
                        new Tensor[] {x, unused},
                        null,
                        false,
                        false);
        assertArrayEquals(new double[] {4, 6}, g[0].toDoubleArray());
        assertArrayEquals(new double[] {0}, g[1].toDoubleArray());
    }

    @Test
    void aBatchOfWeightsGivesABatchOfGradients() {
        Tensor x = leaf(1, 2, 3);
        Tensor unused = leaf(3);
        Tensor weights = Tensor.eye(3).to(DType.FLOAT64);
        Tensor[] outputs = {x.mul(x)};
        Tensor[] inputs = {x, unused};
        Tensor[] g = Autograd.gradBatched(outputs, inputs, new Tensor[] {weights}, false, false);
        assertTrue(g[0].equal(x.detach().mul(2).diag()));
        assertNull(g[1]);
        assertThrows(
                IllegalStateException.class,
                () -> Autograd.grad(outputs, inputs, new Tensor[] {x}, false, false, true),
                "the last one frees what was kept");
    }

    @Test
    void broadcastOperandsGetTheSumOfTheirGradients() {
        Tensor row = Tensor.ones(3).requiresGrad(true);
        Tensor column = Tensor.ones(2, 1).requiresGrad(true);
        row.mul(column).mul(2).sum().backward();
        assertArrayEquals(new double[] {4, 4, 4}, grad(row));
        assertEquals(Shape.of(2, 1), column.grad().shape());
        assertArrayEquals(new double[] {6, 6}, grad(column));
    }

    @Test
    void aPromotedOperandGetsItsGradientInItsOwnType() {
        Tensor single = Tensor.of(1f, 2f).requiresGrad(true);
        single.mul(Tensor.of(3.0, 4.0)).sum().backward();
        assertEquals(DType.FLOAT32, single.grad().dtype());
        assertArrayEquals(new double[] {3, 4}, grad(single));
    }

    @Test
    void nothingIsRecordedInsideNoGradExceptInsideEnableGrad() {
        Tensor x = leaf(1);
        try (var _ = Autograd.noGrad()) {
            assertFalse(x.mul(2).requiresGrad());
            try (var _ = Autograd.enableGrad()) {
                assertTrue(x.mul(2).requiresGrad());
            }
            assertFalse(x.mul(2).requiresGrad());
        }
        assertTrue(x.mul(2).requiresGrad());
        assertFalse(Autograd.noGrad(() -> x.mul(2)).requiresGrad());
    }

    @Test
    void recordingIsAMatterOfOneThread() throws InterruptedException {
        Tensor x = leaf(1);
        List<Boolean> seen = new ArrayList<>();
        try (var _ = Autograd.noGrad()) {
            Thread other = Thread.ofVirtual().start(() -> seen.add(x.mul(2).requiresGrad()));
            other.join();
        }
        assertEquals(List.of(true), seen);
    }

    @Test
    void detachCutsTheHistory() {
        Tensor x = leaf(3);
        x.mul(x.detach()).backward();
        assertArrayEquals(new double[] {3}, grad(x));
    }

    @Test
    void theGraphNamesItsNodesAsPyTorchDoes() {
        Tensor x = leaf(3);
        Node node = x.mul(2).add(1).gradFn();
        assertEquals("AddBackward0", node.name());
        Node mul = node.nextFunctions().getFirst().node();
        assertEquals("MulBackward0", mul.name());
        assertNull(node.nextFunctions().get(1));
        assertEquals("AccumulateGrad", mul.nextFunctions().getFirst().node().name());
        assertSame(
                mul.nextFunctions().getFirst().node(),
                x.exp().gradFn().nextFunctions().getFirst().node());
    }

    @Test
    void hundredThousandOperationsDoNotOverflowTheStack() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) {
            y = y.add(1);
        }
        y.backward();
        assertArrayEquals(new double[] {1}, grad(x));
    }

    @Test
    void aGraphFollowsTheCourseOfTheProgram() {
        Tensor x = leaf(0.5);
        Tensor y = x;
        int steps = 0;
        while (y.norm().lt(1000).isTrue()) {
            y = y.mul(2);
            steps++;
        }
        y.backward();
        assertArrayEquals(new double[] {Math.pow(2, steps)}, grad(x));
    }

    @Test
    void backwardsOfManyThreadsAddUpInASharedLeaf() throws InterruptedException {
        Tensor x = Tensor.ones(5000).requiresGrad(true);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 50; i++) {
                                    x.mul(2).add(x).sum().backward();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(x.grad().eq(8 * 50 * 3).all().isTrue());
    }
}
