package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stochastic gradient descent with momentum, as `torch.optim.SGD`: the first step with momentum
/// takes the gradient as it is.
///
/// ```java
/// var optimizer = SGD.builder(model.parameters()).lr(1e-2).momentum(0.9).build();
/// ```
public final class SGD extends Optimizer {
    private static final String BUFFER = "momentum_buffer";

    private SGD(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-3 and no momentum.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1e-3).option("momentum", 0).option("dampening", 0);
            option("weight_decay", 0).option("nesterov", false).option("maximize", false);
            option("foreach", null).option("differentiable", false).option("fused", null);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The share of the last step that the next one keeps.
        public Builder momentum(Number momentum) {
            return option("momentum", momentum);
        }

        /// The share of the gradient that does not enter the momentum.
        public Builder dampening(Number dampening) {
            return option("dampening", dampening);
        }

        /// Whether to step along the momentum that the step leads to.
        public Builder nesterov(boolean nesterov) {
            return option("nesterov", nesterov);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public SGD build() {
            return new SGD(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        double momentum = group.number("momentum");
        nonNegative(group, "lr", "learning rate");
        nonNegative(group, "momentum", "momentum value");
        nonNegative(group, "weight_decay", "weight_decay value");
        require(
                !group.flag("nesterov") || (momentum > 0 && group.number("dampening") == 0),
                "Nesterov momentum requires a momentum and zero dampening");
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double momentum = group.number("momentum");
        @Nullable Tensor buffer = null;
        boolean first = false;
        if (momentum != 0) {
            Map<String, Tensor> state = state(w);
            first = !state.containsKey(BUFFER);
            buffer = state.computeIfAbsent(BUFFER, _ -> Tensor.emptyLike(w).keep());
        }
        OptimizerSteps.sgd(
                w,
                gradient,
                buffer,
                new OptimizerSteps.Sgd(
                        group.lr(),
                        momentum,
                        group.number("dampening"),
                        group.number("weight_decay"),
                        group.flag("nesterov"),
                        group.flag("maximize"),
                        first));
    }
}
