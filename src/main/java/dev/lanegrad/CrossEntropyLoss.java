package dev.lanegrad;

import dev.lanegrad.kernels.any.CrossEntropy;
import org.jspecify.annotations.Nullable;

/// Cross-entropy, fused with the softmax where the targets are numbers of classes.
final class CrossEntropyLoss {
    private CrossEntropyLoss() {}

    static Tensor apply(
            Tensor x,
            Tensor target,
            @Nullable Tensor weight,
            long ignored,
            LossReduction reduction,
            double smoothing) {
        ClassTargets.checkLogits("crossEntropy", x, target, weight);
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: label_smoothing must be between 0.0 and 1.0. Got: " + smoothing);
        }
        return target.dtype().isFloatingPoint() && target.shape().equals(x.shape())
                ? ofProbabilities(x, target, weight, reduction, smoothing)
                : ofClasses(
                        x,
                        ClassTargets.of("crossEntropy", x, target, weight, ignored),
                        reduction,
                        smoothing);
    }

    // ------------------------------------------------------------ numbers of classes

    private static Tensor ofClasses(
            Tensor x, ClassTargets targets, LossReduction reduction, double smoothing) {
        Tensor losses = Creation.empty(targets.target().shape(), x.dtype());
        Tensor logSumExp = Creation.empty(targets.target().shape(), x.dtype());
        Tensor in = ClassTargets.rows(x);
        Tensor w = targets.weight();
        CrossEntropy.forward(
                in.array(),
                in.offset(),
                targets.rows(),
                targets.count(),
                targets.classes(),
                targets.target().offset(),
                w == null ? null : w.array(),
                w == null ? 0 : w.offset(),
                targets.ignored(),
                smoothing,
                losses.array(),
                0,
                logSumExp.array(),
                0);
        double divisor = targets.divisor("crossEntropy", reduction);
        Tensor y = reduction == LossReduction.NONE ? losses : losses.sum().div(divisor);
        if (!Tape.records(x)) {
            return y;
        }
        Tensor logits = x.detach();
        Tape.record(logits, new LogSoftmaxBackward0(), x);
        String name = x.dim() <= 2 ? "NllLossBackward0" : "NllLoss2DBackward0";
        Backward rule =
                new FusedBackward(
                        name,
                        Saved.of(x),
                        Saved.of(logSumExp),
                        Saved.of(targets.target()),
                        targets,
                        divisor,
                        smoothing);
        return Tape.record(y, rule, logits);
    }

    /// Stands where PyTorch's graph has the softmax; the loss above it has done its work.
    record LogSoftmaxBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }

    /// The gradient of the logits.
    record FusedBackward(
            String name,
            Saved x,
            Saved logSumExp,
            Saved target,
            ClassTargets targets,
            double divisor,
            double smoothing)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.recording() ? inOperations(g.gy()) : fused(g.gy()));
        }

        private Tensor fused(Tensor gy) {
            Tensor in = ClassTargets.rows(x.get());
            Tensor gx = targets.emptyRows(in.dtype());
            Tensor dense = Elementwise.converted(gy, in.dtype());
            Tensor w = targets.weight();
            CrossEntropy.backward(
                    in.array(),
                    in.offset(),
                    targets.rows(),
                    targets.count(),
                    (long[]) target.get().array(),
                    target.get().offset(),
                    w == null ? null : w.array(),
                    w == null ? 0 : w.offset(),
                    targets.ignored(),
                    smoothing,
                    logSumExp.get().array(),
                    0,
                    dense.array(),
                    dense.offset(),
                    dense.dim() == 0 ? 0 : 1,
                    1 / divisor,
                    gx.array(),
                    0);
            return gx;
        }

        /// `gy·(factor·softmax(x) − share)`, where `share` is what of the factor goes to each
        /// class.
        private Tensor inOperations(Tensor gy) {
            Tensor logits = x.get();
            int classes = targets.count();
            Tensor share = targets.emptyRows(logits.dtype());
            double total = 0;
            for (int c = 0; c < classes; c++) {
                total += targets.weightOf(c);
            }
            Tensor factor = Creation.empty(targets.target().shape(), logits.dtype());
            Tensor t = target.get();
            for (int row = 0; row < targets.rows(); row++) {
                long label = t.storage().getLong(t.offset() + row);
                boolean counts = label != targets.ignored();
                double hard = counts ? (1 - smoothing) * targets.weightOf(label) / divisor : 0;
                double soft = counts ? smoothing / classes / divisor : 0;
                factor.storage().setDouble(row, hard + soft * total);
                for (int c = 0; c < classes; c++) {
                    double v = soft * targets.weightOf(c) + (c == label ? hard : 0);
                    share.storage().setDouble(row * classes + c, v);
                }
            }
            Tensor p = logits.softmax(targets.axis());
            Tensor slope = p.mul(targets.perRow(factor)).sub(share);
            return slope.mul(targets.perRow(gy));
        }
    }

    // ------------------------------------------------------------ probabilities

    private static Tensor ofProbabilities(
            Tensor x,
            Tensor target,
            @Nullable Tensor weight,
            LossReduction reduction,
            double smoothing) {
        int axis = Math.min(1, x.dim() - 1);
        int classes = x.size(axis);
        Tensor t = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
        Tensor product = x.logSoftmax(axis).mul(t);
        if (weight != null) {
            int[] row = new int[x.dim()];
            java.util.Arrays.fill(row, 1);
            row[axis] = classes;
            product = product.mul(weight.reshape(Shape.of(row)));
        }
        return switch (reduction) {
            case MEAN -> product.sum().neg().div(x.numel() / (double) classes);
            case SUM -> product.sum().neg();
            case NONE -> product.sum(axis).neg();
            case BATCH_MEAN -> throw reduction.notFor("crossEntropy");
        };
    }
}
