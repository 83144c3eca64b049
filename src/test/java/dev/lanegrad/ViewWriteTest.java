package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Writes through views while recording.
class ViewWriteTest {
    private final Tensor x = Tensor.of(1.0, 2.0, 3.0, 4.0).requiresGrad(true);

    private static String made(Tensor t) {
        Node node = t.gradFn();
        assertNotNull(node);
        return node.name();
    }

    private static double[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    private static String refusal(Runnable wrong) {
        String message = assertThrows(IllegalStateException.class, wrong::run).getMessage();
        assertNotNull(message);
        return message;
    }

    @Test
    void aWriteThroughAViewIsPartOfTheHistoryOfTheWhole() {
        Tensor y = x.mul(3);
        y.narrow(0, 1, 2).mul_(x.narrow(0, 0, 2));
        assertEquals("torch::autograd::CopySlices", made(y));
        assertArrayEquals(new double[] {3, 6, 18, 12}, y.toDoubleArray());
        y.sum().backward();
        assertArrayEquals(new double[] {3 + 6, 3 + 9, 6, 3}, grad(x));
    }

    @Test
    void aSecondBackwardIsFineIfTheWriteKeptNothing() {
        Tensor y = x.mul(3);
        y.narrow(0, 1, 2).add_(1);
        Tensor z = y.sum();
        z.backward(null, true, false);
        z.backward();
        assertArrayEquals(new double[] {6, 6, 6, 6}, grad(x));
        Tensor kept = x.add(3);
        kept.select(0, 1).mul_(x.select(0, 0));
        Tensor root = kept.sum();
        root.backward();
        assertTrue(refusal(root::backward).startsWith("Trying to backward through the graph"));
    }

    @Test
    void theViewItselfBecomesAPartByStrides() {
        Tensor y = x.mul(2);
        Tensor v = y.select(0, 1);
        assertEquals("SelectBackward0", made(v));
        v.add_(1);
        assertEquals("AsStridedBackward0", made(v));
        v.mul(v).backward();
        assertArrayEquals(new double[] {0, 20, 0, 0}, grad(x));
    }

    @Test
    void otherViewsMadeBeforeFollowToo() {
        Tensor y = x.mul(2);
        Tensor other = y.view(2, 2).t();
        y.narrow(0, 0, 1).mul_(10);
        assertEquals("AsStridedBackward0", made(other));
        other.sum().backward();
        assertArrayEquals(new double[] {20, 2, 2, 2}, grad(x));
    }

    @Test
    void aWriteToTheWholeReachesItsViews() {
        Tensor y = x.mul(2);
        Tensor v = y.select(0, 3);
        y.mul_(x);
        v.backward();
        assertArrayEquals(new double[] {0, 0, 0, 16}, grad(x));
    }

    @Test
    void oneViewMayBeWrittenIntoAnother() {
        Tensor y = x.mul(1);
        Tensor first = y.narrow(0, 0, 2);
        Tensor last = y.narrow(0, 2, 2);
        first.mul_(last.clone());
        last.mul_(first.clone());
        assertArrayEquals(new double[] {3, 8, 9, 32}, y.toDoubleArray());
        y.sum().backward();
        assertArrayEquals(new double[] {3 + 9, 4 + 16, 1 + 6, 2 + 16}, grad(x));
    }

    @Test
    void aPlainTensorStartsToRequireAGradientByAWriteToAViewOfIt() {
        Tensor y = Tensor.zeros(2, 2).to(DType.FLOAT64);
        Tensor early = y.select(0, 0);
        y.select(0, 0).copy_(x.narrow(0, 0, 2));
        assertTrue(y.requiresGrad());
        assertTrue(early.requiresGrad());
        y.mul(y).sum().backward();
        assertArrayEquals(new double[] {2, 4, 0, 0}, grad(x));
    }

    @Test
    void constantsWrittenOverAPartStopItsGradient() {
        Tensor y = x.clone();
        y.narrow(0, 0, 2).zero_();
        y.select(0, 2).fill_(7);
        y.sum().backward();
        assertArrayEquals(new double[] {0, 0, 0, 1}, grad(x));
    }

    @Test
    void viewsOfLeavesThatRequireGradAreNotWrittenTo() {
        assertEquals(
                "a view of a leaf Variable that requires grad is being used in an in-place"
                        + " operation.",
                refusal(() -> x.select(0, 0).add_(1)));
        try (var _ = Autograd.noGrad()) {
            x.select(0, 0).add_(1);
        }
        assertArrayEquals(new double[] {2, 2, 3, 4}, x.toDoubleArray());
        assertTrue(x.isLeaf());
    }

    @Test
    void oneOfManyViewsIsNotWrittenTo() {
        Tensor[] parts = x.mul(2).unbind(0);
        assertEquals(
                "Output 0 of Unbind is a view and is being modified inplace. This view is the"
                        + " output of a function that returns multiple views. Such functions do not"
                        + " allow the output views to be modified inplace. You should replace the"
                        + " inplace operation by an out-of-place one.",
                refusal(() -> parts[0].mul_(2)));
    }

    @Test
    void aViewMadeWithoutRecordingIsNotWrittenToWhileRecording() {
        Tensor y = x.mul(2);
        Tensor v = Autograd.noGrad(() -> y.select(0, 0));
        assertTrue(
                refusal(() -> v.add_(1))
                        .startsWith(
                                "A view was created in no_grad mode and is being modified inplace"
                                        + " with grad mode enabled. Given that this use case is"
                                        + " ambiguous"));
        try (var _ = Autograd.noGrad()) {
            v.add_(1);
        }
        assertTrue(refusal(v::gradFn).contains("its base or another view of its base has been"));
    }

    @Test
    void aViewIsNotDetachedInPlace() {
        assertTrue(
                refusal(() -> x.view(2, 2).detach_())
                        .startsWith("Can't detach views in-place. Use detach() instead."));
    }

    @Test
    void aSavedPartIsFoundChanged() {
        Tensor y = x.mul(1);
        Tensor z = y.narrow(0, 0, 2).exp();
        z.select(0, 0).add_(1);
        String message = refusal(() -> z.sum().backward());
        assertTrue(
                message.contains("[DoubleTensor [2]], which is output 0 of")
                        && message.contains("is at version 1; expected version 0 instead."),
                message);
    }

    @Test
    void elementsThatLieTogetherAreNotWrittenTo() {
        assertTrue(
                refusal(() -> Tensor.ones(1).expand(3).add_(1))
                        .startsWith(
                                "unsupported operation: more than one element of the written-to"));
        Tensor y = Tensor.ones(4);
        assertTrue(
                refusal(() -> y.narrow(0, 1, 3).add_(y.narrow(0, 0, 3)))
                        .startsWith(
                                "unsupported operation: some elements of the input tensor and"
                                        + " the"));
        assertArrayEquals(new float[] {2, 2, 2}, Tensor.ones(1).expand(3).fill_(2).toFloatArray());
    }

    @Test
    void strideTricksSumWhatTheyRepeat() {
        Tensor y = x.asStrided(new long[] {3, 2}, new long[] {1, 1});
        assertEquals("AsStridedBackward0", made(y));
        assertArrayEquals(new double[] {1, 2, 2, 3, 3, 4}, y.toDoubleArray());
        y.sum().backward();
        assertArrayEquals(new double[] {1, 2, 2, 1}, grad(x));
        assertThrows(
                IllegalArgumentException.class, () -> x.asStrided(new long[] {5}, new long[] {1}));
    }

    @Test
    void aDetachedTensorKeepsItsOwnHistory() {
        Tensor y = x.mul(2);
        Tensor d = y.detach();
        assertNull(d.gradFn());
        d.narrow(0, 0, 1).add_(1);
        assertFalse(d.requiresGrad());
        assertEquals("MulBackward0", made(y));
        assertNotSame(y, d);
        assertEquals(1, y.version().value());
    }
}
