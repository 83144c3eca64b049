package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Adam with the largest of the past gradients, which fade, instead of the root of the mean of
/// squares, as `torch.optim.Adamax`.
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
        double lr = group.lr() / (1 - Math.pow(beta1, t));
        var rule = new StepRule.Adamax(lr, beta1, group.number("betas", 1), group.number("eps"));
        move(w, gradient, mean, largest, rule, group);
    }
}
