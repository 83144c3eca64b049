package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// The loss that picks the target's logarithm from each row.
final class NegativeLogLikelihood {
    private NegativeLogLikelihood() {}

    static Tensor apply(
            Tensor x,
            Tensor target,
            @Nullable Tensor weight,
            long ignored,
            LossReduction reduction) {
        ClassTargets targets = ClassTargets.of("nllLoss", x, target, weight, ignored);
        Tensor losses = pick(x, targets);
        double divisor = targets.divisor("nllLoss", reduction);
        Tensor y = reduction == LossReduction.NONE ? losses : losses.sum().div(divisor);
        String name = x.dim() <= 2 ? "NllLossBackward0" : "NllLoss2DBackward0";
        return Tape.records(x)
                ? Tape.record(
                        y,
                        new Recorded(name, Saved.of(targets.target()), targets, divisor, x.dtype()),
                        x)
                : y;
    }

    private static Tensor pick(Tensor x, ClassTargets targets) {
        Tensor in = ClassTargets.rows(x);
        Tensor losses = Creation.empty(targets.target().shape(), x.dtype());
        long[] classes = targets.classes();
        for (int row = 0; row < targets.rows(); row++) {
            long c = classes[targets.target().offset() + row];
            double loss = 0;
            if (c != targets.ignored()) {
                int at = in.offset() + row * targets.count() + (int) c;
                loss = -targets.weightOf(c) * in.storage().getDouble(at);
            }
            losses.storage().setDouble(row, loss);
        }
        return losses;
    }

    record Recorded(String name, Saved target, ClassTargets targets, double divisor, DType dtype)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor t = target.get();
            Tensor slope = targets.emptyRows(dtype);
            Elementwise.fill(slope, 0);
            for (int row = 0; row < targets.rows(); row++) {
                long c = t.storage().getLong(t.offset() + row);
                if (c != targets.ignored()) {
                    slope.storage()
                            .setDouble(
                                    row * targets.count() + (int) c,
                                    -targets.weightOf(c) / divisor);
                }
            }
            g.put(0, slope.mul(targets.perRow(g.gy())));
        }
    }
}
