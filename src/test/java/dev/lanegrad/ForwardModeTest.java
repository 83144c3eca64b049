package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Dual tensors; every operation's tangent is held against backward in the check module's
/// catalogue.
class ForwardModeTest {
    private final Tensor x = Tensor.of(0.5, -1.0, 2.0);
    private final Tensor v = Tensor.of(1.0, 2.0, -3.0);

    private static double[] tangent(Tensor y) {
        Tensor t = Autograd.unpackDual(y).tangent();
        assertNotNull(t);
        return t.toDoubleArray();
    }

    @Test
    void aTangentComesAlongWithTheValue() {
        try (var _ = Autograd.forwardMode()) {
            Tensor y = Autograd.makeDual(x, v).exp();
            assertArrayEquals(x.exp().toDoubleArray(), y.toDoubleArray());
            assertArrayEquals(x.exp().mul(v).toDoubleArray(), tangent(y));
            assertFalse(y.requiresGrad());
            assertNull(y.gradFn());
            assertNull(Autograd.unpackDual(Autograd.unpackDual(y).primal()).tangent());
        }
    }

    @Test
    void productsHaveThePartsOfBothOperands() {
        try (var _ = Autograd.forwardMode()) {
            Tensor a = Autograd.makeDual(x, v);
            Tensor b = Autograd.makeDual(v, x);
            assertArrayEquals(v.mul(v).add(x.mul(x)).toDoubleArray(), tangent(a.mul(b)));
            assertArrayEquals(v.mul(3).toDoubleArray(), tangent(a.mul(3)));
            assertArrayEquals(v.mul(v).toDoubleArray(), tangent(a.mul(v)));
        }
    }

    @Test
    void everyPartOfAResultWithManyHasItsTangent() {
        try (var _ = Autograd.forwardMode()) {
            ValuesAndIndices sorted = Autograd.makeDual(x, v).sort(0, true);
            assertArrayEquals(new double[] {-3, 1, 2}, tangent(sorted.values()));
            assertNull(Autograd.unpackDual(sorted.indices()).tangent());
        }
    }

    @Test
    void theLevelEndsWithItsBlock() {
        Tensor dual;
        try (var _ = Autograd.forwardMode()) {
            dual = Autograd.makeDual(x, v);
        }
        assertNull(Autograd.unpackDual(dual).tangent());
        try (var _ = Autograd.forwardMode()) {
            assertNull(Autograd.unpackDual(dual.exp()).tangent(), "of an earlier level");
        }
        String message =
                assertThrows(IllegalStateException.class, () -> Autograd.makeDual(x, v))
                        .getMessage();
        assertEquals(
                "Trying to create a dual Tensor for forward AD but no level exists, make sure to"
                        + " enter_dual_level() first.",
                message);
    }

    @Test
    void aTangentFitsItsPrimal() {
        try (var _ = Autograd.forwardMode()) {
            assertEquals(
                    "makeDual: the tangent is float64 [], but the primal float64 [3]",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Autograd.makeDual(x, Tensor.scalar(1.0)))
                            .getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Autograd.makeDual(Tensor.of(1L), Tensor.of(1L)));
        }
    }

    @Test
    void noGradDoesNotStopTangentsButDetachDoes() {
        try (var _ = Autograd.forwardMode();
                var _ = Autograd.noGrad()) {
            Tensor y = Autograd.makeDual(x, v).mul(2);
            assertArrayEquals(v.mul(2).toDoubleArray(), tangent(y));
            assertNull(Autograd.unpackDual(y.detach()).tangent());
        }
    }

    @Test
    void tangentsHaveGradients() {
        Tensor leaf = x.clone().requiresGrad(true);
        Tensor t;
        try (var _ = Autograd.forwardMode()) {
            Tensor y = Autograd.makeDual(leaf, v).pow(3).sum();
            t = Autograd.unpackDual(y).tangent();
        }
        assertNotNull(t);
        Tensor[] hv = Autograd.grad(t, leaf);
        assertArrayEquals(x.mul(v).mul(6).toDoubleArray(), hv[0].toDoubleArray(), 1e-12);
    }

    @Test
    void aBackwardInForwardModeCarriesTangents() {
        try (var _ = Autograd.forwardMode()) {
            Tensor leaf = x.clone().requiresGrad(true);
            Tensor dual = Autograd.makeDual(leaf, v);
            Tensor g = Autograd.grad(dual.softmax(0).pow(2).sum(), leaf)[0];
            Tensor hv = Functional.hvp(s -> s.softmax(0).pow(2).sum(), x, v).result();
            assertArrayEquals(hv.toDoubleArray(), tangent(g), 1e-12);
            assertFalse(g.requiresGrad());
            dual.softmax(0).pow(2).sum().backward();
            Tensor accumulated = leaf.grad();
            assertNotNull(accumulated);
            assertArrayEquals(hv.toDoubleArray(), tangent(accumulated), 1e-12);
        }
    }

    @Test
    void aUsersFunctionIsDifferentiatedByItsBackward() {
        var cube =
                new Function() {
                    @Override
                    protected Tensor[] forward(Context context, @Nullable Tensor... in) {
                        Tensor t = java.util.Objects.requireNonNull(in[0]);
                        context.saveForBackward(t);
                        return new Tensor[] {t.mul(t).mul(t)};
                    }

                    @Override
                    protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
                        Tensor t = context.saved(0);
                        return new @Nullable Tensor[] {
                            java.util.Objects.requireNonNull(gy[0]).mul(t.mul(t).mul(300))
                        };
                    }
                };
        try (var _ = Autograd.forwardMode()) {
            Tensor y = cube.apply(Autograd.makeDual(x, v));
            assertArrayEquals(x.mul(x).mul(v).mul(300).toDoubleArray(), tangent(y), 1e-12);
        }
    }

    @Test
    void aCheckpointCarriesTangents() {
        Tensor leaf = x.clone().requiresGrad(true);
        try (var _ = Autograd.forwardMode()) {
            Tensor y = Checkpoint.run(t -> t.mul(t), Autograd.makeDual(leaf, v));
            assertArrayEquals(x.mul(v).mul(2).toDoubleArray(), tangent(y));
        }
    }

    @Test
    void writesToWholeTensorsAreFollowedAndThoseToPartsRefused() {
        try (var _ = Autograd.forwardMode()) {
            Tensor y = Autograd.makeDual(x.clone(), v).mul(1);
            y.mul_(2);
            y.add_(Autograd.makeDual(x, v));
            assertArrayEquals(v.mul(3).toDoubleArray(), tangent(y));
            Tensor part = y.narrow(0, 0, 2);
            assertEquals(
                    "forward mode: a write to a part of a tensor, here [2] of [3], has no tangent;"
                            + " make a new tensor instead",
                    assertThrows(IllegalStateException.class, () -> part.mul_(2)).getMessage());
            Tensor z = Autograd.makeDual(x, v).mul(1);
            Tensor view = z.narrow(0, 0, 2);
            z.mul_(2);
            assertThrows(IllegalStateException.class, () -> view.mul(1));
        }
    }

    // ------------------------------------------------------------ levels in levels

    @Test
    void tangentsHaveTangentsAtTheLevelOutside() {
        try (var _ = Autograd.forwardMode()) {
            Tensor outer = Autograd.makeDual(x, v);
            Tensor inner;
            try (var _ = Autograd.forwardMode()) {
                Tensor y = Autograd.makeDual(outer, x).pow(3);
                Autograd.Dual parts = Autograd.unpackDual(y);
                inner = parts.tangent();
                assertNotNull(inner);
                assertArrayEquals(x.pow(3).mul(3).toDoubleArray(), inner.toDoubleArray(), 1e-12);
                assertNull(Autograd.unpackDual(parts.primal()).tangent(), "of this level");
            }
            // d/dx of 3x²·s in direction v, where s = x is constant
            assertArrayEquals(x.mul(x).mul(v).mul(6).toDoubleArray(), tangent(inner), 1e-12);
        }
    }

    @Test
    void levelsDoNotTakeEachOthersTangents() {
        // d/da [a · d/db (a + b)] at a = 2 is 1, not 2
        try (var _ = Autograd.forwardMode()) {
            Tensor a = Autograd.makeDual(Tensor.of(2.0), Tensor.of(1.0));
            Tensor slope;
            try (var _ = Autograd.forwardMode()) {
                Tensor b = Autograd.makeDual(Tensor.of(5.0), Tensor.of(1.0));
                slope = Autograd.unpackDual(a.add(b)).tangent();
                assertNotNull(slope);
                assertNull(Autograd.unpackDual(a.mul(2)).tangent(), "a is constant in here");
            }
            assertArrayEquals(new double[] {1}, tangent(a.mul(slope)));
        }
    }

    @Test
    void levelsMayBeClosedInAnyOrder() {
        Autograd.Mode outer = Autograd.forwardMode();
        Autograd.Mode inner = Autograd.forwardMode();
        outer.close();
        assertArrayEquals(
                new double[] {3}, tangent(Autograd.makeDual(Tensor.of(1.0), Tensor.of(3.0))));
        inner.close();
        inner.close();
        assertThrows(IllegalStateException.class, () -> Autograd.makeDual(x, v));
    }

    @Test
    void thirdDerivativesByThreeLevels() {
        Tensor y = x.exp();
        var third =
                Transforms.jvp(s ->
                        Transforms.jvp(r -> Transforms.jvp(Tensor::exp).apply(r, v)).apply(s, v));
        Tensor expected = y.mul(v).mul(v).mul(v);
        assertArrayEquals(expected.toDoubleArray(), third.apply(x, v).toDoubleArray(), 1e-12);
    }

    @Test
    void writesInPlaceAreFollowedAtAllLevels() {
        var twice =
                Transforms.jvp(s ->
                        Transforms.jvp(
                                        t -> {
                                            Tensor y = t.mul(1);
                                            y.mul_(t);
                                            y.exp_();
                                            return y;
                                        })
                                .apply(s, v));
        var plain = Transforms.jvp(s -> Transforms.jvp(t -> t.mul(t).exp()).apply(s, v));
        assertArrayEquals(
                plain.apply(x, v).toDoubleArray(), twice.apply(x, v).toDoubleArray(), 1e-9);
    }

    @Test
    void nothingIsPackedInForwardMode() {
        Tensor expected = Transforms.hvp(t -> t.exp().sum()).apply(x, v);
        try (var _ = Autograd.savedTensorsHooks(Tensor::clone, t -> t.mul(0))) {
            assertTrue(expected.equal(Transforms.hvp(t -> t.exp().sum()).apply(x, v)));
        }
    }

    @Test
    void withoutRecordingTangentsHaveNoHistory() {
        Tensor leaf = x.clone().requiresGrad(true);
        try (var _ = Autograd.forwardMode();
                var _ = Autograd.noGrad()) {
            Tensor t = Autograd.unpackDual(Autograd.makeDual(leaf, v).pow(3)).tangent();
            assertNotNull(t);
            assertFalse(t.requiresGrad());
        }
    }

    @Test
    void aJacobianColumnByColumnIsThatRowByRow() {
        Tensor wide = Tensor.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6).reshape(2, 3);
        Tensor rows = Functional.jacobian(t -> t.matmul(x).tanh(), wide);
        Tensor columns = Transforms.jacfwd(t -> t.matmul(x).tanh()).apply(wide);
        assertEquals(rows.shape(), columns.shape());
        assertTrue(rows.allclose(columns));
        assertTrue(
                Transforms.jacfwd(t -> Tensor.ones(2).to(DType.FLOAT64))
                        .apply(x)
                        .eq(0)
                        .all()
                        .isTrue());
    }
}
