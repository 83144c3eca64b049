package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InPlaceTest {
    @Test
    void anInPlaceOperationReturnsItsTensor() {
        Tensor x = Tensor.of(1f, 2f);
        assertSame(x, x.add_(1).mul_(2).sub_(1).div_(3));
        assertArrayEquals(new float[] {1, 5 / 3f}, x.toFloatArray(), 1e-6f);
    }

    @Test
    void aLeafThatRequiresGradIsNotWrittenTo() {
        Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
        Exception e = assertThrows(IllegalStateException.class, () -> x.add_(1));
        assertEquals(
                "a leaf Variable that requires grad is being used in an in-place operation.",
                e.getMessage());
        Exception view = assertThrows(IllegalStateException.class, () -> x.view(2, 1).add_(1));
        assertEquals(
                "a view of a leaf Variable that requires grad is being used in an in-place"
                        + " operation.",
                view.getMessage());
        try (var _ = Autograd.noGrad()) {
            x.add_(1);
        }
        assertArrayEquals(new float[] {2, 3}, x.toFloatArray());
    }

    @Test
    void requiringAGradientAfterAWriteIsFine() {
        Tensor g = Tensor.of(new float[][] {{1, 1, 1}, {2, 3, 4}});
        g.add_(Tensor.onesLike(g));
        g.requiresGrad_();
        g.mul(g).mul(g).add(g.mul(3)).backward(Tensor.of(new float[][] {{1, 1, 2}, {2, 2, 2}}));
        assertArrayEquals(new float[] {15, 15, 30, 60, 102, 156}, g.grad().toFloatArray());
    }

    @Test
    void aWriteToWhatBackwardNeedsIsFound() {
        Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor y = x.exp();
        y.add_(1);
        Exception e = assertThrows(IllegalStateException.class, () -> y.sum().backward());
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "one of the variables needed for gradient computation has been"
                                        + " modified by an inplace operation: [FloatTensor [2]]"),
                e.getMessage());
        assertTrue(e.getMessage().contains("is at version 1; expected version 0"), e.getMessage());
    }

    @Test
    void aWriteThroughDataIsNotNoticed() {
        Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor y = x.mul(x);
        x.data().add_(1);
        y.sum().backward();
        assertArrayEquals(new float[] {4, 6}, x.grad().toFloatArray());
    }

    @Test
    void aWriteThroughDetachIsNoticed() {
        Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor y = x.mul(x);
        x.detach().add_(1);
        assertThrows(IllegalStateException.class, () -> y.sum().backward());
    }

    @Test
    void writesArePartOfTheHistory() {
        Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor y = x.mul(3);
        y.mul_(x).sub_(1).relu_();
        y.sum().backward();
        assertArrayEquals(new float[] {6, 12}, x.grad().toFloatArray());
    }

    @Test
    void aViewSharesTheWrite() {
        Tensor x = Tensor.zeros(2, 3);
        x.select(0, 1).fill_(5);
        x.t().select(0, 0).add_(1);
        assertArrayEquals(new float[] {1, 0, 0, 6, 5, 5}, x.toFloatArray());
    }

    @Test
    void anOperandThatDoesNotFitIsRefused() {
        Tensor x = Tensor.zeros(3);
        Exception e = assertThrows(IllegalArgumentException.class, () -> x.add_(Tensor.ones(2, 3)));
        assertTrue(e.getMessage().contains("[3]") && e.getMessage().contains("[2, 3]"));
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(1, 2).add_(0.5));
    }
}
