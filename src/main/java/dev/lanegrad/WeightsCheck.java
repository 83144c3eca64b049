package dev.lanegrad;

import dev.lanegrad.GradReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The part of a gradient check that looks at how backward takes its weights: several at once, and
/// none at all.
final class WeightsCheck {
    private static final int BATCH = 2;

    private final GradCheck.Options options;
    private final Probe.Call base;

    WeightsCheck(GradCheck.Options options, Probe.Call base) {
        this.options = options;
        this.base = base;
    }

    // ------------------------------------------------------------ batches

    /// The report of a batch of weights whose gradients are not those of each; null if none is.
    @Nullable GradReport batched() {
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int k = 0; k < base.outputs().length; k++) {
            Tensor y = base.outputs()[k];
            if (!y.requiresGrad()) {
                continue;
            }
            List<Tensor> weights = new ArrayList<>();
            for (int b = 0; b < BATCH; b++) {
                weights.add(weight(random, y));
            }
            @Nullable Tensor[] together =
                    Autograd.gradBatched(
                            new Tensor[] {y},
                            base.leaves(),
                            new Tensor[] {Tensor.stack(weights, 0)},
                            true,
                            false);
            for (int b = 0; b < BATCH; b++) {
                @Nullable Tensor[] alone = gradients(List.of(y), List.of(weights.get(b)));
                for (int i = 0; i < alone.length; i++) {
                    Tensor all = together[i];
                    if (!agree(all == null ? null : all.select(0, b), alone[i], i)) {
                        return mismatch(
                                ("gradcheck failed while testing batched gradient computation: the"
                                                + " gradient of output %d by input %d for weight %d"
                                                + " of a batch is not that for the weight alone")
                                        .formatted(base.places()[k], i, b));
                    }
                }
            }
        }
        return null;
    }

    // ------------------------------------------------------------ no weight

    /// The report of an output whose missing gradient is not taken as zeros; null if none is.
    @Nullable GradReport undefined() {
        SplittableRandom random = new SplittableRandom(options.seed());
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        for (Tensor y : base.outputs()) {
            if (y.requiresGrad()) {
                outputs.add(y);
                weights.add(weight(random, y));
            }
        }
        for (int k = 0; k < outputs.size() && outputs.size() > 1; k++) {
            List<Tensor> zeros = new ArrayList<>(weights);
            zeros.set(k, Tensor.zerosLike(outputs.get(k)));
            @Nullable Tensor[] expected = gradients(outputs, zeros);
            List<Tensor> others = new ArrayList<>(outputs);
            List<Tensor> rest = new ArrayList<>(weights);
            others.remove(k);
            rest.remove(k);
            @Nullable Tensor[] found;
            try {
                found = gradients(others, rest);
            } catch (RuntimeException e) {
                return GradReport.threw(
                        "Expected backward function to handle undefined output grads: without one"
                                + " for differentiable output "
                                + k
                                + " it threw "
                                + e,
                        e);
            }
            for (int i = 0; i < found.length; i++) {
                if (!agree(found[i], expected[i], i)) {
                    return mismatch(
                            ("Expected backward function to handle undefined output grads: without"
                                            + " one for differentiable output %d the gradient of"
                                            + " input %d is not that for zeros")
                                    .formatted(k, i));
                }
            }
        }
        return null;
    }

    // ------------------------------------------------------------ inside

    private static Tensor weight(SplittableRandom random, Tensor y) {
        return Tensor.of(Probe.direction(random, y.numel()), y.shape()).to(y.dtype());
    }

    private @Nullable Tensor[] gradients(List<Tensor> outputs, List<Tensor> weights) {
        return Autograd.grad(
                outputs.toArray(new Tensor[0]),
                base.leaves(),
                weights.toArray(new Tensor[0]),
                true,
                false,
                true);
    }

    /// Whether two gradients of an input are equal, a missing one being zeros; NaN is equal to NaN.
    private boolean agree(@Nullable Tensor a, @Nullable Tensor b, int input) {
        double[] x = values(a, input);
        double[] y = values(b, input);
        for (int j = 0; j < x.length; j++) {
            boolean same = x[j] == y[j] || (Double.isNaN(x[j]) && Double.isNaN(y[j]));
            double tolerance = options.atol() + options.rtol() * Math.abs(y[j]);
            if (!same && !(Math.abs(x[j] - y[j]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    private double[] values(@Nullable Tensor gradient, int input) {
        return gradient == null
                ? new double[base.leaves()[input].numel()]
                : gradient.toDoubleArray();
    }

    private static GradReport mismatch(String message) {
        return new GradReport(Verdict.MISMATCH, message, null, 1, 1, false, List.of(), null);
    }
}
