package dev.lanegrad;

import dev.lanegrad.kernels.LoopKernel;
import java.util.function.UnaryOperator;

/// The rules of writing over a tensor.
final class Write {
    private Write() {}

    /// `x`, if an operation on it and `others` may write to it.
    ///
    /// @throws IllegalStateException if memory would be written to twice, with PyTorch's sentence;
    ///   or if recording, and it is a leaf that requires a gradient, a view of one, or a view that
    ///   came to be in a way that excludes writes
    static Tensor allowed(Tensor x, Tensor... others) {
        checkOverlap(x, others);
        return allowedAnywhere(x, others);
    }

    /// As [#allowed], for an operation that writes the same value everywhere.
    static Tensor allowedAnywhere(Tensor x, Tensor... others) {
        if (x.isInference() && !Modes.current().inference) {
            throw new IllegalStateException(
                    "Inplace update to inference tensor outside InferenceMode is not allowed."
                            + "You can make a clone to get a normal tensor before doing inplace"
                            + " update.See https://github.com/pytorch/rfcs/pull/17 for more"
                            + " details.");
        }
        if (!Tape.records(x) && !Tape.records(others)) {
            return x;
        }
        Tensor base = x.base();
        if (base != null) {
            if (x.origin() != ViewOrigin.RECORDING) {
                throw new IllegalStateException(
                        x.origin().refusal(x.gradFn(), x.outputNr(), false));
            }
            if (x.requiresGrad() && base.isLeaf()) {
                throw new IllegalStateException(
                        "a view of a leaf Variable that requires grad is being used in an in-place"
                                + " operation.");
            }
        }
        if (x.requiresGrad() && x.isLeaf()) {
            throw new IllegalStateException(
                    "a leaf Variable that requires grad is being used in an in-place operation.");
        }
        return x;
    }

    private static void checkOverlap(Tensor x, Tensor... others) {
        if (Layout.repeats(x.shape(), x.strides())) {
            throw new IllegalStateException(
                    "unsupported operation: more than one element of the written-to tensor refers"
                            + " to a single memory location. Please clone() the tensor before"
                            + " performing the operation.");
        }
        for (Tensor other : others) {
            if (other.storage() == x.storage() && partlySame(x, other)) {
                throw new IllegalStateException(
                        "unsupported operation: some elements of the input tensor and the"
                                + " written-to tensor refer to a single memory location. Please"
                                + " clone() the tensor before performing the operation.");
            }
        }
    }

    /// Whether two dense tensors over one storage share elements, but not each with its own.
    private static boolean partlySame(Tensor x, Tensor other) {
        if (!x.isDense() || !other.isDense()) {
            return false;
        }
        boolean same =
                x.offset() == other.offset()
                        && x.shape().equals(other.shape())
                        && java.util.Arrays.equals(x.strides(), other.strides());
        return !same
                && x.offset() < other.offset() + other.numel()
                && other.offset() < x.offset() + x.numel();
    }

    /// `x := f(x, other)`
    static void binary(LoopKernel op, String name, Tensor x, Tensor other, double p) {
        checkBroadcast(name, x, other);
        DType common = Promotion.of(x, other);
        castable(name, common, x);
        if (common == x.dtype() && Elementwise.working(common) == common) {
            Elementwise.into(op, x, p, 0, x, Elementwise.convert(other, common));
        } else {
            Elementwise.copy(x, Elementwise.binary(op, name, x, other, p, 0));
        }
        x.written();
    }

    /// `x := y`
    static void copy(String name, Tensor x, Tensor y) {
        checkBroadcast(name, x, y);
        Elementwise.copy(x, y);
        x.written();
    }

    /// `x := f(x, others)`, recorded as what `f` is: one operation whose inputs are these.
    ///
    /// @param kept whether the derivative of `f` reads x, of which it then gets a copy
    static Tensor result(
            String op, boolean kept, Tensor tensor, UnaryOperator<Tensor> f, Tensor... others) {
        Tensor x = allowed(tensor, others);
        Tensor[] inputs = new Tensor[others.length + 1];
        inputs[0] = x;
        System.arraycopy(others, 0, inputs, 1, others.length);
        boolean recorded = Tape.records(inputs);
        Tensor before = kept && recorded ? Copies.copy(x.detach()) : x.data();
        Node made = x.gradFn();
        if (made != null) {
            before.setHistory(made, x.outputNr());
        } else if (recorded && !Tape.hasHistory(inputs)) {
            before.requiresGrad(true); // for tangents, which take the rule of an operation too
        }
        Tensor y;
        try (var _ = Autograd.setGradEnabled(recorded)) {
            y = f.apply(before);
        }
        castable(op, y.dtype(), x);
        copy(op, x, y.detach());
        Node node = y.gradFn();
        return node == null ? x : record(x, node.rule(), inputs);
    }

    /// `x := f(x)`
    static Tensor function(PointwiseRule rule, Tensor tensor) {
        return function(rule, tensor, 0, 0);
    }

    /// `x := f(x)` for a function with parameters.
    static Tensor function(PointwiseRule rule, Tensor tensor, double p, double q) {
        Tensor x = allowed(tensor);
        rule.check(x);
        if (rule.integers() == PointwiseRule.Integers.FLOAT && !x.dtype().isFloatingPoint()) {
            castable(rule.node(), Promotion.floating(x.dtype()), x);
        }
        boolean input = rule.keeps() == PointwiseRule.Keeps.INPUT && Tape.records(x);
        Saved kept = input ? Saved.of(Copies.copy(x)) : null;
        if (Elementwise.working(x.dtype()) == x.dtype()) {
            Elementwise.into(rule.value(), x, p, q, x);
        } else {
            Elementwise.copy(x, Elementwise.unary(rule.value(), x.detach(), p, q));
        }
        x.written();
        if (rule.keeps() == PointwiseRule.Keeps.OUTPUT
                || rule.keeps() == PointwiseRule.Keeps.EITHER) {
            kept = Saved.of(x);
        }
        return record(x, new PointwiseRule.Recorded(rule, kept, p, q), x);
    }

    /// Makes the write, which has been counted once, part of the history of `x`, the first of the
    /// inputs.
    static Tensor record(Tensor x, Backward rule, Tensor... inputs) {
        if (!Tape.records(inputs)) {
            return x;
        }
        ViewHistory.write(x, rule, inputs);
        return x;
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
                            + from
                            + " can't be cast to the desired output type "
                            + to
                            + " ("
                            + x.shape()
                            + ")");
        }
    }
}
