package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Hooks on tensors and nodes, their order, and gradients kept in the middle. The cases are those
/// of PyTorch's recorded hooks.
class HooksTest {
    private final Tensor x = Tensor.of(1f, 2f).requiresGrad(true);
    private final List<String> log = new ArrayList<>();

    private static String values(Tensor t) {
        return Arrays.toString(t.toDoubleArray());
    }

    private static void assertGrad(Tensor t, float... expected) {
        Tensor g = t.grad();
        assertNotNull(g);
        assertArrayEquals(expected, g.toFloatArray());
    }

    private @Nullable Tensor note(String name, Tensor g) {
        log.add(name + " " + values(g));
        return null;
    }

    private static Node made(Tensor t) {
        Node node = t.gradFn();
        assertNotNull(node);
        return node;
    }

    @Test
    void aHookSeesTheGradientOfALeaf() {
        x.registerHook(g -> note("x", g));
        x.mul(3).sum().backward();
        assertEquals(List.of("x [3.0, 3.0]"), log);
        assertGrad(x, 3, 3);
    }

    @Test
    void whatAHookReturnsGoesOnAndIsRetained() {
        Tensor y = x.mul(2);
        y.registerHook(g -> g.mul(10));
        y.retainGrad();
        y.mul(y).sum().backward();
        assertGrad(x, 80, 160);
        assertGrad(y, 40, 80);
    }

    @Test
    void aRemovedHookIsNotCalled() {
        x.registerHook(g -> g.mul(5)).remove();
        x.mul(3).sum().backward();
        assertGrad(x, 3, 3);
    }

    @Test
    void hooksRunInOrderOfRegistration() {
        x.registerHook(g -> g.add(1));
        x.registerHook(g -> g.mul(10));
        x.sum().backward();
        assertGrad(x, 20, 20);
    }

    @Test
    void aHookAfterAccumulationSeesTheSum() {
        x.registerPostAccumulateGradHook(leaf -> log.add(values(leaf.grad())));
        x.sum().backward();
        x.mul(2).sum().backward();
        assertEquals(List.of("[1.0, 1.0]", "[3.0, 3.0]"), log);
    }

    @Test
    void aNodesHookSeesBothSides() {
        Tensor y = x.exp();
        made(y).registerHook((gx, gy) -> {
            log.add(gx[0].shape() + " " + values(gy[0]));
            return null;
        });
        y.sum().backward();
        assertEquals(List.of("[2] [1.0, 1.0]"), log);
    }

    @Test
    void aNodesHooksReplaceGradients() {
        Tensor y = x.mul(1);
        made(y).registerHook((gx, gy) -> new @Nullable Tensor[] {gx[0].mul(7), null});
        made(y).registerPrehook(gy -> new Tensor[] {gy[0].add(1)});
        y.sum().backward();
        assertGrad(x, 14, 14);
    }

    @Test
    void gradientsArriveFromTheLatestOperationOn() {
        Tensor a = x.mul(2);
        Tensor b = a.mul(3);
        Tensor c = a.mul(4);
        a.registerHook(g -> note("a", g));
        b.registerHook(g -> note("b", g));
        c.registerHook(g -> note("c", g));
        b.mul(c).sum().backward();
        assertEquals(List.of("c [6.0, 12.0]", "b [8.0, 16.0]", "a [48.0, 96.0]"), log);
        assertGrad(x, 96, 192);
    }

    @Test
    void hooksRunForGradientsAsValuesToo() {
        x.registerHook(g -> note("hook", g));
        Autograd.grad(x.sum(), x);
        assertEquals(1, log.size());
        assertNull(x.grad());
    }

    @Test
    void aHookMustNotChangeTheSize() {
        x.registerHook(g -> Tensor.ones(3));
        Exception e = assertThrows(IllegalStateException.class, () -> x.sum().backward());
        assertEquals("hook '<lambda>' has changed the size of value", e.getMessage());
    }

    @Test
    void whatAHookThrowsComesOut() {
        x.registerHook(g -> {
            throw new IllegalArgumentException("stop");
        });
        Exception e = assertThrows(IllegalArgumentException.class, () -> x.sum().backward());
        assertEquals("stop", e.getMessage());
        assertTrue(Autograd.isGradEnabled());
    }

    @Test
    void aViewThatNothingDependsOnHasNoGradient() {
        Tensor y = x.clone();
        y.select(0, 0).registerHook(g -> note("v", g));
        y.registerHook(g -> note("y", g));
        y.mul(2).sum().backward();
        assertEquals(List.of("y [2.0, 2.0]"), log);
    }

    @Test
    void onlyWhatRequiresAGradientHasHooks() {
        Exception e =
                assertThrows(
                        IllegalStateException.class, () -> Tensor.ones(2).registerHook(g -> null));
        assertEquals(
                "cannot register a hook on a tensor that doesn't require gradient", e.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> x.mul(2).registerPostAccumulateGradHook(leaf -> {}));
    }

    @Test
    void gradientsInTheMiddleAreKeptAndAdded() {
        Tensor y = x.mul(2);
        assertSame(y, y.retainGrad());
        Tensor z = y.sum();
        z.backward(null, true, false);
        z.backward();
        assertGrad(x, 4, 4);
        assertGrad(y, 2, 2);
        assertTrue(y.retainsGrad());
        assertFalse(x.retainGrad().retainsGrad());
    }

    @Test
    void aRetainedGradientIsThatOfTheTensorAfterTheWrite() {
        Tensor y = x.mul(2);
        y.retainGrad();
        y.registerHook(g -> note("before", g));
        y.mul_(3);
        y.sum().backward();
        assertGrad(x, 6, 6);
        assertGrad(y, 1, 1);
        assertEquals(List.of("before [3.0, 3.0]"), log);
    }

    @Test
    void aHookMayKeepWhatItSees() {
        Tensor big = Tensor.ones(5000).requiresGrad(true);
        List<Tensor> kept = new ArrayList<>();
        Tensor y = big;
        for (int i = 0; i < 20; i++) {
            y = y.mul(2).add(y);
            y.registerHook(g -> {
                kept.add(g);
                return null;
            });
        }
        y.sum().backward();
        for (int i = 0; i < kept.size(); i++) {
            assertEquals((float) Math.pow(3, i), kept.get(i).toFloatArray()[4999]);
        }
    }

    @Test
    void onlyTheInputsAskedForGetAGradient() {
        Tensor w = Tensor.ones(2).requiresGrad(true);
        Tensor y = x.mul(w);
        Autograd.backward(new Tensor[] {y.sum()}, null, false, false, new Tensor[] {w, y});
        assertGrad(w, 1, 2);
        assertGrad(y, 1, 1);
        assertNull(x.grad());
    }

    @Test
    void aHookMayRunABackwardItself() {
        Tensor other = Tensor.ones(2).requiresGrad(true);
        x.registerHook(g -> {
            try (var _ = Autograd.enableGrad()) {
                other.mul(g).sum().backward();
            }
            return null;
        });
        x.mul(3).sum().backward();
        assertGrad(other, 3, 3);
        assertGrad(x, 3, 3);
    }

    @Test
    void aHookOnSeveralTensorsRunsOnceWhenAllGradientsAreThere() {
        Tensor a = Tensor.of(2.0).requiresGrad(true);
        Tensor b = Tensor.of(3.0).requiresGrad(true);
        Tensor middle = a.mul(b);
        Tensor unused = a.mul(5);
        List<String> log = new ArrayList<>();
        RemovableHandle handle =
                Autograd.registerMultiGradHook(
                        List.of(a, middle, unused, b),
                        g ->
                                log.add(
                                        Arrays.stream(g)
                                                .map(t -> t == null ? "none" : t.item().toString())
                                                .toList()
                                                .toString()));
        middle.mul(middle).backward(null, true, false);
        assertEquals(List.of("[36.0, 12.0, none, 24.0]"), log);
        Autograd.grad(new Tensor[] {middle}, new Tensor[] {a}, null, true, false, false);
        assertEquals("[3.0, 1.0, none, none]", log.getLast(), "only what that pass computes");
        handle.remove();
        middle.backward();
        assertEquals(2, log.size());
    }
}
