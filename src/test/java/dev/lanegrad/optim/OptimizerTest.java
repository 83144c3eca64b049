package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OptimizerTest {
    private final Tensor p = Tensor.of(1.0, 2.0).requiresGrad(true);

    @Test
    void invalidOptionsAreRefusedInPyTorchsWords() {
        refused("Invalid learning rate: -0.1", () -> SGD.builder(List.of(p)).lr(-0.1).build());
        refused("Invalid learning rate: -1", () -> Adam.builder(List.of(p)).lr(-1).build());
        refused(
                "Invalid momentum value: -1",
                () -> SGD.builder(List.of(p)).lr(0.1).momentum(-1).build());
        refused(
                "Invalid weight_decay value: -0.1",
                () -> AdamW.builder(List.of(p)).weightDecay(-0.1).build());
        refused(
                "Nesterov momentum requires a momentum and zero dampening",
                () -> SGD.builder(List.of(p)).momentum(0.9).dampening(0.1).nesterov(true).build());
        refused(
                "Invalid beta parameter at index 0: 1.0",
                () -> Adam.builder(List.of(p)).betas(1.0, 0.9).build());
        refused("Invalid epsilon value: -1", () -> Adam.builder(List.of(p)).eps(-1).build());
    }

    @Test
    void parametersMustBeLeavesAndInOneGroupOnly() {
        refused("optimizer got an empty parameter list", () -> SGD.builder(List.of()).build());
        refused("optimizer got an empty parameter list", () -> SGD.builder().build());
        refused("can't optimize a non-leaf Tensor", () -> SGD.builder(List.of(p.mul(2))).build());
        SGD optimizer = SGD.builder(List.of(p)).build();
        refused(
                "some parameters appear in more than one parameter group",
                () -> optimizer.addParamGroup(List.of(p)));
        assertEquals(1, optimizer.paramGroups().size());
    }

    @Test
    void aGroupHasOnlyTheOptimizersOptionsAndPerhapsAName() {
        SGD optimizer = SGD.builder(List.of(p)).build();
        ParamGroup group = optimizer.paramGroups().get(0);
        assertEquals("head", group.set("name", "head").get("name"));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> group.set("weightDecay", 1));
        assertTrue(e.getMessage().startsWith("group: no option weightDecay; there are [lr, "));
    }

    @Test
    void aParameterWithoutGradientIsPassedOverEntirely() {
        Tensor q = Tensor.of(1.0).requiresGrad(true);
        SGD optimizer = SGD.builder(List.of(p, q)).lr(0.1).momentum(0.9).weightDecay(0.5).build();
        p.mul(3).sum().backward();
        optimizer.step();
        assertArrayEquals(new double[] {1}, q.toDoubleArray());
        assertEquals(1, optimizer.stateDict().state().size());
    }

    @Test
    void theFirstStepWithMomentumTakesTheGradientAsItIs() {
        SGD optimizer = SGD.builder(List.of(p)).lr(0.1).momentum(0.9).dampening(0.5).build();
        p.mul(3).sum().backward();
        optimizer.step();
        assertArrayEquals(new double[] {0.7, 1.7}, p.toDoubleArray(), 1e-15);
    }

    @Test
    void zeroGradForgetsGradients() {
        p.sum().backward();
        SGD.builder(List.of(p)).build().zeroGrad();
        assertNull(p.grad());
    }

    @Test
    void aStepBetweenForwardAndBackwardIsNoticed() {
        Tensor loss = p.mul(p).sum();
        p.grad(Tensor.of(1.0, 1.0));
        SGD.builder(List.of(p)).lr(0.1).build().step();
        IllegalStateException e = assertThrows(IllegalStateException.class, loss::backward);
        assertTrue(e.getMessage().contains("modified by an inplace operation"));
    }

    @Test
    void momentumOutlivesTheScopeOfTheStep() {
        SGD optimizer = SGD.builder(List.of(p)).lr(0.1).momentum(0.9).build();
        for (int i = 0; i < 2; i++) {
            try (var _ = Lanegrad.scope()) {
                p.grad(null);
                p.mul(1).sum().backward();
                optimizer.step();
            }
        }
        assertArrayEquals(new double[] {1 - 0.1 - 0.19, 2 - 0.29}, p.toDoubleArray(), 1e-15);
    }

    @Test
    void layoutsOfParameterAndGradientMayDiffer() {
        Tensor w = Tensor.arange(6).to(DType.FLOAT64).reshape(2, 3).t().detach();
        w.requiresGrad(true);
        Tensor g = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        w.grad(g);
        SGD optimizer = SGD.builder(List.of(w)).lr(1).momentum(0.5).build();
        optimizer.step();
        optimizer.step();
        assertArrayEquals(
                new double[] {0 - 2.5, 3 - 5, 1 - 7.5, 4 - 10, 2 - 12.5, 5 - 15},
                w.toDoubleArray());
    }

    @Test
    void aStateOfOtherGroupsIsRefusedAndNothingChanges() {
        Tensor q = Tensor.of(1.0).requiresGrad(true);
        SGD two = SGD.builder(List.of(p, q)).lr(0.5).build();
        SGD one = SGD.builder(List.of(p)).lr(0.1).build();
        refused(
                "loaded state dict contains a parameter group that doesn't match the size of"
                        + " optimizer's group",
                () -> one.loadStateDict(two.stateDict()));
        assertEquals(0.1, one.paramGroups().get(0).lr());
    }

    @Test
    void meansOfRowsAndColumnsAreTakenOverFromASavedState() {
        Tensor w = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad(true);
        w.grad(Tensor.of(new double[][] {{1, 2, 3}, {3, 2, 1}}));
        Adafactor first = Adafactor.builder(List.of(w)).build();
        first.step();
        Adafactor second = Adafactor.builder(List.of(w)).build();
        second.loadStateDict(first.stateDict());
        assertEquals(first.stateDict().toString(), second.stateDict().toString());
        second.step();
        Adam other = Adam.builder(List.of(w)).build();
        assertThrows(IllegalArgumentException.class, () -> other.loadStateDict(first.stateDict()));
    }

    @Test
    void whatIsRememberedOutlivesTheScopeOfAStep() {
        NAdam optimizer = NAdam.builder(List.of(p)).build();
        for (int i = 0; i < 3; i++) {
            try (var _ = Lanegrad.scope()) {
                p.grad(null);
                p.mul(1).sum().backward();
                optimizer.step();
            }
        }
        assertEquals(3f, optimizer.stateDict().state().firstEntry().getValue().get("step").item());
    }

    @Test
    void cyclesOfTheMomentumNeedAMomentum() {
        Adagrad optimizer = Adagrad.builder(List.of(p)).build();
        refused(
                "optimizer must support momentum or beta1 with `cycle_momentum` option enabled",
                () -> CyclicLR.builder(optimizer, 0.1, 0.2).build());
        CyclicLR.builder(optimizer, 0.1, 0.2).cycleMomentum(false).build();
        assertEquals(0.1, optimizer.paramGroups().get(0).lr());
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    // ------------------------------------------------------------ LBFGS, Muon, narrow parameters

    private static LBFGS lbfgs(Tensor... params) {
        return LBFGS.builder(List.of(params))
                .maxIter(3)
                .strongWolfe(true)
                .toleranceChange(0)
                .build();
    }

    /// Rosenbrock's valley; its lowest point is (1, 1).
    private static Tensor valley(Tensor p) {
        Tensor x = p.select(0, 0);
        Tensor y = p.select(0, 1);
        return y.sub(x.square()).square().mul(100).add(x.rsub(1).square());
    }

    private static Tensor step(Optimizer optimizer, Tensor p) {
        return optimizer.step(() -> {
            try (var _ = Lanegrad.scope()) {
                optimizer.zeroGrad();
                Tensor loss = valley(p);
                loss.backward();
                return loss.keep();
            }
        });
    }

    @Test
    void lbfgsFindsTheEndOfAValley() {
        Tensor w = Tensor.of(-1.2, 1.0).requiresGrad(true);
        LBFGS optimizer = lbfgs(w);
        for (int i = 0; i < 30; i++) {
            try (var _ = Lanegrad.scope()) {
                step(optimizer, w);
            }
        }
        assertArrayEquals(new double[] {1, 1}, w.toDoubleArray(), 1e-6);
    }

    @Test
    void lbfgsGoesOnFromASavedStateAsIfItHadNotStopped() {
        Tensor a = Tensor.of(-1.2, 1.0).requiresGrad(true);
        LBFGS whole = lbfgs(a);
        for (int i = 0; i < 3; i++) {
            step(whole, a);
        }
        Tensor b = a.detach().clone().requiresGrad(true);
        LBFGS second = lbfgs(b);
        second.loadStateDict(whole.stateDict());
        for (int i = 0; i < 3; i++) {
            assertEquals(step(whole, a).item(), step(second, b).item());
        }
        assertArrayEquals(a.toDoubleArray(), b.toDoubleArray());
        Tensor other = Tensor.of(1.0, 2.0, 3.0).requiresGrad(true);
        refused(
                "loaded state dict: d is [2] but there are 3 parameters",
                () -> lbfgs(other).loadStateDict(whole.stateDict()));
    }

    @Test
    void lbfgsNeedsAClosureAndOneGroup() {
        LBFGS optimizer = lbfgs(p);
        refused(
                "LBFGS: a step needs a closure, as it computes the loss several times",
                optimizer::step);
        Tensor q = Tensor.of(1.0);
        refused(
                "LBFGS doesn't support per-parameter options (parameter groups)",
                () -> optimizer.addParamGroup(List.of(q)));
    }

    @Test
    void aClosureMayBeGivenToAnyOptimizerAndItsLossComesBack() {
        SGD optimizer = SGD.builder(List.of(p)).lr(0.1).build();
        Tensor loss =
                optimizer.step(() -> {
                    optimizer.zeroGrad();
                    Tensor y = p.mul(3).sum();
                    y.backward();
                    return y;
                });
        assertEquals(9.0, loss.item());
        assertArrayEquals(new double[] {0.7, 1.7}, p.toDoubleArray(), 1e-15);
    }

    @Test
    void muonMovesMatricesOnlyAndByAsMuchAsIsAskedFor() {
        refused(
                "Muon only supports 2D parameters whereas we found a parameter with size:"
                        + " Size([2])",
                () -> Muon.builder(List.of(p)).build());
        Tensor w = Tensor.zeros(4, 2).requiresGrad(true);
        w.grad(Tensor.of(new float[][] {{3, 0}, {0, 0.01f}, {0, 0}, {0, 0}}));
        Muon.builder(List.of(w)).lr(1).matchRmsAdamw(true).build().step();
        float[] moved = w.toFloatArray();
        assertEquals(-0.4, moved[0], 0.15); // every direction is about as long: 0.2·√4
        assertEquals(-0.4, moved[3], 0.15);
    }

    @Test
    void parametersOfSixteenBitsStepInFloat32AndAreRounded() {
        for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            float[] start = {1, -2, 0.5f, 3};
            Tensor wide = Tensor.of(start).requiresGrad(true);
            Tensor narrow = Tensor.of(start).to(dtype).requiresGrad(true);
            List<Optimizer> optimizers =
                    List.of(wide, narrow).stream()
                            .<Optimizer>map(
                                    w -> RMSprop.builder(List.of(w)).momentum(0.5).lr(0.1).build())
                            .toList();
            for (Tensor w : List.of(wide, narrow)) {
                w.grad(Tensor.of(0.25f, 1, -4, 0).to(w.dtype()));
            }
            optimizers.forEach(Optimizer::step);
            assertArrayEquals(
                    wide.detach().to(dtype).toFloatArray(),
                    narrow.toFloatArray(),
                    dtype.toString());
            Tensor buffer = optimizers.get(1).stateDict().state().get(0).get("momentum_buffer");
            assertEquals(dtype, buffer.dtype());
        }
    }
}
