package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What has no recorded reference; the rest is in FunctionalReferenceTest and ForwardModeTest.
class FunctionalTest {
    @Test
    void aGradientAndTheValueItBelongsTo() {
        Tensor x = Tensor.of(1.0, 2.0);
        Functional.Product p = Functional.gradAndValue(t -> t.pow(3).sum(), x);
        assertEquals(9.0, p.output().item());
        assertArrayEquals(new double[] {3, 12}, p.result().toDoubleArray());
        assertTrue(Functional.grad(t -> t.pow(3).sum(), x).equal(p.result()));
    }

    @Test
    void gradientsOfEachSampleAddUpToThatOfTheBatch() {
        Tensor w = Tensor.of(0.5, -1, 2, 0.25, 1, -0.5).reshape(3, 2);
        Tensor b = Tensor.of(0.1, 0.2);
        Tensor batch = Tensor.of(1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).reshape(4, 3);
        Tensor[] each =
                Functional.perSampleGrad(
                        (p, x) -> x.matmul(p[0]).add(p[1]).tanh().sum(),
                        new Tensor[] {w, b},
                        batch);
        assertEquals(Shape.of(4, 3, 2), each[0].shape());
        assertEquals(Shape.of(4, 2), each[1].shape());
        Tensor whole = Functional.grad(p -> batch.matmul(p).add(b).tanh().sum(), w);
        assertTrue(each[0].sum(0).allclose(whole));
        Tensor first = Functional.grad(p -> batch.narrow(0, 0, 1).matmul(p).add(b).tanh().sum(), w);
        assertTrue(each[0].select(0, 0).equal(first));
    }
}
