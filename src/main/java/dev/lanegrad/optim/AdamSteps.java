package dev.lanegrad.optim;

import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What Adam and AdamW have in common, all but the default and the way of weight decay.
abstract class AdamSteps extends Optimizer {
    AdamSteps(Options<?> options) {
        super(options);
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> extends Builder<B> {
        Options(Number weightDecay, boolean decoupled) {
            option("lr", 1e-3).option("betas", List.of(0.9, 0.999)).option("eps", 1e-8);
            option("weight_decay", weightDecay).option("amsgrad", false);
            option("maximize", false).option("foreach", null).option("capturable", false);
            option("differentiable", false).option("fused", null);
            option("decoupled_weight_decay", decoupled);
        }

        /// How much of the means of gradients and of their squares each step keeps.
        public B betas(Number beta1, Number beta2) {
            return option("betas", List.of(beta1, beta2));
        }

        /// Added to the divisor.
        public B eps(Number eps) {
            return option("eps", eps);
        }

        /// The share of a parameter that decays.
        public B weightDecay(Number weightDecay) {
            return option("weight_decay", weightDecay);
        }

        /// Whether the largest mean of squares so far divides, instead of the last one.
        public B amsgrad(boolean amsgrad) {
            return option("amsgrad", amsgrad);
        }

        /// Whether to climb instead.
        public B maximize(boolean maximize) {
            return option("maximize", maximize);
        }
    }

    @Override
    final void check(ParamGroup group) {
        require(group.lr() >= 0, "Invalid learning rate: " + PythonText.of(group.get("lr")));
        require(
                group.number("eps") >= 0,
                "Invalid epsilon value: " + PythonText.of(group.get("eps")));
        for (int i = 0; i < 2; i++) {
            double beta = beta(group, i);
            require(
                    beta >= 0 && beta < 1,
                    "Invalid beta parameter at index "
                            + i
                            + ": "
                            + PythonText.of(betas(group).get(i)));
        }
        require(
                group.number("weight_decay") >= 0,
                "Invalid weight_decay value: " + PythonText.of(group.get("weight_decay")));
    }

    private static List<?> betas(ParamGroup group) {
        return (List<?>) Objects.requireNonNull(group.get("betas"));
    }

    private static double beta(ParamGroup group, int i) {
        return ((Number) Objects.requireNonNull(betas(group).get(i))).doubleValue();
    }

    @Override
    final void update(Tensor w, Tensor gradient, ParamGroup group) {
        Map<String, Tensor> state = state(w);
        Tensor step = state.computeIfAbsent("step", _ -> Tensor.scalar(0f)).add_(1);
        Tensor mean = state.computeIfAbsent("exp_avg", _ -> Tensor.zerosLike(w).keep());
        Tensor square = state.computeIfAbsent("exp_avg_sq", _ -> Tensor.zerosLike(w).keep());
        @Nullable Tensor largest =
                group.flag("amsgrad")
                        ? state.computeIfAbsent("max_exp_avg_sq", _ -> Tensor.zerosLike(w).keep())
                        : null;
        OptimizerSteps.adam(
                w,
                gradient,
                mean,
                square,
                largest,
                new OptimizerSteps.Adam(
                        group.lr(),
                        beta(group, 0),
                        beta(group, 1),
                        group.number("eps"),
                        group.number("weight_decay"),
                        group.flag("decoupled_weight_decay"),
                        group.flag("maximize"),
                        ((Number) step.item()).intValue()));
    }
}
