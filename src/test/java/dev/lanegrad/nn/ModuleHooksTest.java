package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.RemovableHandle;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Hooks on modules and optimizers. The cases are those of PyTorch's recorded hooks.
class ModuleHooksTest {
    private final Sequential m =
            new Sequential(new Linear(2, 2, true), new ReLU(), new Linear(2, 1, true));
    private final List<String> log = new ArrayList<>();

    private static String shape(@Nullable Tensor t) {
        return t == null ? "null" : t.shape().toString();
    }

    @Test
    void forwardHooksRunAroundEachModule() {
        for (int i = 0; i < m.size(); i++) {
            int at = i;
            m.get(i).registerForwardPreHook((_, _) -> note("pre " + at));
            m.get(i).registerForwardHook((_, _, _) -> note("post " + at));
        }
        assertEquals("[3, 1]", shape(m.forward(Tensor.ones(3, 2))));
        assertEquals(List.of("pre 0", "post 0", "pre 1", "post 1", "pre 2", "post 2"), log);
    }

    private @Nullable Tensor note(String line) {
        log.add(line);
        return null;
    }

    @Test
    void backwardHooksSeeTheGradientsOfOutputAndInput() {
        for (int i = 0; i < m.size(); i++) {
            int at = i;
            m.get(i)
                    .registerFullBackwardHook(
                            (_, gx, gy) -> note(at + " " + shape(gx) + " " + shape(gy)));
        }
        m.forward(Tensor.ones(3, 2)).sum().backward();
        assertEquals(List.of("2 [3, 2] [3, 1]", "1 [3, 2] [3, 2]", "0 null [3, 2]"), log);
    }

    @Test
    void aHookMayReplaceTheInput() {
        m.get(0).registerForwardPreHook((_, x) -> x.mul(0));
        Tensor bias = m.get(0).stateDict().get("bias");
        assertNotNull(bias);
        bias.data().fill_(2);
        assertArrayEquals(new float[] {2, 2}, m.get(0).call(Tensor.ones(1, 2)).toFloatArray());
    }

    @Test
    void theWholeNetworksHooksRunByCall() {
        m.registerFullBackwardHook((_, gx, _) -> note("root " + shape(gx)));
        m.registerFullBackwardPreHook((_, gy) -> gy.mul(2));
        Tensor x = Tensor.ones(3, 2).requiresGrad(true);
        Tensor y = m.forward(x);
        y.sum().backward();
        Tensor plain = x.grad();
        assertNotNull(plain);
        x.grad(null);
        m.call(x).sum().backward();
        assertEquals(List.of("root [3, 2]"), log);
        Tensor doubled = x.grad();
        assertNotNull(doubled);
        assertArrayEquals(plain.mul(2).toFloatArray(), doubled.toFloatArray());
    }

    @Test
    void aBackwardHookMayReplaceTheGradientOfTheInput() {
        m.registerFullBackwardHook((_, gx, _) -> gx == null ? null : gx.mul(0).add(7));
        Tensor x = Tensor.ones(1, 2).requiresGrad(true);
        m.call(x).sum().backward();
        assertArrayEquals(new float[] {7, 7}, x.grad().toFloatArray());
    }

    @Test
    void aPrependedHookRunsFirstAndARemovedOneNoMore() {
        Module first = m.get(0);
        first.registerForwardHook((_, _, _) -> note("first"));
        RemovableHandle removed = first.registerForwardHook((_, _, _) -> note("removed"));
        first.registerForwardHook((_, _, _) -> note("prepended"), true);
        removed.remove();
        m.forward(Tensor.ones(1, 2));
        assertEquals(List.of("prepended", "first"), log);
    }

    @Test
    void anomalyDetectionNamesTheModulesPath() {
        Module net = new Sequential(new Linear(2, 2), new Sequential(new SquareRoot()));
        List<String> warnings = new ArrayList<>();
        var before = Lanegrad.onWarning(warnings::add);
        try (var _ = Autograd.detectAnomaly()) {
            Tensor y = net.forward(Tensor.full(Shape.of(1, 2), 1e9)).sum();
            assertThrows(IllegalStateException.class, y::backward);
        } finally {
            Lanegrad.onWarning(before);
        }
        assertEquals(
                "Error detected in SqrtBackward0 in 1.0. Traceback of forward call that caused the"
                        + " error:",
                warnings.getFirst());
    }

    private static final class SquareRoot extends Module {
        @Override
        public Tensor forward(Tensor x) {
            return x.abs().add(1).neg().sqrt();
        }
    }

    @Test
    void stepsHaveHooksToo() {
        SGD sgd = SGD.builder(m.parameters()).lr(0.1).build();
        sgd.registerStepPreHook(_ -> log.add("pre"));
        sgd.registerStepPostHook(_ -> log.add("post"));
        m.forward(Tensor.ones(1, 2)).sum().backward();
        sgd.step();
        assertEquals(List.of("pre", "post"), log);
    }

    // ------------------------------------------------------------ states

    @Test
    void stateDictsPassByTheHooksOfAllTheirModules() {
        Linear inner = new Linear(2, 1, false);
        Sequential net = new Sequential(inner);
        List<String> log = new ArrayList<>();
        net.registerStateDictHook((m, state, prefix) -> {
            log.add("net " + prefix + state.keySet());
            state.put("version", Tensor.scalar(2L));
        });
        var handle =
                inner.registerStateDictHook((m, state, prefix) -> {
                    log.add("inner " + prefix);
                    state.put(prefix + "renamed", state.remove(prefix + "weight"));
                });
        assertEquals(List.of("0.renamed", "version"), List.copyOf(net.stateDict().keySet()));
        assertEquals(List.of("inner 0.", "net [0.renamed]"), log);
        handle.remove();
        assertEquals(List.of("0.weight", "version"), List.copyOf(net.stateDict().keySet()));
    }

    @Test
    void whatAnOlderVersionWroteIsRenamedBeforeItIsLoaded() {
        Linear inner = new Linear(2, 1, false);
        Sequential net = new Sequential(inner);
        Tensor values = Tensor.of(new float[][] {{3, 4}});
        Map<String, Tensor> old = new LinkedHashMap<>();
        old.put("0.w", values);
        inner.registerLoadStateDictPreHook(
                (m, state, prefix) -> state.put(prefix + "weight", state.remove(prefix + "w")));
        List<String> log = new ArrayList<>();
        inner.registerLoadStateDictPostHook((m, keys) -> log.add("inner"));
        net.registerLoadStateDictPostHook((m, keys) -> log.add("net " + keys.missingKeys()));
        net.loadStateDict(old);
        assertTrue(inner.weight().detach().equal(values));
        assertEquals(List.of("inner", "net []"), log);
        assertEquals(Set.of("0.w"), old.keySet(), "the caller's map stays");
    }
}
