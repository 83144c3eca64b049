package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.GradReport.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GradCheckTest {
    private static Tensor x() {
        return Tensor.of(0.3, -1.1, 2.0);
    }

    // ------------------------------------------------------------ what passes

    @Test
    void rightGradientsPass() {
        GradReport report = GradCheck.check(Tensor::tanh, x());
        assertTrue(report.passed(), report::toString);
        assertEquals(9, report.compared());
        assertEquals(0, report.differing());
        GradCheck.require((a, b) -> a.mul(b).add(a), x(), x());
        GradCheck.require(in -> in[0].mul(in[1]).div(in[2]), x(), x(), x());
        GradCheck.options().fastMode(true).check(Tensor::exp, x()).require();
    }

    @Test
    void productsAreExactWithStepOne() {
        Tensor a = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Tensor b = Tensor.of(new double[][] {{1, -2}, {0.5, 3}, {-1, 7}});
        GradCheck.options().bilinear().check((p, q) -> p.matmul(q), a, b).require();
        GradReport square = GradCheck.options().bilinear().check(t -> t.mul(t).mul(t), x());
        assertEquals(Verdict.MISMATCH, square.verdict());
    }

    @Test
    void severalResultsAreCheckedEachByItself() {
        GradReport report =
                GradCheck.checkAll(in -> new Tensor[] {in[0].exp(), in[0].sum(), in[0].gt(0)}, x());
        assertTrue(report.passed(), report::toString);
        assertEquals(9 + 3, report.compared());
    }

    @Test
    void forwardModeIsCheckedIfAskedFor() {
        GradCheck.Options options = GradCheck.options().checkForwardAd(true);
        Tensor at = Tensor.of(0.5, -1.0);
        assertTrue(options.check(t -> t.exp().mul(t), at).passed());
        GradReport report =
                options.check(t -> Autograd.unpackDual(t).primal().mul(2), at); // loses the tangent
        assertEquals(GradReport.Verdict.MISMATCH, report.verdict());
        assertTrue(
                report.toString()
                        .startsWith(
                                "Jacobian computed with forward mode mismatch for output 0 with"
                                        + " respect to input 0,\n  worst at output 0 ["),
                report.toString());
    }

    /// `x` three times; wrong, if it is to be, where just one of them has no gradient.
    private static final class Triplets extends Function {
        private final boolean right;

        Triplets(boolean right) {
            this.right = right;
        }

        @Override
        protected Tensor[] forward(Context context, @Nullable Tensor... in) {
            context.materializeGrads(false);
            Tensor t = Objects.requireNonNull(in[0]);
            return new Tensor[] {t.mul(1), t.mul(1), t.mul(1)};
        }

        @Override
        protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
            Tensor sum = Tensor.scalar(0.0);
            int missing = 0;
            for (Tensor g : gy) {
                missing += g == null ? 1 : 0;
                sum = g == null ? sum : sum.add(g);
            }
            return new @Nullable Tensor[] {right || missing != 1 ? sum : sum.mul(2)};
        }
    }

    @Test
    void outputsWithoutAGradientCountAsZeros() {
        GradCheck.Options options = GradCheck.options();
        assertTrue(options.checkAll(in -> new Triplets(true).applyAll(in), x()).passed());
        GradReport report = options.checkAll(in -> new Triplets(false).applyAll(in), x());
        assertEquals(Verdict.MISMATCH, report.verdict());
        assertTrue(
                report.toString()
                        .startsWith("Expected backward function to handle undefined output grads"),
                report::toString);
        assertTrue(
                options.checkUndefinedGrad(false)
                        .checkAll(in -> new Triplets(false).applyAll(in), x())
                        .passed());
    }

    @Test
    void aBatchOfWeightsIsLikeEachAlone() {
        GradCheck.Options options = GradCheck.options().checkBatchedGrad(true);
        assertTrue(options.check(t -> t.exp().mul(t), x()).passed());
        int[] calls = {0};
        GradReport report =
                options.nondetTol(10)
                        .check(
                                t -> {
                                    Tensor y = t.mul(1);
                                    y.registerHook(g -> calls[0]++ < 7 ? null : g.mul(2));
                                    return y;
                                },
                                x());
        assertEquals(Verdict.MISMATCH, report.verdict(), report::toString);
        assertTrue(
                report.toString()
                        .startsWith("gradcheck failed while testing batched gradient computation"),
                report::toString);
    }

    @Test
    void secondDerivativesAreChecked() {
        GradReport report = GradCheck.checkSecond(t -> t.mul(t).mul(t), x());
        assertTrue(report.passed(), report::toString);
        GradCheck.checkSecond((a, b) -> a.mul(b), x(), x()).require();
        GradCheck.checkSecond(Tensor::exp, x()).require();
        assertEquals(Verdict.MISMATCH, GradCheck.checkSecond(t -> t.mul(wrong(t)), x()).verdict());
    }

    @Test
    void oddInputsPass() {
        Tensor square = Tensor.of(new double[][] {{0.1, 0.2}, {0.3, 0.4}});
        for (Tensor t :
                List.of(
                        Tensor.scalar(0.5),
                        Tensor.empty(Shape.of(0), DType.FLOAT64),
                        Tensor.empty(Shape.of(2, 0, 3), DType.FLOAT64),
                        square.t(),
                        square.unsqueeze(0).expand(3, 2, 2))) {
            GradReport slow = GradCheck.check(Tensor::exp, t);
            assertTrue(slow.passed(), slow::toString);
            assertEquals((long) t.numel() * t.numel(), slow.compared());
            assertTrue(GradCheck.options().fastMode(true).check(Tensor::exp, t).passed());
            assertTrue(GradCheck.checkSecond(Tensor::exp, t).passed());
        }
    }

    @Test
    void nothingToDifferentiatePassesAndSaysSo() {
        GradReport comparison = GradCheck.check(t -> t.gt(0), x());
        assertTrue(comparison.passed());
        assertEquals(
                List.of("no output is floating point: nothing was compared"), comparison.advice());
        GradReport integers = GradCheck.check(t -> t.add(1), Tensor.of(1L, 2L));
        assertEquals(
                List.of("no input is floating point: nothing was compared"), integers.advice());
    }

    @Test
    void inputsStayAsTheyAre() {
        Tensor x = x().requiresGrad(true);
        Tensor y = x();
        assertTrue(GradCheck.check((a, b) -> a.mul(b), x, y).passed());
        assertNull(x.grad());
        assertFalse(y.requiresGrad());
        assertArrayEquals(x().toDoubleArray(), x.toDoubleArray());
        assertEquals(Verdict.THREW, GradCheck.check(Tensor::zero_, x()).verdict());
        assertTrue(GradCheck.check((a, b) -> a.mul(b.detach().mul_(2)), x, y).passed());
        assertArrayEquals(x().toDoubleArray(), y.toDoubleArray());
    }

    @Test
    void onlyInputsThatRequireAGradientAreCheckedIfAnyDoes() {
        GradReport report = GradCheck.check((a, b) -> a.mul(wrong(b)), x().requiresGrad(true), x());
        assertTrue(report.passed(), report::toString);
    }

    // ------------------------------------------------------------ what does not

    @Test
    void theWorstDerivativeIsNamedWithItsNumbers() {
        GradReport report = GradCheck.check(t -> t.mul(t.detach()), x());
        assertEquals(Verdict.MISMATCH, report.verdict());
        GradReport.Derivative worst = report.worst();
        assertNotNull(worst);
        assertEquals(List.of(2), worst.inputIndex());
        assertEquals(List.of(2), worst.outputIndex());
        assertEquals(2.0, worst.analytic());
        assertEquals(4.0, worst.numeric(), 1e-6);
        assertEquals(4.0, worst.left(), 1e-4);
        assertEquals(4.0, worst.right(), 1e-4);
        assertEquals(3, report.differing());
        assertFalse(report.suspectedKink());
        String text = report.toString();
        assertTrue(text.startsWith("Jacobian mismatch for output 0 with respect to input 0,"));
        assertTrue(text.contains("worst at output 0 [2] by input 0 [2]"), text);
        AssertionError error = assertThrows(AssertionError.class, report::require);
        assertEquals(text, error.getMessage());
    }

    @Test
    void aFailedFastCheckNamesTheWorstDerivativeToo() {
        GradReport report = GradCheck.options().fastMode(true).check(GradCheckTest::wrong, x());
        assertEquals(Verdict.MISMATCH, report.verdict());
        assertEquals(9, report.compared());
        assertTrue(report.toString().contains("the analytic gradient has the opposite sign"));
    }

    @Test
    void aKinkIsSuspectedWhereTheSlopesOnBothSidesDiffer() {
        GradReport report = GradCheck.check(Tensor::relu, Tensor.of(1.0, 0.0, -2.0));
        assertFalse(report.passed());
        assertTrue(report.suspectedKink());
        GradReport.Derivative worst = report.worst();
        assertNotNull(worst);
        assertEquals(List.of(1), worst.inputIndex());
        assertEquals(0, worst.left(), 1e-9);
        assertEquals(1, worst.right(), 1e-9);
        assertFalse(GradCheck.check(GradCheckTest::wrong, x()).suspectedKink());
    }

    @Test
    void float32IsAdvisedAgainst() {
        GradReport report = GradCheck.check(Tensor::tanh, Tensor.of(0.3f, 1f));
        assertFalse(report.passed());
        assertEquals(
                List.of("input 0 is float32: use float64, or a larger step (eps 1e-3, atol 1e-2)"),
                report.advice());
        assertTrue(
                GradCheck.options()
                        .eps(1e-3)
                        .atol(1e-2)
                        .check(Tensor::tanh, Tensor.of(0.3f, 1f))
                        .passed());
    }

    @Test
    void aDetachedResultIsNoticed() {
        GradReport report = GradCheck.check(t -> t.exp().detach(), x());
        assertFalse(report.passed());
        assertTrue(report.toString().contains("was it detached"), report::toString);
    }

    @Test
    void theEdgeOfTheDomainIsNoticed() {
        GradReport report = GradCheck.check(Tensor::sqrt, Tensor.of(0.0, 1.0));
        assertFalse(report.passed());
        assertTrue(report.toString().contains("is it in the domain?"), report::toString);
    }

    @Test
    void functionsThatChangeFromCallToCallAreNotDeterministic() {
        double[] calls = {0};
        UnaryOperator<Tensor> fn = t -> t.mul(calls[0]++);
        GradReport report = GradCheck.check(fn, x());
        assertEquals(Verdict.NOT_DETERMINISTIC, report.verdict());
        assertFalse(report.deterministic());
    }

    @Test
    void exceptionsOfTheFunctionArePartOfTheReport() {
        GradReport report =
                GradCheck.check(
                        t -> {
                            throw new IllegalStateException("broken");
                        },
                        x());
        assertEquals(Verdict.THREW, report.verdict());
        assertTrue(report.failure() instanceof IllegalStateException);
        assertEquals(
                "the function threw java.lang.IllegalStateException: broken", report.toString());
        assertEquals(Verdict.THREW, GradCheck.checkSecond(t -> t.view(7), x()).verdict());
    }

    @Test
    void stepsMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> GradCheck.options().eps(0));
    }

    /// `x`, with the gradient of `−x`.
    private static Tensor wrong(Tensor x) {
        return x.detach().mul(2).sub(x);
    }
}
