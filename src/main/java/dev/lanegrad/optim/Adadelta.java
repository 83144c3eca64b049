package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Steps by the gradient times the ratio of two roots: of the mean of the squares of the last
/// steps, and of those of the gradients; as `torch.optim.Adadelta`.
public final class Adadelta extends Optimizer {
    private Adadelta(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1, rho 0.9, eps 1e-6.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1.0).option("rho", 0.9).option("eps", 1e-6).option("weight_decay", 0);
            option("maximize", false).option("capturable", false).option("foreach", null);
            option("differentiable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How much of the means of squares each step keeps.
        public Builder rho(Number rho) {
            return option("rho", rho);
        }

        /// Added under both roots.
        public Builder eps(Number eps) {
            return option("eps", eps);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Adadelta build() {
            return new Adadelta(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        double rho = group.number("rho");
        require(rho >= 0 && rho <= 1, "Invalid rho value: " + group.text("rho"));
        nonNegative(group, "eps", "epsilon value");
        nonNegative(group, "weight_decay", "weight_decay value");
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        count(w);
        Tensor squares = zeros(w, "square_avg");
        Tensor steps = zeros(w, "acc_delta");
        var rule = new StepRule.Adadelta(group.lr(), group.number("rho"), group.number("eps"));
        move(w, gradient, squares, steps, rule, group);
    }
}
