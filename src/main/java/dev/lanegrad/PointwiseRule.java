package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One row of the table of element-wise functions of one operand: its value, its derivative, and
/// what the derivative needs.
///
/// @param node PyTorch's name of the recorded operation
/// @param value the kernel `y := f(x, p, q)`
/// @param keeps what backward needs
/// @param fused the kernel `gx := f'(gy, kept, p, q)`; null where [#slope] is one pass already
/// @param slope the same in tensor operations, to be recorded
/// @param integers what becomes of integers
record PointwiseRule(
        String node,
        Unary value,
        Keeps keeps,
        @Nullable Binary fused,
        Slope slope,
        Integers integers) {
    /// What a function does with integers.
    enum Integers {
        /// They become floating point, bools too.
        FLOAT,
        /// They stay integers; bools are refused.
        STAY,
        /// Only floating point is taken.
        REFUSED
    }

    /// What an operation keeps for its backward.
    enum Keeps {
        NOTHING,
        INPUT,
        OUTPUT,
        /// The input, or the output that was written over it: the derivative is the same of both.
        EITHER
    }

    /// The gradient of the input.
    @FunctionalInterface
    interface Slope {
        /// The gradient, given what the operation kept (`gy` itself if nothing).
        Tensor of(Tensor gy, Tensor kept, double p, double q);
    }

    static PointwiseRule of(
            String node, Unary value, Keeps keeps, @Nullable Binary fused, Slope slope) {
        return new PointwiseRule(node, value, keeps, fused, slope, Integers.FLOAT);
    }

    /// This rule for a function that maps integers to integers.
    PointwiseRule withIntegers() {
        return new PointwiseRule(node, value, keeps, fused, slope, Integers.STAY);
    }

    /// This rule for a function of floating point numbers only.
    PointwiseRule floatingOnly() {
        return new PointwiseRule(node, value, keeps, fused, slope, Integers.REFUSED);
    }

    /// @throws IllegalArgumentException if the function does not take this type
    void check(Tensor x) {
        boolean taken =
                switch (integers) {
                    case FLOAT -> true;
                    case STAY -> x.dtype() != DType.BOOL;
                    case REFUSED -> x.dtype().isFloatingPoint();
                };
        if (!taken) {
            throw new IllegalArgumentException(
                    "%s: not defined for %s (input %s)"
                            .formatted(
                                    node.replaceFirst("Backward\\d$", "").toLowerCase(Locale.ROOT),
                                    x.dtype(),
                                    x.shape()));
        }
    }

    Tensor apply(Tensor x) {
        return apply(x, 0, 0);
    }

    Tensor apply(Tensor x, double p, double q) {
        check(x);
        Tensor in =
                integers == Integers.FLOAT
                        ? Elementwise.convert(x, Promotion.floating(x.dtype()))
                        : x;
        Tensor y = Elementwise.unary(value, in, p, q);
        if (!Tape.records(x)) {
            return y;
        }
        Saved kept =
                switch (keeps) {
                    case NOTHING -> null;
                    case INPUT, EITHER -> Saved.of(x);
                    case OUTPUT -> Saved.of(y);
                };
        return Tape.record(y, new Recorded(this, kept, p, q), x);
    }

    /// The derivative of one application.
    record Recorded(PointwiseRule rule, @Nullable Saved kept, double p, double q)
            implements Backward {
        @Override
        public String name() {
            return rule.node;
        }

        @Override
        public boolean keepsTensors() {
            return kept != null;
        }

        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy();
            Tensor saved = kept == null ? gy : kept.get();
            Binary kernel = rule.fused;
            g.put(
                    0,
                    kernel == null || g.recording()
                            ? rule.slope.of(gy, saved, p, q)
                            : Elementwise.binary(kernel, rule.node, gy, saved, p, q));
        }
    }
}
