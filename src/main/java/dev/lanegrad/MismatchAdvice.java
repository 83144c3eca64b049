package dev.lanegrad;

import dev.lanegrad.GradReport.Derivative;
import java.util.List;

/// What the numbers of a wrong derivative suggest to look at.
final class MismatchAdvice {
    private MismatchAdvice() {}

    /// Adds a sentence for everything that may explain why `d` is wrong.
    static void add(List<String> advice, Derivative d, Tensor x, Tensor y, boolean kink) {
        if (kink) {
            advice.add("move the input away from the kink, or leave the point out");
        }
        if (x.dtype() != DType.FLOAT64) {
            advice.add(
                    "input %d is %s: use float64, or a larger step (eps 1e-3, atol 1e-2)"
                            .formatted(d.input(), x.dtype()));
        } else if (y.dtype() != DType.FLOAT64) {
            advice.add(
                    "output %d is %s: its rounding is part of the numeric derivative"
                            .formatted(d.output(), y.dtype()));
        }
        if (!y.requiresGrad() && d.numeric() != 0) {
            advice.add(
                    "output %d depends on input %d but requires no gradient: was it detached?"
                            .formatted(d.output(), d.input()));
        } else if (!Double.isFinite(d.numeric())) {
            advice.add("the function is not finite at or beside the input: is it in the domain?");
        } else if (d.analytic() == 0) {
            advice.add("the analytic gradient is zero here: is a term missing?");
        } else if (Math.abs(d.analytic() + d.numeric()) <= d.tolerance()) {
            advice.add("the analytic gradient has the opposite sign");
        }
        if (Probe.overlaps(x)) {
            advice.add(
                    "input %d repeats memory; its elements were moved one by one"
                            .formatted(d.input()));
        }
    }
}
