package dev.lanegrad.optim;

import java.util.List;

/// What the optimizers that keep two running means of every parameter have in common.
abstract class BetaOptimizer extends Optimizer {
    BetaOptimizer(Options<?> options) {
        super(options);
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> extends DecayOptions<B> {
        Options(double lr, Number weightDecay) {
            option("lr", lr).option("betas", List.of(0.9, 0.999)).option("eps", 1e-8);
            option("weight_decay", weightDecay);
        }

        /// How much of the two running means each step keeps: of the gradients, and of their sizes.
        public B betas(Number beta1, Number beta2) {
            return option("betas", List.of(beta1, beta2));
        }

        /// Added to the divisor.
        public B eps(Number eps) {
            return option("eps", eps);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        nonNegative(group, "eps", "epsilon value");
        for (int i = 0; i < 2; i++) {
            double beta = group.number("betas", i);
            require(
                    beta >= 0 && beta < 1,
                    "Invalid beta parameter at index " + i + ": " + group.text("betas", i));
        }
        nonNegative(group, "weight_decay", "weight_decay value");
    }
}
