package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// What Adam and AdamW have in common, all but the default and the way of weight decay.
abstract class AdamSteps extends BetaOptimizer {
    AdamSteps(Options<?> options) {
        super(options);
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> extends BetaOptimizer.Options<B> {
        Options(Number weightDecay, boolean decoupled) {
            super(1e-3, weightDecay);
            option("amsgrad", false);
            option("maximize", false).option("foreach", null).option("capturable", false);
            option("differentiable", false).option("fused", null);
            option("decoupled_weight_decay", decoupled);
        }

        /// Whether the largest mean of squares so far divides, instead of the last one.
        public B amsgrad(boolean amsgrad) {
            return option("amsgrad", amsgrad);
        }
    }

    @Override
    final void update(Tensor w, Tensor gradient, ParamGroup group) {
        int t = count(w);
        Tensor mean = zeros(w, "exp_avg");
        Tensor square = zeros(w, "exp_avg_sq");
        @Nullable Tensor largest = group.flag("amsgrad") ? zeros(w, "max_exp_avg_sq") : null;
        OptimizerSteps.adam(
                w,
                gradient,
                mean,
                square,
                largest,
                new OptimizerSteps.Adam(
                        group.lr(),
                        group.number("betas", 0),
                        group.number("betas", 1),
                        group.number("eps"),
                        group.number("weight_decay"),
                        group.flag("decoupled_weight_decay"),
                        group.flag("maximize"),
                        t));
    }
}
