package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private final Tensor x = Tensor.of(0.5, -1.0, 2.0);
    private final Tensor v = Tensor.of(1.0, 2.0, -3.0);
    private final UnaryOperator<Tensor> f = t -> t.softmax(0).mul(t.exp()).sum();

    private static void assertSame(Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-11);
    }

    @Test
    void aGradientAndTheValueItBelongsTo() {
        Functional.Product p = Transforms.gradAndValue(t -> t.pow(3).sum()).apply(x);
        assertEquals(7.125, p.output().item());
        assertArrayEquals(new double[] {0.75, 3, 12}, p.result().toDoubleArray());
        assertFalse(p.result().requiresGrad());
        assertTrue(Transforms.grad(t -> t.pow(3).sum()).apply(x).equal(p.result()));
    }

    @Test
    void gradientsOfGradients() {
        UnaryOperator<Tensor> second =
                Transforms.grad(t -> Transforms.grad(s -> s.pow(4).sum()).apply(t).sum());
        assertSame(x.mul(x).mul(12), second.apply(x));
        UnaryOperator<Tensor> third = Transforms.grad(t -> second.apply(t).sum());
        assertSame(x.mul(24), third.apply(x));
    }

    @Test
    void theInnerTransformLetsTheOuterOneThrough() {
        // d/da of [d/db (a²·b)] is 2a, though the inner one does not know of a
        Tensor b = Tensor.of(1.0, 1, 1);
        assertSame(
                x.mul(2),
                Transforms.grad(a -> Transforms.grad(t -> a.mul(a).mul(t).sum()).apply(b).sum())
                        .apply(x));
    }

    @Test
    void allWaysToAHessianAgree() {
        Tensor expected = Functional.hessian(f, x);
        assertSame(expected, Transforms.hessian(f).apply(x));
        assertSame(expected, Transforms.jacrev(Transforms.grad(f)).apply(x));
        assertSame(expected, Transforms.jacfwd(Transforms.jacrev(f)).apply(x));
        assertSame(expected, Transforms.jacrev(Transforms.jacfwd(f)).apply(x));
        assertSame(expected, Transforms.jacfwd(Transforms.jacfwd(f)).apply(x));
        assertSame(expected, Transforms.jacrev(Transforms.jacrev(f)).apply(x));
    }

    @Test
    void allWaysToAHessianTimesADirectionAgree() {
        Tensor expected = Functional.hvp(f, x, v).result();
        assertSame(expected, Transforms.hvp(f).apply(x, v));
        UnaryOperator<Tensor> slope = t -> Transforms.jvp(f).apply(t, v);
        assertSame(expected, Transforms.grad(slope).apply(x)); // a jvp inside a gradient
        Tensor twice = Transforms.jvp(slope).apply(x, v);
        assertSame(expected.mul(v).sum(), twice);
    }

    @Test
    void jacobiansHaveTheShapeOfTheValueAndThatOfTheArgument() {
        Tensor wide = Tensor.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6).reshape(2, 3);
        Tensor rows = Transforms.jacrev(t -> t.matmul(x).tanh()).apply(wide);
        assertEquals(Shape.of(2, 2, 3), rows.shape());
        assertSame(Functional.jacobian(t -> t.matmul(x).tanh(), wide), rows);
        Tensor none = Tensor.empty(Shape.of(0), DType.FLOAT64);
        assertEquals(Shape.of(0, 0), Transforms.jacfwd(t -> t.mul(2)).apply(none).shape());
        assertEquals(Shape.of(0, 0), Transforms.jacrev(t -> t.mul(2)).apply(none).shape());
    }

    @Test
    void resultsHaveAHistoryIfTheArgumentRequiresAGradient() {
        Tensor leaf = x.clone().requiresGrad(true);
        for (UnaryOperator<Tensor> g :
                List.of(Transforms.grad(f), Transforms.jacrev(f), Transforms.jacfwd(f))) {
            Tensor[] h = Autograd.grad(g.apply(leaf).mul(v).sum(), leaf);
            assertSame(Functional.hvp(f, x, v).result(), h[0]);
        }
        assertFalse(Autograd.noGrad(() -> Transforms.grad(f).apply(leaf)).requiresGrad());
    }

    @Test
    void someArgumentsOfMany() {
        Tensor[] at = {x, v, Tensor.of(2.0, 2, 2)};
        Tensor[] all = Transforms.gradAll(t -> t[0].mul(t[1]).mul(t[2]).sum()).apply(at);
        assertSame(v.mul(2), all[0]);
        assertSame(x.mul(2), all[1]);
        assertSame(x.mul(v), all[2]);
        Tensor[] some = Transforms.gradAll(t -> t[0].mul(t[1]).mul(t[2]).sum(), 2, 0).apply(at);
        assertSame(x.mul(v), some[0]);
        assertSame(v.mul(2), some[1]);
        assertEquals(
                "grad: got argnum 3, but there are 3 arguments",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transforms.gradAll(t -> t[0].sum(), 3).apply(at))
                        .getMessage());
    }

    @Test
    void gradientsByName() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put("scale", x);
        named.put("shift", v);
        var g =
                Transforms.gradByName(
                                p -> p.get("scale").mul(p.get("scale")).add(p.get("shift")).sum())
                        .apply(named);
        assertEquals(List.of("scale", "shift"), List.copyOf(g.keySet()));
        assertSame(x.mul(2), g.get("scale"));
        assertSame(Tensor.onesLike(v), g.get("shift"));
    }

    @Test
    void aFunctionOfManyNumbersHasNoGradient() {
        assertEquals(
                "grad: the function must return a single number, but the shape is [3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transforms.grad(Tensor::exp).apply(x))
                        .getMessage());
    }

    @Test
    void gradientsOfEachSampleAddUpToThatOfTheBatch() {
        Tensor w = Tensor.of(0.5, -1, 2, 0.25, 1, -0.5).reshape(3, 2);
        Tensor b = Tensor.of(0.1, 0.2);
        Tensor batch = Tensor.of(1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).reshape(4, 3);
        Tensor[] each =
                Transforms.perSampleGrad(
                        (p, s) -> s.matmul(p[0]).add(p[1]).tanh().sum(),
                        new Tensor[] {w, b},
                        batch);
        assertEquals(Shape.of(4, 3, 2), each[0].shape());
        assertEquals(Shape.of(4, 2), each[1].shape());
        Tensor whole = Transforms.grad(p -> batch.matmul(p).add(b).tanh().sum()).apply(w);
        assertTrue(each[0].sum(0).allclose(whole));
        Tensor first =
                Transforms.grad(p -> batch.narrow(0, 0, 1).matmul(p).add(b).tanh().sum()).apply(w);
        assertTrue(each[0].select(0, 0).equal(first));
    }
}
