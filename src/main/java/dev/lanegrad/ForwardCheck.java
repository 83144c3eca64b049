package dev.lanegrad;

import dev.lanegrad.GradReport.Derivative;
import dev.lanegrad.GradReport.Verdict;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The part of a gradient check that looks at forward mode: every output's tangent along one random
/// direction of each input.
final class ForwardCheck {
    private final GradCheck.Options options;
    private final Probe probe;
    private final Probe.Call base;

    ForwardCheck(GradCheck.Options options, Probe probe, Probe.Call base) {
        this.options = options;
        this.probe = probe;
        this.base = base;
    }

    /// The report of a tangent that is wrong; null if none is.
    @Nullable GradReport run() {
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int i : probe.checked()) {
            double[] u = Probe.direction(random, probe.input(i).numel());
            double[][] tangents = probe.tangents(i, u);
            double[][] numeric = probe.slopes(i, -options.eps(), options.eps(), u);
            double atol = options.atol() * Math.sqrt(Math.max(1, u.length));
            for (int k = 0; k < tangents.length; k++) {
                for (int r = 0; r < tangents[k].length; r++) {
                    double n = numeric[k][r];
                    double tolerance = atol + options.rtol() * Math.abs(n);
                    double t = tangents[k][r];
                    if (t != n && !(Math.abs(t - n) <= tolerance)) {
                        return mismatch(k, r, i, u, t, n, tolerance);
                    }
                }
            }
        }
        return null;
    }

    private GradReport mismatch(
            int k, int r, int input, double[] u, double tangent, double numeric, double tolerance) {
        double eps = options.eps();
        Derivative d =
                new Derivative(
                        base.places()[k],
                        JacobianCheck.index(base.outputs()[k].shape(), r),
                        input,
                        List.of(),
                        tangent,
                        numeric,
                        probe.slopes(input, -eps, 0, u)[k][r],
                        probe.slopes(input, 0, eps, u)[k][r],
                        tolerance);
        String message =
                "Jacobian computed with forward mode mismatch for output %d with respect to input %d,"
                        .formatted(d.output(), input);
        return new GradReport(Verdict.MISMATCH, message, d, 1, 1, false, List.of(), null);
    }
}
