package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// A loss of pairs of elements, of a prediction x and a target t: its value and its slopes.
///
/// @param op the operation's name, for messages
/// @param node PyTorch's name of the recorded operation
/// @param value the losses
/// @param slope their derivatives by x
/// @param targetSlope their derivatives by t; null where they are the negatives of those by x
/// @param constantTarget whether the node has no place for a target that requires no gradient, as
///   PyTorch's has none for any target
record PairLoss(
        String op,
        String node,
        Formula value,
        Formula slope,
        @Nullable Formula targetSlope,
        boolean constantTarget) {
    PairLoss(String op, String node, Formula value, Formula slope, @Nullable Formula targetSlope) {
        this(op, node, value, slope, targetSlope, false);
    }

    /// A function of predictions and targets in tensor operations.
    @FunctionalInterface
    interface Formula {
        Tensor of(Tensor x, Tensor t);
    }

    /// The loss of tensors that broadcast to each other.
    Tensor apply(Tensor x, Tensor t, LossReduction reduction) {
        DType dtype = Promotion.of(x, t);
        if (!dtype.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op
                            + ": not defined for "
                            + dtype
                            + " (input "
                            + x.shape()
                            + ", target "
                            + t.shape()
                            + ")");
        }
        Shape shape = Shape.broadcast(op, x.shape(), t.shape());
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = reduction.of(value.of(x.to(dtype), t.to(dtype)));
        }
        if (!Tape.records(x, t)) {
            return y;
        }
        Backward rule = new Recorded(this, Saved.of(x), Saved.of(t), reduction.divisor(shape));
        return constantTarget && !Tape.tracks(t)
                ? Tape.record(y, rule, x)
                : Tape.record(y, rule, x, t);
    }

    /// As [#apply], with a warning if the shapes differ.
    Tensor applyToSimilar(Tensor x, Tensor t, LossReduction reduction) {
        warnOfShapes(x, t);
        return apply(x, t, reduction);
    }

    static void warnOfShapes(Tensor x, Tensor t) {
        if (!x.shape().equals(t.shape())) {
            Warnings.warn(
                    "Using a target size (Size(%s)) that is different to the input size (Size(%s)). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size."
                            .formatted(t.shape(), x.shape()));
        }
    }

    /// As [#apply], for tensors of one shape.
    Tensor applyToEqual(Tensor x, Tensor t, LossReduction reduction) {
        if (!x.shape().equals(t.shape())) {
            throw new IllegalArgumentException(
                    op
                            + ": target size must be the same as input size (input "
                            + x.shape()
                            + ", target "
                            + t.shape()
                            + ")");
        }
        return apply(x, t, reduction);
    }

    record Recorded(PairLoss loss, Saved x, Saved t, int divisor) implements Backward {
        @Override
        public String name() {
            return loss.node;
        }

        @Override
        public void backward(Gradients g) {
            Tensor gy = divisor == 1 ? g.gy() : g.gy().div(divisor);
            Tensor in = x.get();
            Tensor target = t.get();
            Formula bySecond = loss.targetSlope;
            boolean byTarget = g.inputs().length > 1 && g.needs(1);
            if (byTarget && bySecond != null) {
                g.put(1, bySecond.of(in, target).mul(gy));
            }
            if (g.needs(0) || (byTarget && bySecond == null)) {
                Tensor gx = loss.slope.of(in, target).mul(gy);
                g.put(0, gx);
                if (byTarget && bySecond == null) {
                    g.put(1, gx.neg());
                }
            }
        }
    }
}
