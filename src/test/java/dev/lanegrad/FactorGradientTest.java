package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/// Gradients of products lie as their factors do, and are what they are of factors that lie row by
/// row.
class FactorGradientTest {
    private static void check(BinaryOperator<Tensor> product, Tensor a, Tensor b) {
        Tensor expectedA = a.contiguous().clone().requiresGrad_(true);
        Tensor expectedB = b.contiguous().clone().requiresGrad_(true);
        Tensor y = product.apply(expectedA, expectedB);
        Tensor gy = Tensor.randn(y.shape().toArray());
        Tensor[] expected = Autograd.grad(y.mul(gy).sum(), expectedA, expectedB);
        a.requiresGrad_(true);
        b.requiresGrad_(true);
        Tensor z = product.apply(a, b);
        Tensor[] found = Autograd.grad(z.mul(gy).sum(), a, b);
        assertArrayEquals(a.strides(), found[0].strides());
        assertArrayEquals(b.strides(), found[1].strides());
        for (int i = 0; i < 2; i++) {
            assertTrue(found[i].allclose(expected[i], 1e-5, 1e-5), "factor " + i);
        }
    }

    @Test
    void ofMatrices() {
        Tensor.manualSeed(1);
        check(Tensor::mm, Tensor.randn(5, 7), Tensor.randn(9, 7).t());
        check(Tensor::mm, Tensor.randn(7, 5).t(), Tensor.randn(7, 9));
        check(Tensor::mm, Tensor.randn(7, 5).t(), Tensor.randn(9, 7).t());
    }

    @Test
    void ofStacks() {
        Tensor.manualSeed(2);
        Tensor a = Tensor.randn(3, 7, 5).transpose(1, 2);
        check(Tensor::bmm, Tensor.randn(3, 5, 7), Tensor.randn(3, 9, 7).transpose(1, 2));
        check(Tensor::bmm, a, Tensor.randn(3, 7, 9));
        check(Tensor::bmm, a.detach(), Tensor.randn(3, 9, 7).transpose(1, 2));
    }
}
