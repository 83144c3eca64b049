package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Adam whose steps are rectified while the mean of squares is young, as `torch.optim.RAdam`.
public final class RAdam extends BetaOptimizer {
    private RAdam(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-3, betas 0.9 and 0.999, eps 1e-8.
    public static final class Builder extends Options<Builder> {
        private Builder() {
            super(1e-3, 0);
            option("maximize", false).option("foreach", null).option("capturable", false);
            option("decoupled_weight_decay", false).option("differentiable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Whether parameters decay by themselves, not through the gradient.
        public Builder decoupledWeightDecay(boolean decoupled) {
            return option("decoupled_weight_decay", decoupled);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public RAdam build() {
            return new RAdam(this);
        }
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double beta1 = group.number("betas", 0);
        double beta2 = group.number("betas", 1);
        int t = count(w);
        Tensor mean = zeros(w, "exp_avg");
        Tensor squares = zeros(w, "exp_avg_sq");
        double corrected = 1 - Math.pow(beta2, t);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * t * Math.pow(beta2, t) / corrected;
        var rule =
                new StepRule.RAdam(
                        group.lr(),
                        beta1,
                        beta2,
                        group.number("eps"),
                        1 - Math.pow(beta1, t),
                        Math.sqrt(corrected),
                        length > 5 ? rectification(length, longest) : 0);
        move(w, gradient, mean, squares, rule, group);
    }

    /// @param length how many gradients the mean of squares is made of
    /// @param longest how many after very many steps
    private static double rectification(double length, double longest) {
        double up = (length - 4) * (length - 2) * longest;
        return Math.sqrt(up / ((longest - 4) * (longest - 2) * length));
    }
}
