package dev.lanegrad;

import dev.lanegrad.kernels.any.CrossEntropy;
import org.jspecify.annotations.Nullable;

/// The classes that rows of logits `[N, C, ...]` or `[C]` are held against, checked.
///
/// @param logits the shape of the logits
/// @param axis the axis of the classes: 1, or 0 for `[C]`
/// @param target int64, dense, of the shape of the logits without `axis`
/// @param weight dense, of each class, or null for ones
/// @param ignored rows with this target count nothing
record ClassTargets(Shape logits, int axis, Tensor target, @Nullable Tensor weight, long ignored) {
    static ClassTargets of(
            String op, Tensor x, Tensor target, @Nullable Tensor weight, long ignored) {
        checkLogits(op, x, target, weight);
        if (target.dtype() != DType.INT64 && target.dtype() != DType.UINT8) {
            throw new IllegalArgumentException(
                    op
                            + ": expected target dtype to be Long or Byte, but got "
                            + target.dtype().scalarName()
                            + operands(x, target));
        }
        int axis = Math.min(1, x.dim() - 1);
        checkShape(op, x, target, axis);
        Tensor t = Elementwise.converted(target.detach(), DType.INT64);
        Tensor w = weight == null ? null : Elementwise.converted(weight.detach(), x.dtype());
        ClassTargets targets = new ClassTargets(x.shape(), axis, t, w, ignored);
        targets.checkRange(op);
        return targets;
    }

    static void checkLogits(String op, Tensor x, Tensor target, @Nullable Tensor weight) {
        if (x.dim() == 0 || !x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op
                            + ": input needs floating point elements and an axis of classes, but is "
                            + x.dtype()
                            + operands(x, target));
        }
        int classes = x.size(Math.min(1, x.dim() - 1));
        if (weight != null && (weight.dim() != 1 || weight.numel() != classes)) {
            throw new IllegalArgumentException(
                    op
                            + ": weight tensor should be defined either for all "
                            + classes
                            + " classes or no classes but got weight tensor of shape: "
                            + weight.shape()
                            + operands(x, target));
        }
    }

    private static void checkShape(String op, Tensor x, Tensor target, int axis) {
        boolean fits = target.dim() == x.dim() - 1;
        for (int i = 0; fits && i < target.dim(); i++) {
            fits = target.size(i) == x.size(i < axis ? i : i + 1);
        }
        if (!fits && x.dim() > 1 && target.dim() > 0 && target.size(0) != x.size(0)) {
            throw new IllegalArgumentException(
                    op
                            + ": expected input batch_size ("
                            + x.size(0)
                            + ") to match target batch_size ("
                            + target.size(0)
                            + ")"
                            + operands(x, target));
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    op
                            + ": target must have the input's shape without the axis of classes"
                            + operands(x, target));
        }
    }

    private static String operands(Tensor x, Tensor target) {
        return " (input " + x.shape() + ", target " + target.shape() + ")";
    }

    private void checkRange(String op) {
        long[] t = classes();
        int first = target.offset();
        for (int i = first; i < first + rows(); i++) {
            if ((t[i] < 0 || t[i] >= count()) && t[i] != ignored) {
                throw new IndexOutOfBoundsException(
                        op
                                + ": target "
                                + t[i]
                                + " is out of bounds ("
                                + count()
                                + " classes, input "
                                + logits
                                + ")");
            }
        }
    }

    /// Number of classes.
    int count() {
        return logits.sizes()[axis];
    }

    /// Number of targets.
    int rows() {
        return target.numel();
    }

    /// The targets, from [Tensor#offset] of `target` on.
    long[] classes() {
        return (long[]) target.array();
    }

    /// What the sum of the losses is divided by: for a mean, the weight of the targets that count.
    double divisor(String op, LossReduction reduction) {
        return switch (reduction) {
            case MEAN -> total();
            case SUM, NONE -> 1;
            case BATCH_MEAN -> throw reduction.notFor(op);
        };
    }

    private double total() {
        if (weight != null) {
            return CrossEntropy.weightOf(
                    weight.array(), weight.offset(), classes(), target.offset(), rows(), ignored);
        }
        long[] t = classes();
        int count = 0;
        for (int i = target.offset(); i < target.offset() + rows(); i++) {
            count += t[i] == ignored ? 0 : 1;
        }
        return count;
    }

    /// The weight of a class.
    double weightOf(long c) {
        return weight == null ? 1 : weight.storage().getDouble(weight.offset() + (int) c);
    }

    /// `x` as rows of classes: dense, the classes innermost in memory.
    static Tensor rows(Tensor x) {
        return x.dim() == 1 ? Elementwise.converted(x, x.dtype()) : Images.dense(x);
    }

    /// A tensor of the logits' shape, of undefined values, that lies as [#rows(Tensor)] does.
    Tensor emptyRows(DType dtype) {
        return logits.dim() == 1
                ? Creation.empty(logits, dtype)
                : Creation.empty(logits, dtype, Layout.channelsLast(logits));
    }

    /// The gradient of each row's loss, in the shape of the logits with one class.
    Tensor perRow(Tensor gy) {
        return gy.dim() == 0 ? gy : gy.unsqueeze(axis);
    }
}
