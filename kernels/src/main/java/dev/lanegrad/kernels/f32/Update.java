package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import org.jspecify.annotations.Nullable;

/// Optimizer steps on dense parameters, in place, with PyTorch's order of operations and rounding.
public final class Update {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    private Update() {}

    /// `m := momentum·m + (1 − dampening)·d`, `w -= lr·m`, where `d := g + weightDecay·w`.
    ///
    /// The gradient's sign is turned first if `maximize`. On the `first` step `m := d`; with
    /// `nesterov` the step is along `d + momentum·m`; without a momentum buffer along d.
    public static void sgd(
            float[] w,
            int wo,
            float[] g,
            int go,
            float @Nullable [] m,
            int mo,
            int n,
            double lr,
            double momentum,
            double dampening,
            double weightDecay,
            boolean nesterov,
            boolean maximize,
            boolean first) {
        Sgd rule =
                new Sgd(
                        (float) -lr,
                        (float) momentum,
                        (float) (1 - dampening),
                        (float) weightDecay,
                        nesterov,
                        maximize);
        Parallel.run(
                n,
                GRAIN,
                (from, to) -> {
                    if (m == null) {
                        rule.plain(w, wo + from, g, go + from, to - from);
                    } else if (first) {
                        rule.first(w, wo + from, g, go + from, m, mo + from, to - from);
                    } else {
                        rule.momentum(w, wo + from, g, go + from, m, mo + from, to - from);
                    }
                });
    }

    /// `m := β₁·m + (1 − β₁)·d`, `v := β₂·v + (1 − β₂)·d²`, `w -= lr·m̂ / (√v̂ + ε)` with the means
    /// corrected for their start at 0, `m̂ := m / (1 − β₁ᵗ)`, `v̂ := v / (1 − β₂ᵗ)`.
    ///
    /// `decoupled` takes the weight decay from w itself (AdamW), else it joins the gradient `d := g
    /// + weightDecay·w`. `largest`, if given, keeps the largest v so far, which then takes its
    ///   place (AMSGrad). `t` counts steps from 1 on.
    public static void adam(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            float @Nullable [] largest,
            int lo,
            int n,
            double lr,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean decoupled,
            boolean maximize,
            int t) {
        Adam rule =
                new Adam(
                        (float) (1 - beta1),
                        (float) beta2,
                        (float) (1 - beta2),
                        (float) -(lr / (1 - Math.pow(beta1, t))),
                        (float) Math.sqrt(1 - Math.pow(beta2, t)),
                        (float) epsilon,
                        decoupled ? (float) (1 - lr * weightDecay) : 1,
                        decoupled ? 0 : (float) weightDecay,
                        maximize);
        Parallel.run(
                n,
                GRAIN,
                (from, to) ->
                        rule.run(
                                w, wo + from, g, go + from, m, mo + from, v, vo + from, largest,
                                lo + from, to - from));
    }

    /// `v := α·v + (1 − α)·d²`, `w -= lr·d / (√v + ε)`, where `d := g + weightDecay·w`.
    ///
    /// With `mean`, its running mean of d, squared, is taken from v under the root. With a momentum
    /// buffer `m := momentum·m + d / (√v + ε)`, and `w -= lr·m`. The gradient's sign is turned
    /// first if `maximize`.
    public static void rmsprop(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            int vo,
            float @Nullable [] mean,
            int ao,
            float @Nullable [] m,
            int mo,
            int n,
            double lr,
            double alpha,
            double momentum,
            double epsilon,
            double weightDecay,
            boolean maximize) {
        RmsProp rule =
                new RmsProp(
                        (float) -lr,
                        (float) momentum,
                        (float) alpha,
                        (float) (1 - alpha),
                        (float) epsilon,
                        (float) weightDecay,
                        maximize);
        Parallel.run(
                n,
                GRAIN,
                (from, to) ->
                        rule.run(
                                w, wo + from, g, go + from, v, vo + from, mean, ao + from, m,
                                mo + from, to - from));
    }
}
