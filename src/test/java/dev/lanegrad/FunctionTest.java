package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Operations of the user's own. The cases are those of PyTorch's recorded functions.
class FunctionTest {
    private final List<String> log = new ArrayList<>();
    private final Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);

    /// k·x²
    private final class Square extends Function {
        private final double k;

        Square(double k) {
            this.k = k;
        }

        @Override
        protected Tensor[] forward(Context context, @Nullable Tensor... x) {
            log.add("fwd " + x[0].requiresGrad() + " " + Autograd.isGradEnabled());
            context.saveForBackward(x[0]);
            return new Tensor[] {x[0].mul(x[0]).mul(k)};
        }

        @Override
        protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
            log.add("bwd " + context.needsInputGrad(0) + " " + Autograd.isGradEnabled());
            return new Tensor[] {context.saved(0).mul(2 * k).mul(gy[0])};
        }
    }

    /// A function of whatever two lambdas say.
    private static final class Fn extends Function {
        interface Forward {
            Tensor[] run(Context context, @Nullable Tensor[] x);
        }

        interface Gradient {
            @Nullable Tensor[] run(Context context, @Nullable Tensor[] gy);
        }

        private final Forward forward;
        private final Gradient gradient;
        private final boolean once;

        Fn(Forward forward, Gradient gradient) {
            this(forward, gradient, false);
        }

        Fn(Forward forward, Gradient gradient, boolean once) {
            this.forward = forward;
            this.gradient = gradient;
            this.once = once;
        }

        @Override
        protected Tensor[] forward(Context context, @Nullable Tensor... x) {
            return forward.run(context, x);
        }

        @Override
        protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
            return gradient.run(context, gy);
        }

        @Override
        protected boolean isOnceDifferentiable() {
            return once;
        }
    }

    private static Tensor[] one(Tensor t) {
        return new Tensor[] {t};
    }

    private static Fn twice(Fn.Gradient gradient) {
        return new Fn((_, x) -> one(x[0].mul(2)), gradient);
    }

    private static double[] grad(Tensor t) {
        Tensor g = t.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    private static String refusal(Runnable wrong) {
        String message = assertThrows(IllegalStateException.class, wrong::run).getMessage();
        assertNotNull(message);
        return message;
    }

    @Test
    void withoutAGradientRequiredNothingIsRecorded() {
        Tensor y = new Square(3).apply(x.detach());
        assertFalse(y.requiresGrad());
        assertNull(y.gradFn());
        assertEquals(List.of("fwd false false"), log);
    }

    @Test
    void applicationsChain() {
        Tensor y = new Square(2).apply(new Square(1).apply(x));
        assertEquals("SquareBackward", y.gradFn().name());
        y.sum().backward();
        assertArrayEquals(new double[] {8, 64}, grad(x));
        assertEquals(
                List.of("fwd true false", "fwd true false", "bwd true false", "bwd true false"),
                log);
    }

    @Test
    void aDifferentiableBackwardHasDerivativesOfAnyOrder() {
        Tensor[] g =
                Autograd.gradOrZeros(one(new Square(1).apply(x).sum()), one(x), null, true, true);
        assertArrayEquals(new double[] {2, 4}, g[0].toDoubleArray());
        assertEquals("bwd true true", log.get(1));
        assertArrayEquals(new double[] {2, 2}, Autograd.grad(g[0].sum(), x)[0].toDoubleArray());
        assertTrue(GradCheck.check(t -> new Square(3).apply(t), x).passed());
        assertTrue(GradCheck.checkSecond(t -> new Square(3).apply(t), x).passed());
    }

    @Test
    void aWrongDerivativeIsFound() {
        Fn wrong =
                new Fn(
                        (c, x) -> {
                            c.saveForBackward(x[0]);
                            return one(x[0].mul(x[0]));
                        },
                        (c, gy) -> one(c.saved(0).mul(3).mul(gy[0])));
        assertFalse(GradCheck.check(t -> wrong.apply(t), x).passed());
        assertTrue(GradCheck.check(t -> twice((_, gy) -> one(gy[0].mul(2))).apply(t), x).passed());
    }

    @Test
    void outputsThatNothingDependsOnHaveZerosOrNullForAGradient() {
        for (boolean zeros : List.of(true, false)) {
            Fn two =
                    new Fn(
                            (c, x) -> {
                                c.materializeGrads(zeros);
                                return new Tensor[] {x[0].mul(2), x[0].mul(3)};
                            },
                            (c, gy) -> {
                                log.add(gy[1] == null ? "null" : gy[1].toString());
                                return one(Tensor.ones(2).mul(4).to(DType.FLOAT64));
                            });
            x.grad(null);
            two.applyAll(x)[0].sum().backward();
            assertArrayEquals(new double[] {4, 4}, grad(x));
        }
        assertEquals(List.of("tensor([0., 0.], dtype=float64)", "null"), log);
    }

    @Test
    void anInputReturnedAsItIsBecomesAnotherTensor() {
        Tensor y = new Fn((_, x) -> one(x[0]), (_, gy) -> one(gy[0].mul(4))).apply(x);
        assertNotSame(x, y);
        y.sum().backward();
        assertArrayEquals(new double[] {4, 4}, grad(x));
        assertTrue(refusal(() -> y.add_(1)).startsWith("Output 0 of Fn is a view and is being"));
    }

    @Test
    void aDirtyInputIsItsOwnOutput() {
        Fn scale =
                new Fn(
                        (c, x) -> {
                            c.markDirty(x[0]);
                            return one(x[0].mul_(5));
                        },
                        (_, gy) -> one(gy[0].mul(5)));
        Tensor y = x.mul(1);
        assertSame(y, scale.apply(y));
        y.sum().backward();
        assertArrayEquals(new double[] {5, 5}, grad(x));
        assertEquals(
                "a leaf Variable that requires grad is being used in an in-place operation.",
                refusal(() -> scale.apply(x)));
    }

    @Test
    void outputsCanBeLeftWithoutAGradient() {
        Fn signAndSize =
                new Fn(
                        (c, x) -> {
                            Tensor sign = x[0].sign();
                            c.markNonDifferentiable(sign);
                            return new Tensor[] {sign, x[0].abs()};
                        },
                        (_, gy) -> one(gy[1]));
        Tensor[] ys = signAndSize.applyAll(x);
        assertFalse(ys[0].requiresGrad());
        ys[1].sum().backward();
        assertArrayEquals(new double[] {1, 1}, grad(x));
    }

    @Test
    void theNumberOfGradientsIsThatOfTheInputs() {
        Fn f = twice((_, gy) -> gy);
        assertEquals(
                "function FnBackward returned an incorrect number of gradients (expected 2, got"
                        + " 1)",
                refusal(() -> f.apply(x, null).sum().backward()));
        Fn g = twice((_, gy) -> new Tensor[] {gy[0], gy[0]});
        assertEquals(
                "function FnBackward returned a gradient different than None at position 2, but"
                        + " the corresponding forward input was not a Variable",
                refusal(() -> g.apply(x, null).sum().backward()));
        twice((_, gy) -> new @Nullable Tensor[] {gy[0], null}).apply(x).sum().backward();
        assertArrayEquals(new double[] {1, 1}, grad(x));
    }

    @Test
    void aGradientOfAnotherShapeIsRefused() {
        assertTrue(
                refusal(() -> twice((_, _) -> one(Tensor.ones(3))).apply(x).sum().backward())
                        .startsWith(
                                "Function FnBackward returned an invalid gradient at index 0 - got"
                                        + " [3] but expected shape compatible with [2]"));
    }

    @Test
    void whatWasSavedIsGivenBackByTheFirstBackward() {
        Tensor y = new Square(1).apply(x).sum();
        y.backward();
        assertTrue(
                refusal(y::backward)
                        .startsWith("Trying to backward through the graph a second time"));
        Tensor z = twice((_, gy) -> one(gy[0].mul(2))).apply(x).sum();
        z.backward();
        z.backward();
    }

    @Test
    void aSavedTensorThatWasWrittenToIsFound() {
        Tensor y = x.mul(1);
        Tensor z = new Square(1).apply(y);
        y.add_(1);
        assertTrue(
                refusal(() -> z.sum().backward())
                        .startsWith(
                                "one of the variables needed for gradient computation has been"));
    }

    @Test
    void aBackwardMadeForOneOrderFailsForTheSecond() {
        Fn once = new Fn((_, x) -> one(x[0].mul(2)), (_, gy) -> one(gy[0].detach().mul(2)), true);
        Tensor g = Autograd.gradOrZeros(one(once.apply(x).sum()), one(x), null, true, true)[0];
        assertArrayEquals(new double[] {2, 2}, g.toDoubleArray());
        Tensor y = Tensor.scalar(2.0).requiresGrad(true);
        Tensor h =
                Autograd.gradOrZeros(one(once.apply(x)), one(x), one(y.expand(2)), true, true)[0];
        assertTrue(
                refusal(() -> h.sum().backward())
                        .startsWith("trying to differentiate twice a function that was marked"));
    }

    @Test
    void whatABackwardThrowsComesOut() {
        Fn failing =
                twice((_, _) -> {
                    throw new IllegalArgumentException("inside backward");
                });
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> failing.apply(x).sum().backward());
        assertEquals("inside backward", e.getMessage());
    }
}
