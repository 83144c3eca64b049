package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Ternary;
import org.jspecify.annotations.Nullable;

/// One row of the table of element-wise functions of two operands: its value and its derivatives.
///
/// @param op the method's name, for messages
/// @param node PyTorch's name of the recorded operation
/// @param value the kernel `y := f(a, b)`
/// @param integers whether integers stay integers; otherwise they become floating point
/// @param self the gradient of the first operand
/// @param other the gradient of the second operand
record PairRule(String op, String node, Binary value, boolean integers, Side self, Side other) {
    /// A gradient in tensor operations, to be recorded.
    @FunctionalInterface
    interface Slope {
        Tensor of(Tensor gy, Tensor a, Tensor b);
    }

    /// The gradient of one operand.
    ///
    /// @param fused the kernel `f'(gy, a, b)`; null where [#slope] is as good
    /// @param mirrored whether the kernel takes b before a
    record Side(@Nullable Ternary fused, boolean mirrored, Slope slope) {
        static Side of(Ternary fused, Slope slope) {
            return new Side(fused, false, slope);
        }

        static Side mirrored(Ternary fused, Slope slope) {
            return new Side(fused, true, slope);
        }

        static Side of(Slope slope) {
            return new Side(null, false, slope);
        }

        Tensor apply(String node, Gradients g, Tensor a, Tensor b) {
            Ternary kernel = fused;
            if (kernel == null || g.recording()) {
                return slope.of(g.gy(), a, b);
            }
            DType dtype = g.gy().dtype();
            return Elementwise.broadcast(
                    kernel, node, dtype, dtype, 0, 0, g.gy(), mirrored ? b : a, mirrored ? a : b);
        }
    }

    static PairRule of(String op, String node, Binary value, Side self, Side other) {
        return new PairRule(op, node, value, false, self, other);
    }

    /// This rule for a function that maps integers to integers.
    PairRule withIntegers() {
        return new PairRule(op, node, value, true, self, other);
    }

    Tensor apply(Tensor a, Tensor b) {
        Tensor y = value(a, b);
        return Tape.records(a, b)
                ? Tape.record(y, new Recorded(this, node, Saved.of(a), Saved.of(b)), a, b)
                : y;
    }

    /// Of a tensor and a number, whose recorded operation has a name and one place of its own.
    Tensor apply(Tensor a, Tensor number, String numberNode) {
        Tensor y = value(a, number);
        return Tape.records(a)
                ? Tape.record(y, new Recorded(this, numberNode, Saved.of(a), Saved.of(number)), a)
                : y;
    }

    private Tensor value(Tensor a, Tensor b) {
        DType type = Promotion.of(a, b);
        boolean extreme = value == Binary.MAXIMUM || value == Binary.MINIMUM;
        if (integers && !extreme && type == DType.BOOL) {
            throw new IllegalArgumentException(
                    "%s: needs numbers, but got bool (%s and %s)"
                            .formatted(op, a.shape(), b.shape()));
        }
        return Elementwise.binary(
                value, op, a, b, integers ? type : Promotion.floating(type), 0, 0);
    }

    /// The derivatives of one application.
    record Recorded(PairRule rule, String name, Saved a, Saved b) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, rule.self.apply(name, g, a.get(), b.get()));
            }
            if (g.inputs().length > 1 && g.needs(1)) {
                g.put(1, rule.other.apply(name, g, a.get(), b.get()));
            }
        }
    }
}
