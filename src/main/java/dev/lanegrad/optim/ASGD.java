package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Stochastic gradient descent that also averages the parameters, in the state `ax`, as
/// `torch.optim.ASGD`.
public final class ASGD extends Optimizer {
    private ASGD(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-2, lambd 1e-4, alpha 0.75, t0 1e6.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1e-2).option("lambd", 1e-4).option("alpha", 0.75).option("t0", 1e6);
            option("weight_decay", 0).option("foreach", null).option("maximize", false);
            option("differentiable", false).option("capturable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How fast parameters decay, and the learning rate shrinks.
        public Builder lambd(Number lambd) {
            return option("lambd", lambd);
        }

        /// The power by which the learning rate shrinks.
        public Builder alpha(Number alpha) {
            return option("alpha", alpha);
        }

        /// The step after which parameters are averaged.
        public Builder t0(Number t0) {
            return option("t0", t0);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public ASGD build() {
            return new ASGD(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        nonNegative(group, "weight_decay", "weight_decay value");
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double lambd = group.number("lambd");
        double lr = group.lr();
        int t = count(w);
        Tensor rate = state(w).computeIfAbsent("eta", _ -> Tensor.scalar((float) lr).keep());
        Tensor share = state(w).computeIfAbsent("mu", _ -> Tensor.scalar(1f).keep());
        Tensor average = zeros(w, "ax");
        double eta = value(rate);
        OptimizerSteps.step(
                "asgd",
                w,
                gradient,
                average,
                null,
                new StepRule.Asgd(eta, value(share)),
                1 - lambd * eta,
                group.number("weight_decay"),
                group.flag("maximize"));
        rate.fill_(lr / Math.pow(1 + lambd * lr * t, group.number("alpha")));
        share.fill_(1 / Math.max(1, t - group.number("t0")));
    }

    private static double value(Tensor single) {
        return ((Number) single.item()).doubleValue();
    }
}
