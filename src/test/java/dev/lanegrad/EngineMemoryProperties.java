package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The engine adds gradients in place and gives their memory back where it can prove that nobody
/// else holds it. Random graphs, with the same tensor used again and again and views among them,
/// must have the gradients that a pass without any reuse computes.
class EngineMemoryProperties {
    /// Enough elements that arrays come from the pool.
    private static final int ROWS = 40;

    private static final int COLUMNS = 80;

    @Property(tries = 150)
    void reuseOfGradientsChangesNoGradient(@ForAll long seed) {
        Tensor a = Tensor.randn(ROWS, COLUMNS).requiresGrad(true);
        Tensor b = Tensor.randn(COLUMNS).requiresGrad(true);
        float[][] expected = new float[2][];
        @SuppressWarnings("NullAway")
        Tensor[] plain =
                Autograd.grad(
                        new Tensor[] {graph(a, b, new Random(seed))},
                        new Tensor[] {a, b},
                        null,
                        true,
                        true,
                        false);
        for (int i = 0; i < 2; i++) {
            assertNotNull(plain[i]);
            expected[i] = plain[i].toFloatArray();
        }
        graph(a, b, new Random(seed)).backward();
        assertNotNull(a.grad());
        assertArrayEquals(expected[0], a.grad().toFloatArray(), 1e-3f, "seed " + seed);
        assertNotNull(b.grad());
        assertArrayEquals(expected[1], b.grad().toFloatArray(), 1e-3f, "seed " + seed);
    }

    private static Tensor graph(Tensor a, Tensor b, Random random) {
        List<Tensor> made = new ArrayList<>(List.of(a, a.mul(b)));
        int steps = 3 + random.nextInt(12);
        for (int i = 0; i < steps; i++) {
            Tensor x = made.get(random.nextInt(made.size()));
            Tensor y = made.get(random.nextInt(made.size()));
            made.add(
                    switch (random.nextInt(9)) {
                        case 0 -> x.add(y);
                        case 1 -> x.sub(y);
                        case 2 -> x.mul(y).tanh();
                        case 3 -> x.reshape(COLUMNS, ROWS).reshape(ROWS, COLUMNS);
                        case 4 -> x.t().add(y.t()).t();
                        case 5 -> x.sum(0, true).mul(0.01).expand(ROWS, COLUMNS);
                        case 6 -> x.add(x);
                        case 7 -> x.sigmoid().add(b);
                        default -> halves(x).add(y);
                    });
        }
        Tensor total = made.getLast();
        for (Tensor x : made) {
            total = total.add(x.mul(0.1));
        }
        return total.mean();
    }

    private static Tensor halves(Tensor x) {
        Tensor[] parts = x.chunk(2, 0);
        return Tensor.cat(List.of(parts[1], parts[0]), 0);
    }
}
