package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.List;

/// Adam with the largest of the past gradients, which fade, instead of the root of the mean of
/// squares, as `torch.optim.Adamax`.
///
/// A step is made of tensor operations, in PyTorch's order: rounded as there, but in several passes
/// over memory.
public final class Adamax extends BetaOptimizer {
    private Adamax(Builder builder) {
        super(builder);
    }

    /// Of no parameters yet.
    public static Builder builder() {
        return new Builder();
    }

    /// Of these parameters, in one group.
    public static Builder builder(List<Tensor> params) {
        return builder().group(params);
    }

    /// The options; unset ones are as in PyTorch, `lr` 2e-3, betas 0.9 and 0.999, eps 1e-8.
    public static final class Builder extends Options<Builder> {
        private Builder() {
            super(2e-3, 0);
            option("foreach", null).option("maximize", false).option("differentiable", false);
            option("capturable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Adamax build() {
            return new Adamax(this);
        }
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double beta1 = group.number("betas", 0);
        int t = count(w);
        Tensor mean = zeros(w, "exp_avg");
        Tensor largest = zeros(w, "exp_inf");
        Tensor g = direction(w, gradient, group);
        mean.lerp_(g, 1 - beta1);
        Tensor size = g.abs().add_(group.number("eps"));
        largest.copy_(largest.mul_(group.number("betas", 1)).maximum(size));
        double lr = group.lr() / (1 - Math.pow(beta1, t));
        w.addcdiv_(mean, largest, -lr);
    }
}
