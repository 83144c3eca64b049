package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Graphs.Holding;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private final Tensor x = Tensor.of(0.5, -1.0, 2.0).requiresGrad(true);
    private final Tensor w = Tensor.of(1.5, 0.25, -0.5).requiresGrad(true);

    private static double[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    @Test
    void gradientsAreThoseWithoutACheckpoint() {
        UnaryOperator<Tensor> block = t -> t.mul(w).tanh().exp().mul(t);
        block.apply(x.mul(2)).sum().backward();
        double[] gx = grad(x);
        double[] gw = grad(w);
        x.grad(null);
        w.grad(null);
        Tensor y = Checkpoint.run(block, x.mul(2));
        assertEquals("CheckpointBackward", y.gradFn().name());
        y.sum().backward();
        assertArrayEquals(gx, grad(x));
        assertArrayEquals(gw, grad(w));
    }

    @Test
    void gradientsAsValuesReachWhatTheFunctionUsesBesides() {
        Tensor inner = w.exp();
        Tensor outer = inner.mul(inner);
        UnaryOperator<Tensor> block = t -> t.mul(inner).add(outer).sin();
        Tensor[] plain = Autograd.grad(block.apply(x).sum(), x, w);
        Tensor inner2 = w.exp();
        Tensor outer2 = inner2.mul(inner2);
        Tensor y = Checkpoint.run(t -> t.mul(inner2).add(outer2).sin(), x);
        Tensor[] checkpointed = Autograd.grad(y.sum(), x, w);
        assertArrayEquals(plain[0].toDoubleArray(), checkpointed[0].toDoubleArray());
        assertArrayEquals(plain[1].toDoubleArray(), checkpointed[1].toDoubleArray(), 1e-14);
    }

    @Test
    void derivativesOfAnyOrder() {
        assertTrue(
                GradCheck.checkSecond(
                                (a, b) -> Checkpoint.run(t -> t.mul(b).exp().mul(t), a).sin(), x, w)
                        .passed());
    }

    @Test
    void nothingButTheInputsIsKept() {
        Tensor big = Tensor.ones(1000).requiresGrad(true);
        UnaryOperator<Tensor> block =
                t -> {
                    Tensor y = t;
                    for (int i = 0; i < 10; i++) {
                        y = y.sin().exp();
                    }
                    return y;
                };
        assertEquals(11 * 4000, held(block.apply(big)));
        assertEquals(4000, held(Checkpoint.run(block, big)));
    }

    private static long held(Tensor y) {
        return Graphs.holdings(y).stream().mapToLong(Holding::bytes).sum();
    }

    @Test
    void dropoutDropsTheSameTheSecondTime() {
        Tensor ones = Tensor.ones(200).requiresGrad(true);
        Tensor.manualSeed(3);
        Tensor y = Checkpoint.run(t -> t.dropout(0.5, true), ones);
        float next = Tensor.rand(1).toFloatArray()[0];
        y.sum().backward();
        assertArrayEquals(y.toFloatArray(), ones.grad().toFloatArray());
        Tensor.manualSeed(3);
        Tensor.ones(200).dropout(0.5, true);
        assertEquals(next, Tensor.rand(1).toFloatArray()[0]);
    }

    @Test
    void aFunctionThatDoesSomethingElseTheSecondTimeIsFound() {
        AtomicInteger calls = new AtomicInteger();
        Tensor y = Checkpoint.run(t -> calls.getAndIncrement() == 0 ? t.sin() : t.cos(), x);
        String message =
                assertThrows(IllegalStateException.class, () -> y.sum().backward()).getMessage();
        assertEquals(
                "checkpoint: the function did other operations the second time: [CosBackward0]"
                        + " instead of [SinBackward0]",
                message);
    }

    @Test
    void checkpointsNestAndInputsComeBackAsTheyAre() {
        Tensor y =
                Checkpoint.run(t -> Checkpoint.run(s -> s.exp().mul(w), t.sin()).mul(t), x.mul(1));
        y.sum().backward();
        double[] nested = grad(x);
        x.grad(null);
        Tensor t = x.mul(1);
        t.sin().exp().mul(w).mul(t).sum().backward();
        assertArrayEquals(grad(x), nested, 1e-14);
        assertSame(x, Checkpoint.run(s -> s, x));
    }

    @Test
    void anInputThatWasWrittenToIsFound() {
        Tensor in = x.mul(2);
        Tensor y = Checkpoint.run(Tensor::sin, in);
        in.add_(1);
        assertThrows(IllegalStateException.class, () -> y.sum().backward());
    }
}
