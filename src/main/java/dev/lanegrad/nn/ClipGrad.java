package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.ArrayList;
import java.util.List;

/// Limits on gradients between backward and the optimizer's step, as
/// `torch.nn.utils.clip_grad_norm_` and its kin. Parameters without a gradient do not count.
public final class ClipGrad {
    private ClipGrad() {}

    /// Scales the gradients so that their Euclidean norm, all taken as one vector, is at most
    /// `maxNorm`; returns the norm that they had.
    public static Tensor norm_(List<Tensor> parameters, double maxNorm) {
        return norm_(parameters, maxNorm, 2, false);
    }

    /// As [#norm_(List, double)] with the norm of order `p`.
    ///
    /// @param p above 0, perhaps infinite
    /// @throws ArithmeticException if `errorIfNonfinite` and the norm is infinite or NaN; the
    ///   gradients are as they were then
    public static Tensor norm_(
            List<Tensor> parameters, double maxNorm, double p, boolean errorIfNonfinite) {
        try (var _ = Autograd.noGrad()) {
            List<Tensor> gradients = gradients(parameters);
            Tensor total = totalNorm(gradients, p);
            if (errorIfNonfinite && !Double.isFinite(((Number) total.item()).doubleValue())) {
                throw new ArithmeticException(
                        "The total norm of order "
                                + PythonText.of(p)
                                + " for gradients from `parameters` is non-finite, so it cannot be"
                                + " clipped. To disable this error and scale the gradients by the"
                                + " non-finite norm anyway, set `error_if_nonfinite=False`");
            }
            Tensor scale = total.add(1e-6).reciprocal().mul(maxNorm).clampMax(1);
            gradients.forEach(g -> g.mul_(scale));
            return total;
        }
    }

    /// Moves every element of the gradients into [−value, value].
    public static void value_(List<Tensor> parameters, double value) {
        try (var _ = Autograd.noGrad()) {
            gradients(parameters).forEach(g -> g.copy_(g.clamp(-value, value)));
        }
    }

    /// The norm of order `p` of all tensors taken as one vector, as
    /// `torch.nn.utils.get_total_norm`.
    public static Tensor totalNorm(List<Tensor> tensors, double p) {
        try (var _ = Autograd.noGrad()) {
            if (tensors.isEmpty()) {
                return Tensor.scalar(0f);
            }
            return norm(Tensor.stack(tensors.stream().map(t -> norm(t, p)).toList(), 0), p);
        }
    }

    private static Tensor norm(Tensor t, double p) {
        if (p == 2) {
            return t.norm();
        }
        return p == Double.POSITIVE_INFINITY ? t.abs().max() : t.abs().pow(p).sum().pow(1 / p);
    }

    private static List<Tensor> gradients(List<Tensor> parameters) {
        List<Tensor> gradients = new ArrayList<>();
        for (Tensor p : parameters) {
            Tensor gradient = OptimizerSteps.gradient(p);
            if (gradient != null) {
                gradients.add(gradient);
            }
        }
        return gradients;
    }
}
