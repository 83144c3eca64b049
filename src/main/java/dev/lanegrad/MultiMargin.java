package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// The margin that a row's target keeps from every other class.
final class MultiMargin {
    private MultiMargin() {}

    static Tensor apply(
            Tensor x,
            Tensor target,
            int p,
            double margin,
            @Nullable Tensor weight,
            LossReduction reduction) {
        if (p != 1 && p != 2) {
            throw new IllegalArgumentException("multiMarginLoss: p must be 1 or 2, but is " + p);
        }
        ClassTargets targets =
                ClassTargets.of("multiMarginLoss", x, target, weight, Long.MIN_VALUE);
        Tensor hit = hits(targets, x.dtype());
        Tensor share = shares(targets, x.dtype());
        Problem problem = new Problem(targets.axis(), p, margin, Saved.of(hit), Saved.of(share));
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            Tensor lacks = problem.shortfall(x);
            y = reduction.of((p == 1 ? lacks : lacks.square()).mul(share).sum(targets.axis()));
        }
        int divisor = reduction.divisor(targets.target().shape());
        return Tape.records(x)
                ? Tape.record(y, new MultiMarginLossBackward0(Saved.of(x), problem, divisor), x)
                : y;
    }

    /// 1 at the target of each row.
    private static Tensor hits(ClassTargets targets, DType dtype) {
        Tensor hit = targets.emptyRows(dtype);
        Elementwise.fill(hit, 0);
        long[] t = targets.classes();
        for (int row = 0; row < targets.rows(); row++) {
            int at = row * targets.count() + (int) t[targets.target().offset() + row];
            hit.storage().setDouble(at, 1);
        }
        return hit;
    }

    /// The weight of each row, divided by the number of classes.
    private static Tensor shares(ClassTargets targets, DType dtype) {
        Tensor share = Creation.empty(targets.target().shape(), dtype);
        long[] t = targets.classes();
        for (int row = 0; row < targets.rows(); row++) {
            double weight = targets.weightOf(t[targets.target().offset() + row]);
            share.storage().setDouble(row, weight / targets.count());
        }
        return share.unsqueeze(targets.axis());
    }

    /// @param hit 1 at the target of each row, else 0
    /// @param share what a row's loss counts
    record Problem(int axis, int p, double margin, Saved hit, Saved share) {
        /// What each class lacks to the margin; 0 at the target.
        Tensor shortfall(Tensor x) {
            Tensor own = x.mul(hit.get()).sum(axis, true);
            return x.sub(own).add(margin).clampMin(0).mul(hit.get().rsub(1));
        }
    }

    record MultiMarginLossBackward0(Saved x, Problem problem, int divisor) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor lacks = problem.shortfall(in);
            Tensor slope = problem.p == 1 ? lacks.gt(0).to(in.dtype()) : lacks.mul(2);
            Tensor counted = slope.mul(problem.share.get());
            Tensor own = problem.hit.get().mul(counted.sum(problem.axis, true));
            Tensor gy = g.gy().div(divisor);
            g.put(0, counted.sub(own).mul(gy.dim() == 0 ? gy : gy.unsqueeze(problem.axis)));
        }
    }
}
