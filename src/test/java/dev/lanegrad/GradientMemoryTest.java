package dev.lanegrad;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.nn.ClipGrad;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who holds the memory of a leaf's gradient when the leaf forgets it.
class GradientMemoryTest {
    private static final int N = 4096;

    private final Tensor w = Tensor.ones(N).requiresGrad(true);

    private void backward() {
        w.mul(3).sum().backward();
    }

    private static double sum(Tensor t) {
        return ((Number) t.sum().item()).doubleValue();
    }

    @Test
    void aGradientThatNobodyAskedForIsUsedAgain() {
        backward();
        Tensor g = requireNonNull(w.lentGrad());
        SGD sgd = SGD.builder(List.of(w)).lr(0.5).build();
        sgd.step();
        assertEquals(-0.5, w.detach().toFloatArray()[7]);
        sgd.zeroGrad();
        assertThrows(IllegalStateException.class, g::array);
        backward();
        assertEquals(3 * N, sum(requireNonNull(w.grad())));
    }

    @Test
    void clippingAsksForNoGradient() {
        backward();
        Tensor g = requireNonNull(w.lentGrad());
        assertEquals(3 * Math.sqrt(N), (float) ClipGrad.norm_(List.of(w), 0.5).item(), 1e-3);
        assertEquals(0.5 * Math.sqrt(N), sum(g), 1e-2);
        ClipGrad.value_(List.of(w), 1e-3);
        assertEquals(1e-3 * N, sum(g), 1e-4);
        w.grad(null);
        assertThrows(IllegalStateException.class, g::array);
    }

    @Test
    void aGradientThatSomebodyHasStaysAsItIs() {
        backward();
        Tensor g = requireNonNull(w.grad());
        w.grad(null);
        backward();
        w.grad(null);
        w.mul(5).sum().backward();
        assertEquals(3 * N, sum(g));
        Tensor own = Tensor.ones(N);
        w.grad(own);
        w.grad(null);
        assertEquals(N, sum(own));
        w.grad(own);
        w.grad(own);
        backward();
        w.grad(null);
        assertEquals(4 * N, sum(own));
    }

    @Test
    void aGradientThatAHookHasSeenStaysAsItIs() {
        List<Tensor> seen = new ArrayList<>();
        w.registerHook(g -> {
            seen.add(g);
            return null;
        });
        w.registerPostAccumulateGradHook(leaf -> seen.add(requireNonNull(leaf.grad())));
        requireNonNull(requireNonNull(w.mul(1).gradFn()).nextFunctions().getFirst())
                .node()
                .registerHook((_, gy) -> {
                    seen.add(requireNonNull(gy[0]));
                    return null;
                });
        backward();
        w.grad(null);
        w.mul(5).sum().backward();
        assertEquals(3 * N, sum(seen.getFirst()));
        for (Tensor g : seen) {
            assertEquals(0, sum(g) % (3 * N) * (sum(g) % (5 * N)));
        }
    }

    @Test
    void aGradientThatHasAGraphStaysAsItIs() {
        w.pow(2).sum().backward(Tensor.scalar(1f), true, true);
        Tensor second = requireNonNull(w.lentGrad()).mul(2);
        w.grad(null);
        second.sum().backward();
        assertEquals(4 * N, sum(requireNonNull(w.grad())));
    }
}
