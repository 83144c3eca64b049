package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Holds gradients, and gradients of gradients, against central differences in float64.
final class Differences {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private Differences() {}

    /// Random numbers, float64, the same for each name.
    static Tensor random(String name, long... sizes) {
        java.util.Random random = new java.util.Random(name.hashCode());
        Shape shape = Shape.of(sizes);
        double[] values = random.doubles(shape.numel(), -1, 1).toArray();
        return Tensor.of(values, shape);
    }

    /// Checks the fused and the recorded reading of the gradients of `f` in every element of every
    /// input, and the gradients of those.
    static void check(Function<Tensor[], Tensor> f, Tensor... inputs) {
        Tensor[] x = leaves(inputs);
        Tensor weights = random("weights", f.apply(inputs).shape().toArray());
        Function<Tensor[], Tensor> loss = in -> f.apply(in).mul(weights).sum();
        checkFirst(loss, x);
        Tensor[] directions = new Tensor[x.length];
        Arrays.setAll(directions, i -> random("direction" + i, x[i].shape().toArray()));
        checkFirst(
                in -> {
                    @Nullable Tensor[] g = gradients(loss, in, true);
                    Tensor sum = Tensor.scalar(0.0);
                    for (int i = 0; i < g.length; i++) {
                        sum = g[i] == null ? sum : sum.add(g[i].mul(directions[i]).sum());
                    }
                    return sum;
                },
                x);
    }

    /// Checks the gradients of a single value, fused and recorded.
    private static void checkFirst(Function<Tensor[], Tensor> loss, Tensor[] x) {
        @Nullable Tensor[] fused = gradients(loss, x, false);
        @Nullable Tensor[] recorded = gradients(loss, x, true);
        for (int i = 0; i < x.length; i++) {
            double[] numeric = numeric(loss, x, i);
            assertArrayEquals(numeric, values(fused[i], x[i]), TOLERANCE, "fused, input " + i);
            assertArrayEquals(
                    numeric, values(recorded[i], x[i]), TOLERANCE, "recorded, input " + i);
        }
    }

    private static @Nullable Tensor[] gradients(
            Function<Tensor[], Tensor> loss, Tensor[] x, boolean create) {
        try (var _ = Autograd.enableGrad()) {
            Tensor y = loss.apply(x);
            if (!y.requiresGrad()) {
                return new Tensor[x.length];
            }
            return Autograd.grad(new Tensor[] {y}, x, null, create, create, true);
        }
    }

    private static double[] values(@Nullable Tensor g, Tensor x) {
        if (g != null) {
            assertEquals(x.shape(), g.shape());
        }
        return g == null ? new double[x.numel()] : g.toDoubleArray();
    }

    private static double[] numeric(Function<Tensor[], Tensor> loss, Tensor[] x, int i) {
        double[] values = x[i].toDoubleArray();
        double[] slopes = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            double above = valueAt(loss, x, i, k, values[k] + STEP);
            double below = valueAt(loss, x, i, k, values[k] - STEP);
            slopes[k] = (above - below) / (2 * STEP);
        }
        return slopes;
    }

    private static double valueAt(
            Function<Tensor[], Tensor> loss, Tensor[] x, int i, int k, double value) {
        Tensor[] moved = x.clone();
        double[] values = x[i].toDoubleArray();
        values[k] = value;
        Tensor laid = Tensor.emptyLike(x[i]);
        Elementwise.copy(laid, Tensor.of(values, x[i].shape()));
        moved[i] = laid.requiresGrad(true);
        return ((Number) loss.apply(moved).item()).doubleValue();
    }

    private static Tensor[] leaves(Tensor[] inputs) {
        Tensor[] x = new Tensor[inputs.length];
        Arrays.setAll(x, i -> inputs[i].detach().requiresGrad(true));
        return x;
    }
}
