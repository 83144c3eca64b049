package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.StepRule;
import org.jspecify.annotations.Nullable;

/// Steps of optimizers that remember one or two numbers of each parameter, in place, each in one
/// pass over memory, with PyTorch's order of operations.
public final class Stepping {
    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    private Stepping() {}

    /// `w := w·shrink`, then as `rule` says, where `d := g + decay·w` with the w from before; the
    /// gradient's sign is turned first if `maximize`.
    ///
    /// @param b null where the rule has but one state
    public static void run(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] a,
            int ao,
            float @Nullable [] b,
            int bo,
            int n,
            StepRule rule,
            double shrink,
            double decay,
            boolean maximize) {
        Loop loop = loop(rule, new StepStart((float) shrink, (float) decay, maximize));
        Parallel.run(
                n,
                GRAIN,
                (from, to) ->
                        loop.run(
                                w, wo + from, g, go + from, a, ao + from, b, bo + from, to - from));
    }

    /// One of the stamped loops.
    private interface Loop {
        void run(
                float[] w,
                int wo,
                float[] g,
                int go,
                float[] a,
                int ao,
                float @Nullable [] b,
                int bo,
                int n);
    }

    private static Loop loop(StepRule rule, StepStart start) {
        return switch (rule) {
            case StepRule.Adadelta r -> {
                var f = new StepFormulas.Adadelta(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepAdadelta.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.Adamax r -> {
                var f = new StepFormulas.Adamax(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepAdamax.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.NAdam r -> {
                var f = new StepFormulas.NAdam(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepNAdam.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.RAdam r -> {
                var f = new StepFormulas.RAdam(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepRAdam.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.Rprop r -> {
                var f = new StepFormulas.Rprop(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepRprop.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.Adagrad r -> {
                var f = new StepFormulas.Adagrad(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepAdagrad.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
            case StepRule.Asgd r -> {
                var f = new StepFormulas.Asgd(r);
                yield (w, wo, g, go, a, ao, b, bo, n) ->
                        StepAsgd.run(f, start, w, wo, g, go, a, ao, b, bo, n);
            }
        };
    }
}
