package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Steps by the gradient over the root of the sum of its squares so far, as `torch.optim.Adagrad`.
/// Its state is there before the first step.
public final class Adagrad extends Optimizer {
    private Adagrad(Builder builder) {
        super(builder);
        paramGroups().forEach(g -> g.params().forEach(w -> sum(w, g)));
    }

    /// Of no parameters yet.
    public static Builder builder() {
        return new Builder();
    }

    /// Of these parameters, in one group.
    public static Builder builder(List<Tensor> params) {
        return builder().group(params);
    }

    /// The options; unset ones are as in PyTorch, `lr` 1e-2, eps 1e-10.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1e-2).option("lr_decay", 0).option("eps", 1e-10);
            option("weight_decay", 0).option("initial_accumulator_value", 0);
            option("foreach", null).option("maximize", false).option("differentiable", false);
            option("fused", null);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How fast the learning rate shrinks with the number of steps.
        public Builder lrDecay(Number lrDecay) {
            return option("lr_decay", lrDecay);
        }

        /// Added to the divisor.
        public Builder eps(Number eps) {
            return option("eps", eps);
        }

        /// What the sums of squares begin with.
        public Builder initialAccumulatorValue(Number value) {
            return option("initial_accumulator_value", value);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Adagrad build() {
            return new Adagrad(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        nonNegative(group, "lr_decay", "lr_decay value");
        nonNegative(group, "weight_decay", "weight_decay value");
        nonNegative(group, "initial_accumulator_value", "initial_accumulator_value value");
        nonNegative(group, "eps", "epsilon value");
    }

    private Tensor sum(Tensor w, ParamGroup group) {
        state(w).computeIfAbsent("step", _ -> Tensor.scalar(0f).keep());
        double first = group.number("initial_accumulator_value");
        return state(w).computeIfAbsent("sum", _ -> Tensor.zerosLike(w).fill_(first).keep());
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        Tensor sum = sum(w, group);
        int t = count(w);
        double lr = group.lr() / (1 + (t - 1) * group.number("lr_decay"));
        OptimizerSteps.step(
                "adagrad",
                w,
                gradient,
                sum,
                null,
                new StepRule.Adagrad(lr, group.number("eps")),
                1,
                group.number("weight_decay"),
                group.flag("maximize"));
    }
}
