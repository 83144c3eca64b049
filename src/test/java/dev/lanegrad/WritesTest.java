package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Writes over a tensor have the values, the gradients and the node of the operation that returns
/// another.
class WritesTest {
    private static final Tensor ROWS = Tensor.of(2L, 0L);
    private static final Tensor FLAT = Tensor.of(5L, -1L, 0L, 1L, 2L, 3L, 4L, 6L);
    private static final Tensor PLACES = Tensor.of(new long[][] {{0, 3, 1, 2}, {1, 1, 0, 2}});
    private static final Tensor MASK =
            Tensor.of(
                    new boolean[][] {
                        {true, false, true, false},
                        {false, false, true, true},
                        {true, false, false, true}
                    });

    private record Pair(String name, BinaryOperator<Tensor> fresh, BinaryOperator<Tensor> over) {}

    /// x is `[3, 4]`, s `[2, 4]`.
    private static final List<Pair> PAIRS =
            List.of(
                    new Pair(
                            "indexAdd",
                            (x, s) -> x.indexAdd(0, ROWS, s),
                            (x, s) -> x.indexAdd_(0, ROWS, s)),
                    new Pair(
                            "indexCopy",
                            (x, s) -> x.indexCopy(0, ROWS, s),
                            (x, s) -> x.indexCopy_(0, ROWS, s)),
                    new Pair(
                            "indexFill",
                            (x, _) -> x.indexFill(0, ROWS, 3),
                            (x, _) -> x.indexFill_(0, ROWS, 3)),
                    new Pair(
                            "indexPut",
                            (x, s) -> x.indexPut(new Tensor[] {ROWS}, s, false),
                            (x, s) -> x.indexPut_(new Tensor[] {ROWS}, s, false)),
                    new Pair(
                            "put", (x, s) -> x.put(FLAT, s, true), (x, s) -> x.put_(FLAT, s, true)),
                    new Pair(
                            "scatter",
                            (x, s) -> x.scatter(1, PLACES, s),
                            (x, s) -> x.scatter_(1, PLACES, s)),
                    new Pair(
                            "scatter of a number",
                            (x, _) -> x.scatter(1, PLACES, 2),
                            (x, _) -> x.scatter_(1, PLACES, 2)),
                    new Pair(
                            "scatterAdd",
                            (x, s) -> x.scatterAdd(1, PLACES, s),
                            (x, s) -> x.scatterAdd_(1, PLACES, s)),
                    new Pair(
                            "scatterReduce",
                            (x, s) -> x.scatterReduce(1, PLACES, s, IndexReduction.PROD, true),
                            (x, s) -> x.scatterReduce_(1, PLACES, s, IndexReduction.PROD, true)),
                    new Pair(
                            "maskedFill",
                            (x, _) -> x.maskedFill(MASK, 5),
                            (x, _) -> x.maskedFill_(MASK, 5)),
                    new Pair(
                            "maskedScatter",
                            (x, s) -> x.maskedScatter(MASK, s),
                            (x, s) -> x.maskedScatter_(MASK, s)),
                    new Pair("clamp", (x, _) -> x.clamp(0.2, 0.7), (x, _) -> x.clamp_(0.2, 0.7)),
                    new Pair("log", (x, _) -> x.log(), (x, _) -> x.log_()),
                    new Pair("square", (x, _) -> x.square(), (x, _) -> x.square_()),
                    new Pair("silu", (x, _) -> x.silu(), (x, _) -> x.silu_()),
                    new Pair("elu", (x, _) -> x.elu(), (x, _) -> x.elu_()),
                    new Pair("hardtanh", (x, _) -> x.hardtanh(), (x, _) -> x.hardtanh_()),
                    new Pair(
                            "pow",
                            (x, _) -> x.pow(x.detach()),
                            (x, _) -> x.pow_(x.clone().detach())),
                    new Pair(
                            "addcmul",
                            (x, s) -> x.addcmul(s.select(0, 0), s.select(0, 1), 2),
                            (x, s) -> x.addcmul_(s.select(0, 0), s.select(0, 1), 2)),
                    new Pair(
                            "addmm",
                            (x, s) -> x.addmm(s.t().narrow(0, 0, 3), s),
                            (x, s) -> x.addmm_(s.t().narrow(0, 0, 3), s)),
                    new Pair("cumsum", (x, _) -> x.cumsum(1), (x, _) -> x.cumsum_(1)),
                    new Pair("triu", (x, _) -> x.triu(1), (x, _) -> x.triu_(1)));

    private static Tensor values(int rows) {
        return Tensor.arange(1.0, rows * 4 + 1.0, 1.0)
                .to(DType.FLOAT64)
                .div(13)
                .view(rows, 4)
                .detach()
                .requiresGrad(true);
    }

    @TestFactory
    Stream<DynamicTest> aWriteIsTheOperationItself() {
        return PAIRS.stream().map(p -> DynamicTest.dynamicTest(p.name, () -> compare(p, false)));
    }

    @TestFactory
    Stream<DynamicTest> aWriteThroughAViewToo() {
        return PAIRS.stream().map(p -> DynamicTest.dynamicTest(p.name, () -> compare(p, true)));
    }

    @TestFactory
    Stream<DynamicTest> aWriteCarriesTheTangentsOfTheOperation() {
        return PAIRS.stream().map(p -> DynamicTest.dynamicTest(p.name, () -> compareTangents(p)));
    }

    private static void compareTangents(Pair pair) {
        Tensor x = values(3).detach();
        Tensor s = values(2).detach();
        try (var _ = Autograd.forwardMode()) {
            Tensor dual = Autograd.makeDual(x, x.cos());
            Tensor source = Autograd.makeDual(s, s.sin());
            Tensor expected = pair.fresh.apply(dual, source);
            Tensor actual = pair.over.apply(dual.mul(1), source);
            Tensor tangent = Autograd.unpackDual(actual).tangent();
            assertTrue(
                    assertNotNullTensor(Autograd.unpackDual(expected).tangent())
                            .allclose(assertNotNullTensor(tangent)));
        }
    }

    private static void compare(Pair pair, boolean throughView) {
        Tensor x = values(3);
        Tensor s = values(2);
        Tensor expected = pair.fresh.apply(x.clone(), s);
        Tensor z = throughView ? Tensor.stack(List.of(x, x), 0) : x.clone();
        Tensor part = throughView ? z.select(0, 1) : z;
        assertSame(part, pair.over.apply(part, s));
        assertTrue(expected.equal(part), () -> expected + " but " + part);
        assertTrue(part.version().value() > 0);
        if (!throughView) {
            assertEquals(expected.gradFn().name(), part.gradFn().name());
        }
        Tensor w = Tensor.arange(12).to(DType.FLOAT64).sin().view(3, 4);
        Tensor[] leaves = {x, s};
        Tensor[] a = gradients(expected.mul(w).sum(), leaves);
        Tensor[] b = gradients(part.mul(w).sum(), leaves);
        for (int i = 0; i < 2; i++) {
            if (a[i] != null || b[i] != null) {
                assertTrue(assertNotNullTensor(a[i]).allclose(assertNotNullTensor(b[i])));
            }
        }
    }

    private static @Nullable Tensor[] gradients(Tensor root, Tensor[] leaves) {
        return Autograd.grad(
                new Tensor[] {root}, leaves, new Tensor[] {Tensor.scalar(1.0)}, false, false, true);
    }

    private static Tensor assertNotNullTensor(@Nullable Tensor t) {
        assertNotNull(t);
        return t;
    }

    @Test
    void aLeafThatRequiresGradIsNotWrittenTo() {
        Tensor x = values(3);
        assertThrows(IllegalStateException.class, () -> x.indexFill_(0, ROWS, 1));
        assertThrows(IllegalStateException.class, () -> x.log_());
    }

    @Test
    void whatTheWriteReadsIsAsItWas() {
        Tensor x = values(3);
        Tensor z = x.clone();
        z.scatterReduce_(1, PLACES, values(2), IndexReduction.PROD, true);
        z.add_(1);
        z.sum().backward();
        assertNotNull(x.grad());
    }

    @Test
    void numbersAreWrittenAtPositionsAndMasks() {
        Tensor x = Tensor.zeros(3, 4);
        x.indexPut_(new Tensor[] {ROWS, ROWS}, 1);
        x.indexPut_(new Tensor[] {MASK}, -2);
        assertEquals(-11f, x.sum().item());
    }

    @Test
    void wrongPlacesAreRefusedWithTheNumbers() {
        Tensor x = Tensor.ones(3);
        Exception e =
                assertThrows(IndexOutOfBoundsException.class, () -> x.take(Tensor.of(1L, 3L)));
        assertEquals("take: index 3 is out of range for 3 elements (input [3])", e.getMessage());
        Exception few =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> x.maskedScatter_(x.gt(0), Tensor.ones(2)));
        assertTrue(few.getMessage().contains("3 places and source float32 [2]"), few.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> x.clone().to(DType.INT64).clamp_(0.5, 1));
    }
}
