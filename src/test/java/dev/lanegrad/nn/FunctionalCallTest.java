package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.Checkpoint;
import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import dev.lanegrad.Transforms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FunctionalCallTest {
    private final Tensor x = Tensor.randn(5, 3);

    private static Sequential net() {
        return new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Tanh(), new Linear(4, 2));
    }

    private static Map<String, Tensor> all(Module from) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(from.namedParameters());
        tensors.putAll(from.namedBuffers());
        return tensors;
    }

    @Test
    void theOthersCountAndTheModuleStaysAsItIs() {
        Sequential net = net();
        Sequential other = net();
        net.eval();
        other.eval();
        Map<String, Tensor> before = new LinkedHashMap<>();
        net.stateDict().forEach((name, t) -> before.put(name, t.clone()));
        Tensor y = net.functionalCall(all(other), x);
        assertTrue(y.equal(other.call(x)));
        assertFalse(y.equal(net.call(x)));
        y.sum().backward();
        net.parameters().forEach(p -> assertNull(p.grad()));
        other.parameters().forEach(p -> assertEquals(p.shape(), p.grad().shape()));
        net.stateDict().forEach((name, t) -> assertTrue(t.equal(before.get(name)), name));
    }

    @Test
    void whatIsNotNamedIsTheModulesOwn() {
        Sequential net = net();
        Tensor weight = Tensor.zeros(2, 4);
        Tensor y = net.functionalCall(Map.of("3.weight", weight), x);
        Tensor bias = ((Linear) net.get(3)).bias();
        for (int row = 0; row < 5; row++) {
            assertTrue(y.select(0, row).equal(bias.detach()));
        }
    }

    @Test
    void statisticsGoIntoTheBuffersThatWereGiven() {
        Sequential net = net();
        Tensor mean = Tensor.zeros(4);
        net.functionalCall(Map.of("1.running_mean", mean), x);
        assertFalse(mean.eq(0).all().isTrue());
        assertTrue(((BatchNorm1d) net.get(1)).runningMean().eq(0).all().isTrue());
    }

    @Test
    void unknownPathsAreRefused() {
        assertEquals(
                "functionalCall: Linear has no parameter or buffer weigth; it has weight, bias",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new Linear(3, 2)
                                                .functionalCall(
                                                        Map.of("weigth", Tensor.zeros(2, 3)), x))
                        .getMessage());
    }

    @Test
    void callsNest() {
        Linear net = new Linear(3, 3);
        Tensor one = Tensor.eye(3);
        Tensor two = one.mul(2);
        Tensor none = Tensor.zeros(3);
        Tensor y =
                net.functionalCall(
                        Map.of("weight", two, "bias", none),
                        () -> net.functionalCall(Map.of("weight", one), x).add(net.call(x)));
        assertTrue(y.allclose(x.mul(3)));
    }

    @Test
    void theGradientOfANetworksLossByItsParameters() {
        Sequential net = net();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        net.namedParameters().forEach((name, p) -> parameters.put(name, p.detach()));
        var g = Transforms.gradByName(p -> net.functionalCall(p, x).pow(2).sum()).apply(parameters);
        net.call(x).pow(2).sum().backward();
        net.namedParameters()
                .forEach((name, p) -> assertTrue(p.grad().allclose(g.get(name)), name));
    }

    @Test
    void forwardModeThroughANetwork() {
        Linear net = new Linear(3, 2);
        Tensor w = net.weight().detach();
        Tensor v = Tensor.randn(2, 3);
        Tensor t = Transforms.jvp(p -> net.functionalCall(Map.of("weight", p), x)).apply(w, v);
        assertTrue(t.allclose(x.matmul(v.t())));
    }

    @Test
    void sharedTensorsAreFoundUnderBothPaths() {
        final class Tied extends Module {
            final Child first = module("first", new Linear(3, 3));
            final Child second = module("second", first.get());

            @Override
            public Tensor forward(Tensor t) {
                return second.forward(first.forward(t));
            }
        }
        Tied net = new Tied();
        Map<String, Tensor> given =
                Map.of("second.weight", Tensor.eye(3).mul(2), "first.bias", Tensor.zeros(3));
        assertTrue(net.functionalCall(given, x).allclose(x.mul(4)));
    }

    @Test
    void aCheckpointComputesAgainWithWhatItWasGiven() {
        Linear net = new Linear(3, 2);
        Linear other = new Linear(3, 2);
        Tensor in = x.clone().requiresGrad(true);
        Tensor y =
                net.functionalCall(
                        new LinkedHashMap<>(other.namedParameters()),
                        () -> Checkpoint.run(t -> net.call(t.sin()).tanh(), in));
        y.sum().backward();
        double[] found = in.grad().toDoubleArray();
        assertArrayEquals(
                Autograd.grad(other.call(in.sin()).tanh().sum(), in)[0].toDoubleArray(),
                found,
                1e-6);
    }

    @Test
    void threadsDoNotMeet() throws Exception {
        Linear net = new Linear(1, 1, false);
        net.to(DType.FLOAT64);
        Tensor one = Tensor.of(new double[][] {{1}});
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Tensor w = Tensor.of(new double[][] {{t}});
                double expected = t;
                running.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 200; i++) {
                                Tensor y = net.functionalCall(Map.of("weight", w), one);
                                assertEquals(expected, y.item());
                            }
                        }));
            }
            for (Future<?> one1 : running) {
                one1.get();
            }
        }
    }
}
