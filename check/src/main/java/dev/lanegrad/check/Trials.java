package dev.lanegrad.check;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.GradReport;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How the derivatives of an operation are put to the test at given inputs.
final class Trials {
    private Trials() {}

    static Tensor[] leaves(Tensor... inputs) {
        return Arrays.stream(inputs).map(x -> x.detach().requiresGrad(true)).toArray(Tensor[]::new);
    }

    /// Numbers of either sign, none of them equal.
    static Tensor weights(Tensor y) {
        double[] w = new double[y.numel()];
        Arrays.setAll(w, i -> Math.cos(1 + 0.7 * i));
        return Tensor.of(w, y.shape()).to(y.dtype());
    }

    /// The gradients of an operation's weighted results.
    static @Nullable Tensor[] gradients(Operation op, boolean create, Tensor... leaves) {
        return gradients(op.function().apply(leaves), create, leaves);
    }

    static @Nullable Tensor[] gradients(Tensor[] ys, boolean create, Tensor... leaves) {
        Tensor[] roots = Arrays.stream(ys).filter(Tensor::requiresGrad).toArray(Tensor[]::new);
        Tensor[] weights = Arrays.stream(roots).map(Trials::weights).toArray(Tensor[]::new);
        return Autograd.grad(roots, leaves, weights, create, create, true);
    }

    static Tensor[] to(DType dtype, Tensor... inputs) {
        return Arrays.stream(inputs).map(x -> x.detach().to(dtype)).toArray(Tensor[]::new);
    }

    // ------------------------------------------------------------ errors

    /// Backward against central differences.
    static GradReport first(Operation op, Tensor... inputs) {
        GradCheck.Options options = GradCheck.options().fastMode(true);
        return (op.bilinear() ? options.bilinear() : options)
                .checkAll(op.function(), leaves(inputs));
    }

    /// The gradient of the gradient against central differences.
    static GradReport second(Operation op, Tensor... inputs) {
        return GradCheck.options().fastMode(true).checkSecondAll(op.function(), leaves(inputs));
    }

    /// By how much ⟨w, J·t⟩ of forward mode differs from ⟨Jᵀ·w, t⟩ of backward, as a share of what
    /// they sum, or of 1 if that is more.
    static double forward(Operation op, Tensor... inputs) {
        if (Arrays.stream(inputs).allMatch(x -> x.numel() == 0)) {
            return 0; // a mean of nothing is NaN, and so is its tangent
        }
        @Nullable Tensor[] gradients = gradients(op, false, leaves(inputs));
        double backward = 0;
        double scale = 1;
        for (int i = 0; i < inputs.length; i++) {
            Tensor g = gradients[i];
            if (g != null) {
                backward += dot(g, weights(inputs[i]));
                scale += dot(g.abs(), weights(inputs[i]).abs());
            }
        }
        double forward = 0;
        try (var _ = Autograd.forwardMode()) {
            Tensor[] duals =
                    Arrays.stream(inputs)
                            .map(x -> Autograd.makeDual(x.detach(), weights(x)))
                            .toArray(Tensor[]::new);
            for (Tensor y : op.function().apply(duals)) {
                Tensor tangent = Autograd.unpackDual(y).tangent();
                if (tangent != null) {
                    forward += dot(weights(y), tangent);
                }
            }
        }
        return Math.abs(forward - backward) / scale;
    }

    /// By how much the second derivative of ⟨w, f⟩ along two directions differs between backward
    /// over backward and the three that forward mode takes part in, as a share of what it sums, or
    /// of 1 if that is more.
    static double mixed(Operation op, Tensor... inputs) {
        if (Arrays.stream(inputs).allMatch(x -> x.numel() == 0)) {
            return 0;
        }
        Tensor[] leaves = leaves(inputs);
        @Nullable Tensor[] slopes = gradients(op, true, leaves);
        double[] expected = along(slopes, inputs, leaves);
        double error = Math.abs(expected[0] - forwardOverForward(op, inputs));
        try (var _ = Autograd.forwardMode()) {
            Tensor[] duals = duals(leaves(inputs), inputs);
            double sum = 0;
            @Nullable Tensor[] g = gradients(op.function().apply(duals), false, duals);
            for (int i = 0; i < g.length; i++) {
                Tensor slope = g[i];
                Tensor t = slope == null ? null : Autograd.unpackDual(slope).tangent();
                sum += t == null ? 0 : dot(t, across(inputs[i]));
            }
            error = Math.max(error, Math.abs(expected[0] - sum));
        }
        Tensor[] again = leaves(inputs);
        Tensor tangent = Tensor.scalar(0.0);
        try (var _ = Autograd.forwardMode()) {
            for (Tensor y : op.function().apply(duals(again, inputs))) {
                Tensor t = Autograd.unpackDual(y).tangent();
                tangent = t == null ? tangent : tangent.add(t.mul(weights(y)).sum());
            }
        }
        double sum = 0;
        if (tangent.requiresGrad()) {
            @Nullable Tensor[] g =
                    Autograd.grad(new Tensor[] {tangent}, again, null, false, false, true);
            for (int i = 0; i < g.length; i++) {
                Tensor h = g[i];
                sum += h == null ? 0 : dot(h, across(inputs[i]));
            }
        }
        return Math.max(error, Math.abs(expected[0] - sum)) / expected[1];
    }

    private static double forwardOverForward(Operation op, Tensor... inputs) {
        double sum = 0;
        try (var _ = Autograd.forwardMode()) {
            Tensor[] outer = duals(inputs, inputs);
            Tensor[] tangents;
            try (var _ = Autograd.forwardMode()) {
                Tensor[] inner = new Tensor[outer.length];
                for (int i = 0; i < inner.length; i++) {
                    inner[i] = Autograd.makeDual(outer[i], across(inputs[i]));
                }
                tangents =
                        Arrays.stream(op.function().apply(inner))
                                .map(y -> {
                                    Tensor t = Autograd.unpackDual(y).tangent();
                                    return t == null ? y.detach() : t.mul(weights(y));
                                })
                                .toArray(Tensor[]::new);
            }
            for (Tensor tangent : tangents) {
                Tensor t = Autograd.unpackDual(tangent).tangent();
                sum += t == null ? 0 : ((Number) t.sum().item()).doubleValue();
            }
        }
        return sum;
    }

    private static Tensor[] duals(Tensor[] at, Tensor... inputs) {
        Tensor[] duals = new Tensor[at.length];
        for (int i = 0; i < duals.length; i++) {
            duals[i] = Autograd.makeDual(at[i], weights(inputs[i]));
        }
        return duals;
    }

    /// The derivative of gradients in the direction of the [#weights] of the inputs, times another
    /// direction; and the sum of the absolute values of its terms, or 1 if that is more.
    private static double[] along(@Nullable Tensor[] slopes, Tensor[] inputs, Tensor... leaves) {
        Tensor all = Tensor.scalar(0.0);
        for (int i = 0; i < slopes.length; i++) {
            Tensor slope = slopes[i];
            all = slope == null ? all : all.add(slope.mul(weights(inputs[i])).sum());
        }
        double sum = 0;
        double scale = 1;
        if (all.requiresGrad()) {
            @Nullable Tensor[] h =
                    Autograd.grad(new Tensor[] {all}, leaves, null, false, false, true);
            for (int i = 0; i < h.length; i++) {
                Tensor term = h[i];
                if (term != null) {
                    sum += dot(term, across(inputs[i]));
                    scale += dot(term.abs(), across(inputs[i]).abs());
                }
            }
        }
        return new double[] {sum, scale};
    }

    /// Another direction than that of the [#weights].
    private static Tensor across(Tensor x) {
        double[] w = new double[x.numel()];
        Arrays.setAll(w, i -> Math.sin(2 + 0.9 * i));
        return Tensor.of(w, x.shape()).to(x.dtype());
    }

    private static double dot(Tensor a, Tensor b) {
        return ((Number) a.mul(b).sum().item()).doubleValue();
    }

    /// By how much gradients in float32 differ from those in float64 at the same inputs, as a share
    /// of the largest, or of 1 if that is more.
    static double single(Operation op, Tensor... inputs) {
        Tensor[] narrow = leaves(to(DType.FLOAT32, inputs));
        Tensor[] wide = leaves(to(DType.FLOAT64, narrow));
        @Nullable Tensor[] actual = gradients(op, false, narrow);
        @Nullable Tensor[] expected = gradients(op, false, wide);
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            Tensor e = expected[i];
            Tensor a = actual[i];
            if (e != null && a != null) {
                error = Math.max(error, distance(e.toDoubleArray(), a.toDoubleArray()));
            } else if (e != a) {
                return Double.NaN;
            }
        }
        return error;
    }

    private static double distance(double[] expected, double[] actual) {
        double scale = 1;
        double most = 0;
        for (int j = 0; j < expected.length; j++) {
            if (Double.isFinite(expected[j])) {
                scale = Math.max(scale, Math.abs(expected[j]));
            }
            most =
                    Double.compare(expected[j], actual[j]) == 0
                            ? most
                            : Math.max(most, Math.abs(expected[j] - actual[j]));
        }
        return most / scale;
    }
}
