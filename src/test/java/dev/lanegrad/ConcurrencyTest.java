package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many threads at once, each released at a barrier, over and over. Every sum here is exact in
/// float64, so that the order of accumulation cannot be told from the result.
class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    /// Runs `work` in [#THREADS] threads that start each round together.
    private static void race(boolean virtual, IntFunction<Callable<?>> work) throws Exception {
        Phaser start = new Phaser(THREADS);
        try (ExecutorService threads =
                virtual
                        ? Executors.newVirtualThreadPerTaskExecutor()
                        : Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Callable<?> task = work.apply(t);
                all.add(
                        threads.submit(() -> {
                            try {
                                for (int round = 0; round < ROUNDS; round++) {
                                    start.arriveAndAwaitAdvance();
                                    task.call();
                                }
                                return null;
                            } finally {
                                start.arriveAndDeregister(); // nobody waits for one that failed
                            }
                        }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private static double[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    private static double[] filled(int n, double value) {
        double[] all = new double[n];
        java.util.Arrays.fill(all, value);
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void backwardsAddUpInSharedLeaves(boolean virtual) throws Exception {
        Tensor w = Tensor.ones(3, 4).to(DType.FLOAT64).requiresGrad(true);
        Tensor b = Tensor.ones(4).to(DType.FLOAT64).requiresGrad(true);
        race(
                virtual,
                t ->
                        () -> {
                            Tensor x = Tensor.full(Shape.of(2, 3), t, DType.FLOAT64);
                            x.matmul(w).add(b).sum().backward();
                            return null;
                        });
        double ofInputs = ROUNDS * 2.0 * (THREADS * (THREADS - 1) / 2);
        assertArrayEquals(filled(12, ofInputs), grad(w));
        assertArrayEquals(filled(4, ROUNDS * 2.0 * THREADS), grad(b));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneGraphIsWalkedByManyAtOnce(boolean virtual) throws Exception {
        Tensor x = Tensor.of(1.0, 2, 3).requiresGrad(true);
        Tensor middle = x.mul(x);
        Tensor y = middle.mul(4).add(middle).sum();
        AtomicInteger hooked = new AtomicInteger();
        middle.registerHook(g -> {
            hooked.incrementAndGet();
            return null;
        });
        race(
                virtual,
                t ->
                        () -> {
                            if (t % 2 == 0) {
                                y.backward(null, true, false);
                            } else {
                                Tensor[] g =
                                        Autograd.gradOrZeros(
                                                new Tensor[] {y.add(t)},
                                                new Tensor[] {x},
                                                null,
                                                true,
                                                false);
                                assertArrayEquals(new double[] {10, 20, 30}, g[0].toDoubleArray());
                            }
                            return null;
                        });
        double times = ROUNDS * THREADS / 2.0;
        assertArrayEquals(new double[] {10 * times, 20 * times, 30 * times}, grad(x));
        assertEquals(ROUNDS * THREADS, hooked.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modesAreOfTheirThread(boolean virtual) throws Exception {
        Tensor x = Tensor.of(2.0).requiresGrad(true);
        race(virtual, t -> () -> inMode(x, t % 6));
        assertTrue(x.mul(2).requiresGrad());
    }

    private static boolean inMode(Tensor x, int mode) {
        switch (mode) {
            case 0 -> {
                try (var _ = Autograd.noGrad()) {
                    Thread.yield();
                    assertFalse(x.mul(2).requiresGrad());
                }
            }
            case 1 -> {
                try (var _ = Autograd.inferenceMode()) {
                    Thread.yield();
                    assertTrue(x.mul(2).isInference());
                }
            }
            case 2 -> {
                try (var _ = Autograd.forwardMode()) {
                    Tensor dual = Autograd.makeDual(x.detach(), Tensor.of(1.0));
                    Thread.yield();
                    Tensor tangent = Autograd.unpackDual(dual.mul(dual)).tangent();
                    assertNotNull(tangent);
                    assertArrayEquals(new double[] {4}, tangent.toDoubleArray());
                }
            }
            case 3 -> {
                try (var _ = Autograd.savedTensorsHooks(t -> t.mul(0), t -> t)) {
                    Thread.yield();
                    Tensor g = Autograd.grad(x.mul(x), x)[0];
                    assertArrayEquals(new double[] {0}, g.toDoubleArray());
                }
            }
            case 4 -> {
                try (var _ = Autograd.detectAnomaly()) {
                    Thread.yield();
                    assertTrue(Autograd.isAnomalyEnabled());
                    assertArrayEquals(
                            new double[] {4}, Autograd.grad(x.mul(x), x)[0].toDoubleArray());
                }
            }
            default -> {
                assertTrue(Autograd.isGradEnabled());
                assertFalse(Autograd.isAnomalyEnabled());
                Tensor y = x.mul(x);
                Thread.yield();
                assertFalse(y.isInference());
                assertArrayEquals(new double[] {4}, Autograd.grad(y, x)[0].toDoubleArray());
            }
        }
        assertTrue(Autograd.isGradEnabled());
        return true;
    }

    @Test
    void aBackwardMayRunOnAnotherThreadThanItsForward() throws InterruptedException {
        Tensor x = Tensor.of(3.0).requiresGrad(true);
        Tensor y = x.mul(x);
        Thread.ofVirtual().start(y::backward).join();
        assertArrayEquals(new double[] {6}, grad(x));
    }

    // ------------------------------------------------------------ long chains

    private static Tensor chain(Tensor x, int operations) {
        Tensor y = x;
        for (int i = 0; i < operations; i++) {
            y = i % 2 == 0 ? y.mul(1.0) : y.add(1);
        }
        return y;
    }

    @Test
    void longChainsAreWalkedInASmallStack() throws InterruptedException {
        Tensor x = Tensor.of(1.0).requiresGrad(true);
        List<Throwable> thrown = new ArrayList<>();
        Thread small =
                new Thread(
                        null,
                        () -> {
                            Tensor y = chain(x, 100_000);
                            Tensor g =
                                    Autograd.grad(
                                            new Tensor[] {y},
                                            new Tensor[] {x},
                                            null,
                                            true,
                                            true,
                                            false)[0];
                            assertNotNull(g);
                            y.backward();
                        },
                        "small stack",
                        256 * 1024);
        small.setUncaughtExceptionHandler((_, e) -> thrown.add(e));
        small.start();
        small.join();
        assertEquals(List.of(), thrown);
        assertArrayEquals(new double[] {1}, grad(x));
    }

    /// A graph is garbage as soon as its result is, before backward and after it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longChainsAreCollected(boolean backward) throws InterruptedException {
        Tensor x = Tensor.of(1.0).requiresGrad(true);
        WeakReference<Node> middle = dropped(x, backward);
        for (int i = 0; i < 200 && middle.get() != null; i++) {
            System.gc();
            Thread.sleep(5);
        }
        assertEquals(null, middle.get());
    }

    private static WeakReference<Node> dropped(Tensor x, boolean backward) {
        Tensor half = chain(x, 50_000);
        WeakReference<Node> node = new WeakReference<>(half.gradFn());
        Tensor y = chain(half, 50_000);
        if (backward) {
            y.backward();
        }
        return node;
    }
}
