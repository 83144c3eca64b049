package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Graphs.Holding;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Sequential;
import dev.lanegrad.nn.Tanh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertEquals("MulBackward0", y.gradFn().name(), "the graph is the function's own");
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
        assertSecondDiffers(
                "operation 0 is CosBackward0, not SinBackward0", Tensor::sin, Tensor::cos);
        assertSecondDiffers(
                "operation 1 is SinBackward0, not ExpBackward0",
                t -> t.sin().exp(),
                t -> t.sin().sin().exp());
        assertSecondDiffers("it keeps 1 tensors, not 2", t -> t.sin().exp(), Tensor::sin);
        assertSecondDiffers(
                "tensor 0 that it keeps is float64 [1], not float64 [2]",
                t -> t.narrow(0, 0, 2).sin(),
                t -> t.narrow(0, 0, 1).sin());
    }

    private void assertSecondDiffers(
            String how, UnaryOperator<Tensor> once, UnaryOperator<Tensor> again) {
        AtomicInteger calls = new AtomicInteger();
        Tensor y = Checkpoint.run(t -> (calls.getAndIncrement() == 0 ? once : again).apply(t), x);
        assertEquals(
                "checkpoint: the function did something else the second time: " + how,
                assertThrows(IllegalStateException.class, () -> y.sum().backward()).getMessage());
    }

    // ------------------------------------------------------------ the second run

    /// How many of three functions one after another run in backward.
    private List<String> secondRun(boolean earlyStop) {
        List<String> log = new ArrayList<>();
        Tensor y;
        try (var _ = Checkpoint.setEarlyStop(earlyStop)) {
            y =
                    Checkpoint.run(
                            t -> {
                                log.add("sin");
                                Tensor s = t.sin();
                                log.add("add");
                                s = s.add(w);
                                log.add("sum");
                                return s.sum();
                            },
                            x);
        }
        log.clear();
        y.backward();
        return log;
    }

    @Test
    void itStopsAtTheLastOperationThatKeepsSomething() {
        assertEquals(List.of("sin"), secondRun(true));
        assertEquals(List.of("sin", "add", "sum"), secondRun(false));
    }

    @Test
    void itHappensOnceForEachBackward() {
        AtomicInteger calls = new AtomicInteger();
        Tensor y =
                Checkpoint.run(
                                t -> {
                                    calls.incrementAndGet();
                                    return t.sin().exp().mul(t).tanh();
                                },
                                x)
                        .sum();
        y.backward(null, true, false);
        assertEquals(2, calls.get());
        double[] once = grad(x);
        y.backward();
        assertEquals(3, calls.get());
        for (int i = 0; i < once.length; i++) {
            once[i] *= 2;
        }
        assertArrayEquals(once, grad(x));
    }

    @Test
    void whatTheSecondRunGaveIsForgottenAfterBackward() {
        Tensor big = Tensor.ones(1000).requiresGrad(true);
        Tensor y = Checkpoint.run(t -> t.sin().exp().sin(), big).sum();
        y.backward(null, true, false);
        assertEquals(4000, held(y));
    }

    @Test
    void hooksInsideAreCalledOnce() {
        AtomicInteger calls = new AtomicInteger();
        Tensor y =
                Checkpoint.run(
                        t -> {
                            Tensor s = t.sin();
                            s.registerHook(g -> {
                                calls.incrementAndGet();
                                return null;
                            });
                            return s.exp();
                        },
                        x);
        y.sum().backward();
        assertEquals(1, calls.get());
    }

    @Test
    void aWriteInPlaceInsideIsFound() {
        Tensor y =
                Checkpoint.run(
                        t -> {
                            Tensor e = t.exp();
                            Tensor s = e.sum();
                            e.mul_(2);
                            return s.add(e.sum().sin());
                        },
                        x);
        assertThrows(IllegalStateException.class, y::backward);
    }

    @Test
    void theInputsMayWaitInFilesThemselves(@TempDir Path folder) throws IOException {
        Tensor in = Tensor.ones(2000).requiresGrad(true);
        Tensor y;
        try (var _ = SaveOn.disk(folder)) {
            y = Checkpoint.run(t -> t.sin().exp(), in.mul(2));
        }
        assertTrue(held(y) < 4096);
        y.sum().backward();
        Tensor plain = Tensor.ones(2000).requiresGrad(true);
        plain.mul(2).sin().exp().sum().backward();
        assertArrayEquals(grad(plain), grad(in));
    }

    // ------------------------------------------------------------ sequences

    @Test
    void aSequenceInSegments() {
        List<UnaryOperator<Tensor>> steps =
                List.of(Tensor::sin, Tensor::exp, t -> t.mul(w), Tensor::tanh, Tensor::exp);
        Tensor plain = x;
        for (UnaryOperator<Tensor> step : steps) {
            plain = step.apply(plain);
        }
        double[] expected = Autograd.grad(plain.sum(), x)[0].toDoubleArray();
        for (int segments = 1; segments <= 5; segments++) {
            Tensor y = Checkpoint.sequential(steps, segments, x);
            assertArrayEquals(plain.toDoubleArray(), y.toDoubleArray());
            assertArrayEquals(expected, Autograd.grad(y.sum(), x)[0].toDoubleArray());
        }
        assertEquals(
                "checkpoint: 5 functions do not make 6 segments",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Checkpoint.sequential(steps, 6, x))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.sequential(steps, 0, x));
    }

    @Test
    void allSegmentsButTheLastAreCheckpoints() {
        Tensor big = Tensor.ones(1000).requiresGrad(true);
        List<UnaryOperator<Tensor>> steps =
                Collections.nCopies(12, (UnaryOperator<Tensor>) Tensor::sin);
        assertEquals(12 * 4000, held(Checkpoint.sequential(steps, 1, big)));
        assertEquals((2 + 4) * 4000, held(Checkpoint.sequential(steps, 3, big)));
    }

    @Test
    void modulesInSegments() {
        Tensor in = Tensor.randn(4, 3);
        Sequential net = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2), new Tanh());
        net.call(in).sum().backward();
        List<double[]> plain = net.parameters().stream().map(CheckpointTest::grad).toList();
        net.zeroGrad();
        net.checkpointed(2, in).sum().backward();
        for (int i = 0; i < plain.size(); i++) {
            assertArrayEquals(plain.get(i), grad(net.parameters().get(i)));
        }
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
