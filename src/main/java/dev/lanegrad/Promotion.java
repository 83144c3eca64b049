package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// PyTorch's type promotion.
///
/// Operands count in three ranks: tensors with axes, 0-d tensors, Java numbers. A lower rank
/// matters only if its category (bool, integer, floating) is higher.
final class Promotion {
    private Promotion() {}

    /// The type in which `a` and `b` meet.
    static DType of(Tensor a, Tensor b) {
        if (a.dtype() == b.dtype() && !a.isNumber && !b.isNumber) {
            return a.dtype();
        }
        return ofAll(a, b);
    }

    /// The type in which all of these meet.
    static DType ofAll(Tensor... operands) {
        @Nullable DType[] byRank = new DType[3];
        for (Tensor t : operands) {
            enter(byRank, t);
        }
        DType result = null;
        for (int rank = 2; rank >= 0; rank--) {
            result = dominate(byRank[rank], result);
        }
        return result == null ? operands[0].dtype() : result;
    }

    private static void enter(@Nullable DType[] byRank, Tensor t) {
        int rank = t.isNumber ? 2 : t.dim() == 0 ? 1 : 0;
        DType type = t.isNumber ? floating(t) : t.dtype();
        DType before = byRank[rank];
        byRank[rank] = before == null ? type : of(before, type);
    }

    private static @Nullable DType dominate(@Nullable DType higher, @Nullable DType lower) {
        if (higher == null || lower == null) {
            return higher == null ? lower : higher;
        }
        if (higher.isFloatingPoint()) {
            return higher;
        }
        if (higher == DType.BOOL || lower.isFloatingPoint()) {
            return of(higher, lower);
        }
        return higher;
    }

    /// The smallest type that holds the values of both.
    static DType of(DType a, DType b) {
        if (a == b) {
            return a;
        }
        if (a.isFloatingPoint() && b.isFloatingPoint()) {
            boolean half = a.bytes() == 2 && b.bytes() == 2;
            return half ? DType.FLOAT32 : a.bytes() > b.bytes() ? a : b;
        }
        if (a.isFloatingPoint() || b.isFloatingPoint()) {
            return a.isFloatingPoint() ? a : b;
        }
        if (a == DType.BOOL || b == DType.BOOL) {
            return a == DType.BOOL ? b : a;
        }
        boolean bytes = a.bytes() == 1 && b.bytes() == 1;
        return bytes ? DType.INT16 : a.bytes() > b.bytes() ? a : b;
    }

    /// The type of a function whose values are not integers, such as division or the exponential.
    static DType floating(DType type) {
        return type.isFloatingPoint() ? type : Modes.current().defaultDtype;
    }

    /// The type that a Java number counts as.
    private static DType floating(Tensor number) {
        return number.dtype().isFloatingPoint() ? Modes.current().defaultDtype : number.dtype();
    }
}
