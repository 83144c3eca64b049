package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps by the gradient over the root of the running mean of its squares, as
/// `torch.optim.RMSprop`.
public final class RMSprop extends Optimizer {
    private RMSprop(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-2, alpha 0.99, eps 1e-8.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1e-2).option("momentum", 0).option("alpha", 0.99).option("eps", 1e-8);
            option("centered", false).option("weight_decay", 0).option("capturable", false);
            option("foreach", null).option("maximize", false).option("differentiable", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How much of the mean of squares each step keeps.
        public Builder alpha(Number alpha) {
            return option("alpha", alpha);
        }

        /// Added to the divisor.
        public Builder eps(Number eps) {
            return option("eps", eps);
        }

        /// The share of the last step that the next one keeps.
        public Builder momentum(Number momentum) {
            return option("momentum", momentum);
        }

        /// Whether the square of the running mean is taken off, which leaves the variance.
        public Builder centered(boolean centered) {
            return option("centered", centered);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public RMSprop build() {
            return new RMSprop(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        nonNegative(group, "eps", "epsilon value");
        nonNegative(group, "momentum", "momentum value");
        nonNegative(group, "weight_decay", "weight_decay value");
        nonNegative(group, "alpha", "alpha value");
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double momentum = group.number("momentum");
        count(w);
        Tensor squares = zeros(w, "square_avg");
        @Nullable Tensor buffer = momentum > 0 ? zeros(w, "momentum_buffer") : null;
        @Nullable Tensor mean = group.flag("centered") ? zeros(w, "grad_avg") : null;
        OptimizerSteps.rmsprop(
                w,
                gradient,
                squares,
                mean,
                buffer,
                new OptimizerSteps.Rmsprop(
                        group.lr(),
                        group.number("alpha"),
                        momentum,
                        group.number("eps"),
                        group.number("weight_decay"),
                        group.flag("maximize")));
    }
}
