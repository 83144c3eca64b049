package dev.lanegrad.check;

import static dev.lanegrad.check.Trials.gradients;
import static dev.lanegrad.check.Trials.leaves;
import static dev.lanegrad.check.Trials.to;
import static dev.lanegrad.check.Trials.weights;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.GradReport;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every operation of the catalogue is put through, with inputs of random sizes, values and
/// layouts.
class CatalogueTest {
    /// Change it with `-Dlanegrad.check.seed=N` to explore other cases.
    private static final long SEED = Long.getLong("lanegrad.check.seed", 1);

    private static final int CASES = Integer.getInteger("lanegrad.check.cases", 5);

    private static Stream<DynamicTest> everyOperation(BiConsumer<Operation, Tensor[]> trial) {
        return Catalogue.ALL.stream()
                .map(op ->
                        DynamicTest.dynamicTest(
                                op.toString(),
                                () ->
                                        Cases.forAll(
                                                op.cases(),
                                                CASES,
                                                SEED,
                                                x -> trial.accept(op, x))));
    }

    // ------------------------------------------------------------ gradients

    @TestFactory
    Stream<DynamicTest> gradientsEqualCentralDifferences() {
        return everyOperation((op, inputs) -> {
            GradReport report = Trials.first(op, inputs);
            assertTrue(report.passed(), report::toString);
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfGradientsEqualCentralDifferences() {
        return everyOperation((op, inputs) -> {
            GradReport report = Trials.second(op, inputs);
            assertTrue(report.passed(), report::toString);
        });
    }

    @TestFactory
    Stream<DynamicTest> tangentsOfForwardModeAreThoseOfBackward() {
        return everyOperation((op, inputs) -> assertEquals(0, Trials.forward(op, inputs), 1e-11));
    }

    @TestFactory
    Stream<DynamicTest> bothModesMixInAllWays() {
        return everyOperation((op, inputs) -> assertEquals(0, Trials.mixed(op, inputs), 1e-9));
    }

    /// The fused reading of backward and the one that is recorded agree.
    @TestFactory
    Stream<DynamicTest> bothReadingsOfBackwardAgree() {
        return everyOperation((op, inputs) ->
                assertClose(
                        gradients(op, false, leaves(inputs)),
                        gradients(op, true, leaves(inputs)),
                        1e-12));
    }

    @TestFactory
    Stream<DynamicTest> usedTwiceGivesTwiceTheGradient() {
        return everyOperation((op, inputs) -> {
            @Nullable Tensor[] once = gradients(op, false, leaves(inputs));
            Tensor[] leaves = leaves(inputs);
            List<Tensor> twice = new ArrayList<>();
            twice.addAll(List.of(op.function().apply(leaves)));
            twice.addAll(List.of(op.function().apply(leaves)));
            @Nullable Tensor[] doubled = gradients(twice.toArray(new Tensor[0]), false, leaves);
            for (int i = 0; i < once.length; i++) {
                Tensor g = once[i];
                once[i] = g == null ? null : g.mul(2);
            }
            assertClose(once, doubled, 1e-14);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotRequiredIsNotComputed() {
        return everyOperation((op, inputs) -> {
            @Nullable Tensor[] all = gradients(op, false, leaves(inputs));
            for (int wanted = 0; wanted < inputs.length; wanted++) {
                Tensor[] some = Arrays.stream(inputs).map(x -> x.detach()).toArray(Tensor[]::new);
                some[wanted].requiresGrad(true);
                for (Tensor y : op.function().apply(some)) {
                    if (y.requiresGrad()) {
                        y.backward(weights(y), true, false);
                    }
                }
                for (int i = 0; i < inputs.length; i++) {
                    if (i != wanted) {
                        assertNull(some[i].grad());
                    }
                }
                assertClose(
                        new @Nullable Tensor[] {all[wanted]},
                        new @Nullable Tensor[] {some[wanted].grad()},
                        1e-14);
            }
        });
    }

    // ------------------------------------------------------------ values

    @TestFactory
    Stream<DynamicTest> singlePrecisionAgreesWithDouble() {
        return everyOperation((op, inputs) -> {
            if (op.method().equals("to")) {
                return;
            }
            Tensor[] single = leaves(to(DType.FLOAT32, inputs));
            Tensor[] widened = leaves(to(DType.FLOAT64, single));
            Tensor[] narrow = op.function().apply(single);
            Tensor[] wide = op.function().apply(widened);
            assertClose(wide, narrow, op.tolerance());
            assertClose(
                    gradients(wide, false, widened),
                    gradients(narrow, false, single),
                    op.tolerance());
        });
    }

    @TestFactory
    Stream<DynamicTest> layoutsChangeNothing() {
        return everyOperation((op, inputs) -> {
            for (Layout layout : Layout.values()) {
                Tensor[] laid = new Tensor[inputs.length];
                for (int i = 0; i < laid.length; i++) {
                    boolean ties =
                            layout == Layout.EXPANDED
                                    && op.inputs().get(i).values().domain() == Domain.DISTINCT;
                    laid[i] = (ties ? Layout.SLICED : layout).copyOf(inputs[i]);
                }
                Tensor[] plain =
                        Arrays.stream(laid)
                                .map(x -> Layout.CONTIGUOUS.copyOf(x))
                                .toArray(Tensor[]::new);
                assertClose(op.function().apply(plain), op.function().apply(laid), 1e-12);
                assertClose(
                        gradients(op, false, leaves(plain)),
                        gradients(op, false, leaves(laid)),
                        1e-12);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> inputsStayAsTheyAre() {
        return everyOperation((op, inputs) -> {
            Tensor[] before = Arrays.stream(inputs).map(Tensor::clone).toArray(Tensor[]::new);
            gradients(op, true, leaves(inputs));
            for (int i = 0; i < inputs.length; i++) {
                assertArrayEquals(before[i].toDoubleArray(), inputs[i].toDoubleArray());
            }
        });
    }

    /// Bit by bit, values and gradients.
    @TestFactory
    Stream<DynamicTest> threadsChangeNothing() {
        return Catalogue.ALL.stream()
                .map(op ->
                        DynamicTest.dynamicTest(
                                op.toString(),
                                () -> {
                                    Tensor[] inputs = op.large(SEED);
                                    assertArrayEquals(run(op, 1, inputs), run(op, 3, inputs));
                                }));
    }

    private static Object[] run(Operation op, int threads, Tensor... inputs) {
        int before = Lanegrad.numThreads();
        Lanegrad.setNumThreads(threads);
        try {
            Tensor[] leaves = leaves(to(DType.FLOAT32, inputs));
            Tensor[] ys = op.function().apply(leaves);
            return Stream.concat(Arrays.stream(ys), Arrays.stream(gradients(ys, false, leaves)))
                    .map(t -> t == null ? new float[0] : t.toFloatArray())
                    .toArray();
        } finally {
            Lanegrad.setNumThreads(before);
        }
    }

    // ------------------------------------------------------------ comparison

    /// Within a share of the largest finite element, and of 1 at least.
    private static void assertClose(
            @Nullable Tensor[] expected, @Nullable Tensor[] actual, double relative) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            Tensor e = expected[i];
            Tensor a = actual[i];
            if (e == null || a == null) {
                assertEquals(e, a, "tensor " + i);
                continue;
            }
            assertNotNull(a);
            assertEquals(e.shape(), a.shape(), "shape of tensor " + i);
            double[] values = e.toDoubleArray();
            double scale =
                    Arrays.stream(values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
            assertArrayEquals(
                    values, a.toDoubleArray(), relative * Math.max(1, scale), "tensor " + i);
        }
    }
}
