package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.List;

/// Steps by the sign of the gradient alone, farther while it stays the same, as
/// `torch.optim.Rprop`; for gradients of all the data at once.
public final class Rprop extends Optimizer {
    private Rprop(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-2, etas 0.5 and 1.2, step sizes from 1e-6
    /// to 50.
    public static final class Builder extends Optimizer.Builder<Builder> {
        private Builder() {
            option("lr", 1e-2).option("etas", List.of(0.5, 1.2));
            option("step_sizes", List.of(1e-6, 50)).option("foreach", null);
            option("maximize", false).option("differentiable", false);
            option("capturable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The factors of a step whose sign has changed, and of one whose sign has not.
        public Builder etas(Number shrink, Number grow) {
            return option("etas", List.of(shrink, grow));
        }

        /// The limits of a step.
        public Builder stepSizes(Number smallest, Number largest) {
            return option("step_sizes", List.of(smallest, largest));
        }

        /// Whether to climb instead.
        public Builder maximize(boolean maximize) {
            return option("maximize", maximize);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Rprop build() {
            return new Rprop(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        double shrink = group.number("etas", 0);
        require(
                0 < shrink && shrink < 1 && 1 < group.number("etas", 1),
                "Invalid eta values: " + group.text("etas", 0) + ", " + group.text("etas", 1));
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        count(w);
        Tensor last = zeros(w, "prev");
        double lr = group.lr();
        Tensor sizes =
                state(w).computeIfAbsent("step_size", _ -> Tensor.zerosLike(w).fill_(lr).keep());
        var rule =
                new StepRule.Rprop(
                        group.number("etas", 0),
                        group.number("etas", 1),
                        group.number("step_sizes", 0),
                        group.number("step_sizes", 1));
        OptimizerSteps.step("rprop", w, gradient, last, sizes, rule, 1, 0, group.flag("maximize"));
    }
}
