package dev.lanegrad;

import dev.lanegrad.kernels.LoopKernel;

/// The rules of writing over a tensor.
final class Write {
    private Write() {}

    /// `x`, if it may be written to.
    ///
    /// @throws IllegalStateException if recording, and it is a leaf that requires a gradient or a
    ///   view of one, with PyTorch's sentence
    static Tensor allowed(Tensor x) {
        if (Modes.current().grad && x.requiresGrad()) {
            if (x.isLeaf()) {
                throw new IllegalStateException(
                        "a leaf Variable that requires grad is being used in an in-place operation.");
            }
            Tensor base = x.base();
            if (base != null && base.isLeaf()) {
                throw new IllegalStateException(
                        "a view of a leaf Variable that requires grad is being used in an in-place"
                                + " operation.");
            }
        }
        return x;
    }

    /// `x := f(x, other)`
    static void binary(LoopKernel op, String name, Tensor x, Tensor other, double p) {
        checkBroadcast(name, x, other);
        DType common = Promotion.of(x, other);
        castable(name, common, x);
        if (common == x.dtype()) {
            Elementwise.into(op, x, p, 0, x, Elementwise.convert(other, common));
        } else {
            Elementwise.copy(x, Elementwise.binary(op, name, x, other, p, 0));
        }
        x.version().bump();
    }

    /// `x := y`
    static void copy(String name, Tensor x, Tensor y) {
        checkBroadcast(name, x, y);
        Elementwise.copy(x, y);
        x.version().bump();
    }

    /// `x := f(x)`
    static Tensor function(PointwiseRule rule, Tensor tensor) {
        Tensor x = allowed(tensor);
        if (!rule.integers() && !x.dtype().isFloatingPoint()) {
            castable(rule.node(), DType.FLOAT32, x);
        }
        boolean input = rule.keeps() == PointwiseRule.Keeps.INPUT && Tape.records(x);
        Saved kept = input ? Saved.of(Copies.copy(x.detach())) : null;
        Elementwise.into(rule.value(), x, 0, 0, x);
        x.version().bump();
        if (rule.keeps() == PointwiseRule.Keeps.OUTPUT) {
            kept = Saved.of(x);
        }
        return record(x, new PointwiseRule.Recorded(rule, kept, 0, 0), x);
    }

    /// Makes the write part of the history of `x`.
    static Tensor record(Tensor x, Backward rule, Tensor... inputs) {
        if (!Tape.records(inputs)) {
            return x;
        }
        if (x.base() != null) {
            throw new UnsupportedOperationException(
                    "in-place: recorded writes to a view are not supported yet (view "
                            + x.shape()
                            + " of "
                            + x.base().shape()
                            + "); write to the tensor itself");
        }
        return Tape.record(x, rule, inputs);
    }

    private static void checkBroadcast(String name, Tensor x, Tensor other) {
        Shape shape = Shape.broadcast(name, x.shape(), other.shape());
        if (!shape.equals(x.shape())) {
            throw new IllegalArgumentException(
                    name
                            + ": output with shape "
                            + x.shape()
                            + " doesn't match the broadcast shape "
                            + shape
                            + " ("
                            + x.shape()
                            + " and "
                            + other.shape()
                            + ")");
        }
    }

    static void castable(String name, DType from, Tensor x) {
        DType to = x.dtype();
        boolean loses =
                (from.isFloatingPoint() && !to.isFloatingPoint())
                        || (from != DType.BOOL && to == DType.BOOL);
        if (loses) {
            throw new IllegalArgumentException(
                    name
                            + ": result type "
                            + from.scalarName()
                            + " can't be cast to the desired output type "
                            + to.scalarName()
                            + " ("
                            + x.shape()
                            + ")");
        }
    }
}
