package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.GradReport;
import dev.lanegrad.Tensor;
import dev.lanegrad.ValuesAndIndices;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every operation of the catalogue is put through.
class CatalogueTest {
    private static final long[] SEEDS = {1, 2, 3};

    private interface Trial {
        void run(Operation op, long seed);
    }

    private static Stream<DynamicTest> everyOperation(Trial trial) {
        return Catalogue.ALL.stream()
                .map(op ->
                        DynamicTest.dynamicTest(
                                op.toString(),
                                () -> {
                                    for (long seed : SEEDS) {
                                        trial.run(op, seed);
                                    }
                                }));
    }

    private static GradCheck.Options options(Operation op, long seed) {
        GradCheck.Options options = GradCheck.options().fast().seed(seed);
        return op.bilinear() ? options.bilinear() : options;
    }

    private static Tensor[] leaves(Tensor[] inputs) {
        return Arrays.stream(inputs).map(x -> x.clone().requiresGrad(true)).toArray(Tensor[]::new);
    }

    private static Tensor weights(Tensor y) {
        double[] w = new double[y.numel()];
        Arrays.setAll(w, i -> Math.cos(1 + 0.7 * i));
        return Tensor.of(w, y.shape()).to(y.dtype());
    }

    private static double[][] gradients(Operation op, Tensor... leaves) {
        Tensor y = op.function().apply(leaves);
        y.backward(weights(y));
        return Arrays.stream(leaves)
                .map(x -> x.grad() == null ? new double[0] : x.grad().toDoubleArray())
                .toArray(double[][]::new);
    }

    @TestFactory
    Stream<DynamicTest> gradientsEqualCentralDifferences() {
        return everyOperation((op, seed) -> {
            GradReport report = options(op, seed).check(op.function(), leaves(op.draw(seed)));
            assertTrue(report.passed(), () -> op + ", seed " + seed + "\n" + report);
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfGradientsEqualCentralDifferences() {
        return everyOperation((op, seed) -> {
            GradReport report =
                    GradCheck.options()
                            .fast()
                            .seed(seed)
                            .checkSecond(op.function(), leaves(op.draw(seed)));
            assertTrue(report.passed(), () -> op + ", seed " + seed + "\n" + report);
        });
    }

    /// The fused reading of backward and the one that is recorded agree.
    @TestFactory
    Stream<DynamicTest> bothReadingsOfBackwardAgree() {
        return everyOperation((op, seed) -> {
            double[][] fused = gradients(op, leaves(op.draw(seed)));
            Tensor[] leaves = leaves(op.draw(seed));
            Tensor y = op.function().apply(leaves);
            Tensor[] recorded =
                    Autograd.grad(
                            new Tensor[] {y}, leaves, new Tensor[] {weights(y)}, true, true, true);
            for (int i = 0; i < leaves.length; i++) {
                assertNotNull(recorded[i]);
                assertClose(fused[i], recorded[i].toDoubleArray(), 1e-12, op + " input " + i);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> singlePrecisionAgreesWithDouble() {
        return everyOperation((op, seed) -> {
            Tensor[] inputs = op.draw(seed);
            Tensor[] single =
                    Arrays.stream(inputs).map(x -> x.to(DType.FLOAT32)).toArray(Tensor[]::new);
            Tensor[] widened =
                    Arrays.stream(single).map(x -> x.to(DType.FLOAT64)).toArray(Tensor[]::new);
            if (op.method().equals("to")) {
                return;
            }
            double[][] s = gradients(op, leaves(single));
            double[][] d = gradients(op, leaves(widened));
            for (int i = 0; i < inputs.length; i++) {
                assertClose(d[i], s[i], 2e-4, op + " input " + i);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> memoryLayoutChangesNothing() {
        return everyOperation((op, seed) -> {
            Tensor[] inputs = op.draw(seed);
            double[] value = op.function().apply(inputs).toDoubleArray();
            double[][] expected = gradients(op, leaves(inputs));
            for (Memory memory : Memory.values()) {
                Tensor[] laid =
                        Arrays.stream(inputs)
                                .map(x -> memory.copyOf(x).requiresGrad(true))
                                .toArray(Tensor[]::new);
                String what = op + " " + memory;
                assertClose(value, op.function().apply(laid).toDoubleArray(), 1e-12, what);
                double[][] actual = gradients(op, laid);
                for (int i = 0; i < laid.length; i++) {
                    assertClose(expected[i], actual[i], 1e-12, what + " input " + i);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> usedTwiceGivesTwiceTheGradient() {
        return everyOperation((op, seed) -> {
            double[][] once = gradients(op, leaves(op.draw(seed)));
            Tensor[] leaves = leaves(op.draw(seed));
            Tensor y = op.function().apply(leaves).add(op.function().apply(leaves));
            y.backward(weights(y));
            for (int i = 0; i < leaves.length; i++) {
                double[] twice = Arrays.stream(once[i]).map(g -> 2 * g).toArray();
                assertNotNull(leaves[i].grad());
                assertClose(twice, leaves[i].grad().toDoubleArray(), 1e-12, op.toString());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotRequiredIsNotComputed() {
        return everyOperation((op, seed) -> {
            for (int wanted = 0; wanted < op.inputs().size(); wanted++) {
                Tensor[] inputs = op.draw(seed);
                inputs[wanted].requiresGrad(true);
                Tensor y = op.function().apply(inputs);
                y.backward(weights(y));
                for (int i = 0; i < inputs.length; i++) {
                    if (i == wanted) {
                        assertNotNull(inputs[i].grad(), op.toString());
                    } else {
                        assertNull(inputs[i].grad(), op.toString());
                    }
                }
            }
        });
    }

    @Test
    void everyPublicOperationHasALine() {
        Set<String> known =
                Catalogue.ALL.stream().map(Operation::method).collect(Collectors.toSet());
        known.addAll(Catalogue.WITHOUT_DERIVATIVE);
        known.addAll(ElsewhereTested.METHODS);
        Set<String> missing = new TreeSet<>();
        for (Class<?> family : Tensor.class.getInterfaces()) {
            for (Method m : family.getDeclaredMethods()) {
                Class<?> result = m.getReturnType();
                boolean operation =
                        result == Tensor.class
                                || result == Tensor[].class
                                || result == ValuesAndIndices.class;
                if (operation
                        && Modifier.isPublic(m.getModifiers())
                        && !Modifier.isStatic(m.getModifiers())
                        && !m.getName().endsWith("_")
                        && !known.contains(m.getName())) {
                    missing.add(m.getName());
                }
            }
        }
        assertEquals(Set.of(), missing, "operations without a line in the catalogue");
    }

    private static void assertClose(
            double[] expected, double[] actual, double relative, String what) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertArrayEquals(expected, actual, relative * Math.max(1, scale), what);
    }
}
