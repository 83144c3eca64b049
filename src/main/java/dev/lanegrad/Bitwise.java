package dev.lanegrad;

import dev.lanegrad.kernels.Logical;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// Operations on the bits of integers; on bools the logical ones. They have no gradient.
public sealed interface Bitwise permits Tensor {
    /// The bits that both have, as `torch.bitwise_and`.
    ///
    /// @throws IllegalArgumentException if either is floating point
    default Tensor bitwiseAnd(Tensor other) {
        return combined("bitwiseAnd", Binary.BITWISE_AND, (Tensor) this, other);
    }

    /// The bits that either has, as `torch.bitwise_or`.
    ///
    /// @throws IllegalArgumentException if either is floating point
    default Tensor bitwiseOr(Tensor other) {
        return combined("bitwiseOr", Binary.BITWISE_OR, (Tensor) this, other);
    }

    /// The bits that one of them has, as `torch.bitwise_xor`.
    ///
    /// @throws IllegalArgumentException if either is floating point
    default Tensor bitwiseXor(Tensor other) {
        return combined("bitwiseXor", Binary.BITWISE_XOR, (Tensor) this, other);
    }

    /// The bits moved to higher places, as `torch.bitwise_left_shift`.
    ///
    /// @throws IllegalArgumentException if either is floating point, or both are bool
    default Tensor bitwiseLeftShift(Tensor other) {
        return shifted("bitwiseLeftShift", Binary.BITWISE_LEFT_SHIFT, (Tensor) this, other);
    }

    /// The bits moved to higher places, as Python's `tensor << number`.
    default Tensor bitwiseLeftShift(long places) {
        return bitwiseLeftShift(Creation.number(places));
    }

    /// The bits moved to lower places, the sign repeated, as `torch.bitwise_right_shift`.
    ///
    /// @throws IllegalArgumentException if either is floating point, or both are bool
    default Tensor bitwiseRightShift(Tensor other) {
        return shifted("bitwiseRightShift", Binary.BITWISE_RIGHT_SHIFT, (Tensor) this, other);
    }

    /// The bits moved to lower places, as Python's `tensor >> number`.
    default Tensor bitwiseRightShift(long places) {
        return bitwiseRightShift(Creation.number(places));
    }

    /// The bits that this one has not, as `torch.bitwise_not`.
    ///
    /// @throws IllegalArgumentException if it is floating point
    default Tensor bitwiseNot() {
        Tensor x = (Tensor) this;
        check("bitwiseNot", x.dtype());
        return x.dtype() == DType.BOOL
                ? Choice.logical(Logical.NOT, "bitwiseNot", x)
                : Elementwise.unary(Unary.BITWISE_NOT, x, 0, 0);
    }

    private static Tensor combined(String op, Binary kernel, Tensor a, Tensor b) {
        DType type = Promotion.of(a, b);
        check(op, type);
        return Elementwise.binary(kernel, op, a, b, type, 0, 0);
    }

    private static Tensor shifted(String op, Binary kernel, Tensor a, Tensor b) {
        if (Promotion.of(a, b) == DType.BOOL) {
            throw new IllegalArgumentException(op + ": needs integers, but got bool");
        }
        return combined(op, kernel, a, b);
    }

    private static void check(String op, DType type) {
        if (type.isFloatingPoint()) {
            throw new IllegalArgumentException(op + ": needs integers or bools, but got " + type);
        }
    }
}
