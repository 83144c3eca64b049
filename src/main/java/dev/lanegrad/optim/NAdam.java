package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Adam with Nesterov's momentum, as `torch.optim.NAdam`.
public final class NAdam extends BetaOptimizer {
    private NAdam(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 2e-3, betas 0.9 and 0.999, eps 1e-8,
    /// momentum decay 4e-3.
    public static final class Builder extends Options<Builder> {
        private Builder() {
            super(2e-3, 0);
            option("momentum_decay", 4e-3).option("decoupled_weight_decay", false);
            option("maximize", false).option("foreach", null).option("capturable", false);
            option("differentiable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How fast the momentum grows to its full size with the number of steps.
        public Builder momentumDecay(Number momentumDecay) {
            return option("momentum_decay", momentumDecay);
        }

        /// Whether parameters decay by themselves, not through the gradient.
        public Builder decoupledWeightDecay(boolean decoupled) {
            return option("decoupled_weight_decay", decoupled);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public NAdam build() {
            return new NAdam(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        super.check(group);
        nonNegative(group, "momentum_decay", "momentum_decay value");
    }

    private static double momentum(ParamGroup group, int t) {
        double faded = Math.pow(0.96, t * group.number("momentum_decay"));
        return group.number("betas", 0) * (1.0 - 0.5 * faded);
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double beta2 = group.number("betas", 1);
        int t = count(w);
        double now = momentum(group, t);
        double next = momentum(group, t + 1);
        Tensor product =
                state(w).computeIfAbsent("mu_product", _ -> Tensor.scalar(1f).keep()).mul_(now);
        double soFar = ((Number) product.item()).doubleValue();
        Tensor mean = zeros(w, "exp_avg");
        Tensor squares = zeros(w, "exp_avg_sq");
        var rule =
                new StepRule.NAdam(
                        group.lr() * (1.0 - now) / (1.0 - soFar),
                        group.lr() * next / (1.0 - soFar * next),
                        group.number("betas", 0),
                        beta2,
                        group.number("eps"),
                        1 - Math.pow(beta2, t));
        move(w, gradient, mean, squares, rule, group);
    }
}
