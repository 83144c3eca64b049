package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    /// Two layers, a scale of its own, and a count that is no parameter.
    private static final class Mlp extends Module {
        private final Tensor scale = parameter("scale", Tensor.ones(1));
        private final Tensor count = buffer("count", Tensor.scalar(0L));
        private final Child hidden = module("hidden", new Linear(3, 4));
        private final Child output = module("output", new Linear(4, 2));

        @Override
        public Tensor forward(Tensor x) {
            count.add_(1);
            return output.forward(hidden.forward(x).relu()).mul(scale);
        }
    }

    private static final Tensor X = Tensor.ones(5, 3);

    @Test
    void partsComeInTheOrderOfTheirRegistrationOwnOnesFirst() {
        Mlp m = new Mlp();
        assertEquals(
                List.of("scale", "hidden.weight", "hidden.bias", "output.weight", "output.bias"),
                List.copyOf(m.namedParameters().keySet()));
        assertEquals(
                List.of(
                        "scale",
                        "count",
                        "hidden.weight",
                        "hidden.bias",
                        "output.weight",
                        "output.bias"),
                List.copyOf(m.stateDict().keySet()));
        assertEquals(List.of("count"), List.copyOf(m.namedBuffers().keySet()));
        assertEquals(List.of("", "hidden", "output"), List.copyOf(m.namedModules().keySet()));
    }

    @Test
    void aModuleUsedTwiceHasItsParametersOnceButTwoPlacesInTheState() {
        Linear shared = new Linear(2, 2);
        Sequential m = new Sequential(shared, new ReLU(), shared);
        assertEquals(List.of("0.weight", "0.bias"), List.copyOf(m.namedParameters().keySet()));
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight", "2.bias"),
                List.copyOf(m.stateDict().keySet()));
        assertEquals(3, m.modules().size());
    }

    @Test
    void parametersRequireGradientsAndSayInPrintWhatTheyAre() {
        Tensor bias = new Linear(1, 2).parameters().get(1);
        assertTrue(bias.requiresGrad() && bias.isLeaf());
        assertTrue(bias.toString().startsWith("Parameter containing:\ntensor(["));
        assertTrue(bias.detach().toString().startsWith("tensor(["));
    }

    @Test
    void namesMayNotBeEmptyTakenOrHaveAPoint() {
        Sequential m = new Sequential(new Linear(1, 1));
        IllegalArgumentException point =
                assertThrows(
                        IllegalArgumentException.class, () -> m.parameter("a.b", Tensor.ones(1)));
        assertTrue(point.getMessage().startsWith("parameter name can't contain \".\""));
        IllegalArgumentException taken =
                assertThrows(IllegalArgumentException.class, () -> m.buffer("0", Tensor.ones(1)));
        assertEquals("attribute '0' already exists", taken.getMessage());
        assertThrows(IllegalArgumentException.class, () -> m.module("", new Linear(1, 1)));
    }

    @Test
    void aBufferTakesThePlaceOfOneOfItsName() {
        Sequential m = new Sequential();
        m.buffer("count", Tensor.of(1.0));
        m.buffer("total", Tensor.of(2.0));
        Tensor second = m.buffer("count", Tensor.of(3.0), false);
        assertEquals(List.of("count", "total"), List.copyOf(m.namedBuffers().keySet()));
        assertSame(second, m.namedBuffers().get("count"));
        assertEquals(Set.of("total"), m.stateDict().keySet());
    }

    // ------------------------------------------------------------ get, replace, apply

    @Test
    void aPathLeadsToAModuleAndAWrongOneSaysWhatIsThere() {
        Linear inner = new Linear(1, 1);
        Sequential m = new Sequential(new Linear(1, 1), new Sequential(new ReLU(), inner));
        assertSame(inner, m.get("1.1"));
        assertSame(m, m.get(""));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> m.get("1.2.weight"));
        assertEquals("get: Sequential has no module 1.2; its modules are [0, 1]", e.getMessage());
    }

    @Test
    void forwardCallsTheModuleThatWasPutInPlace() {
        Mlp m = new Mlp();
        Module before = m.get("output");
        assertEquals(2, m.forward(X).size(1));
        assertSame(before, m.replace("output", new Linear(4, 7)));
        assertEquals(7, m.forward(X).size(1));
        assertEquals(7, m.stateDict().get("output.bias").numel());
    }

    @Test
    void applyVisitsChildrenBeforeTheirParents() {
        List<Module> seen = new ArrayList<>();
        Sequential inner = new Sequential(new ReLU());
        Sequential m = new Sequential(inner, new Tanh());
        m.apply(seen::add);
        assertEquals(List.of(inner.get(0), inner, m.get(1), m), seen);
    }

    // ------------------------------------------------------------ modes

    @Test
    void trainingModeReachesEverythingBelow() {
        Sequential m = new Sequential(new Sequential(new Dropout(0.5)));
        assertTrue(m.modules().stream().allMatch(Module::isTraining));
        m.eval();
        assertTrue(m.modules().stream().noneMatch(Module::isTraining));
        Tensor x = Tensor.ones(8);
        assertSame(x, m.forward(x));
        m.train();
        assertTrue(m.get("0.0").isTraining());
    }

    @Test
    void freezeStopsParametersAndModesAndSurvivesTrain() {
        Mlp m = new Mlp();
        m.forward(X).sum().backward();
        m.freeze();
        m.replace("output", new Linear(4, 2));
        m.train();
        assertFalse(m.get("hidden").isTraining());
        assertTrue(m.get("output").isTraining());
        Map<String, float[]> before = values(m);
        var optimizer = SGD.builder(m.parameters()).lr(1).weightDecay(0.1).build();
        m.forward(X).sum().backward();
        optimizer.step();
        Map<String, float[]> after = values(m);
        assertArrayEquals(before.get("hidden.weight"), after.get("hidden.weight"));
        assertArrayEquals(before.get("scale"), after.get("scale"));
        assertFalse(java.util.Arrays.equals(before.get("output.bias"), after.get("output.bias")));
        m.unfreeze();
        assertTrue(m.get("hidden").isTraining());
        assertTrue(m.parameters().stream().allMatch(Tensor::requiresGrad));
    }

    @Test
    void zeroGradForgetsGradients() {
        Mlp m = new Mlp();
        m.forward(X).sum().backward();
        assertTrue(m.parameters().stream().allMatch(p -> p.grad() != null));
        m.zeroGrad();
        assertTrue(m.parameters().stream().allMatch(p -> p.grad() == null));
    }

    @Test
    void anotherTypeKeepsTheParametersTheirGradientsAndTheirOptimizer() {
        Mlp m = new Mlp();
        List<Tensor> parameters = m.parameters();
        var optimizer = SGD.builder(parameters).lr(0.1).build();
        m.forward(X).sum().backward();
        m.to(DType.FLOAT64);
        assertSame(parameters.get(1), m.parameters().get(1));
        assertEquals(DType.FLOAT64, parameters.get(1).dtype());
        assertEquals(DType.FLOAT64, assertNotNullValue(parameters.get(1).grad()).dtype());
        assertEquals(DType.INT64, m.buffers().get(0).dtype());
        double[] before = parameters.get(4).toDoubleArray();
        optimizer.zeroGrad();
        m.forward(X.to(DType.FLOAT64)).sum().backward();
        optimizer.step();
        assertEquals(before[0] - 0.5, parameters.get(4).toDoubleArray()[0], 1e-12);
        assertThrows(IllegalArgumentException.class, () -> m.to(DType.INT64));
    }

    private static Tensor assertNotNullValue(Tensor t) {
        assertNotNull(t);
        return t;
    }

    // ------------------------------------------------------------ state

    @Test
    void aStateRestoresAnotherModule() {
        Mlp a = new Mlp();
        Mlp b = new Mlp();
        a.forward(X);
        assertEquals("<All keys matched successfully>", b.loadStateDict(a.stateDict()).toString());
        values(a).forEach((path, v) -> assertArrayEquals(v, values(b).get(path), path));
        assertEquals(1L, b.buffers().get(0).item());
    }

    @Test
    void theStateSharesItsElementsWithTheModuleWithoutHistory() {
        Linear m = new Linear(2, 2);
        Tensor weight = m.stateDict().get("weight");
        assertFalse(weight.requiresGrad());
        weight.zero_();
        assertArrayEquals(new float[4], m.weight().toFloatArray());
    }

    @Test
    void everyFaultOfAStateIsListedAtOnceAndNothingChanges() {
        Sequential m = new Sequential(new Linear(2, 2), new Linear(2, 1));
        Map<String, float[]> before = values(m);
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("0.weight", Tensor.ones(2, 3));
        state.put("0.bias", Tensor.ones(2));
        state.put("2.weight", Tensor.ones(1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> m.loadStateDict(state));
        assertEquals(
                """
                Error(s) in loading state_dict for Sequential:
                \tMissing key(s) in state_dict: "1.weight", "1.bias".\s
                \tUnexpected key(s) in state_dict: "2.weight".\s
                \tsize mismatch for 0.weight: copying a param with shape Size([2, 3]) from \
                checkpoint, the shape in current model is Size([2, 2]).\
                """,
                e.getMessage());
        values(m).forEach((path, v) -> assertArrayEquals(before.get(path), v, path));
    }

    @Test
    void aLooseStateLoadsWhatFitsAndNamesTheRest() {
        Sequential m = new Sequential(new Linear(2, 2), new Linear(2, 1));
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("0.bias", Tensor.ones(2));
        state.put("x", Tensor.ones(2));
        IncompatibleKeys keys = m.loadStateDict(state, false);
        assertEquals(List.of("0.weight", "1.weight", "1.bias"), keys.missingKeys());
        assertEquals(List.of("x"), keys.unexpectedKeys());
        assertArrayEquals(new float[] {1, 1}, m.parameters().get(1).toFloatArray());
        state.put("0.weight", Tensor.ones(1));
        assertThrows(IllegalArgumentException.class, () -> m.loadStateDict(state, false));
    }

    @Test
    void buffersThatAreNotPersistentStayOutOfTheState() {
        Sequential m = new Sequential();
        m.buffer("t", Tensor.ones(1), false);
        assertTrue(m.stateDict().isEmpty());
        assertEquals(1, m.buffers().size());
    }

    @Test
    void aModuleMadeInAScopeLivesOn() {
        Linear m;
        try (var _ = Lanegrad.scope()) {
            m = new Linear(3, 2);
            assertNull(m.weight().grad());
        }
        assertEquals(6, m.weight().toFloatArray().length);
    }

    // ------------------------------------------------------------ containers

    @Test
    void listsAreForTheirParentsToCall() {
        ModuleList list = new ModuleList(new ReLU(), new ReLU(), new Tanh());
        assertEquals("ModuleList(\n  (0-1): 2 x ReLU()\n  (2): Tanh()\n)", list.toString());
        int n = 0;
        for (Module _ : list) {
            n++;
        }
        assertEquals(3, n);
        assertThrows(UnsupportedOperationException.class, () -> list.forward(X));
    }

    @Test
    void positionsMoveUpWhenAModuleIsTakenOut() {
        Sequential m = new Sequential(new Tanh(), new Linear(2, 2), new ReLU());
        assertEquals("Tanh()", m.remove(0).toString());
        assertEquals(List.of("0", "1"), List.copyOf(m.namedChildren().keySet()));
        assertEquals("ReLU()", m.get(-1).toString());
    }

    private static Map<String, float[]> values(Module m) {
        Map<String, float[]> values = new LinkedHashMap<>();
        m.stateDict().forEach((path, t) -> values.put(path, t.toFloatArray()));
        return values;
    }
}
