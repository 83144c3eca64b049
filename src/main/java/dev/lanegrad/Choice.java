package dev.lanegrad;

import dev.lanegrad.kernels.Logical;
import dev.lanegrad.kernels.LoopKernel;
import dev.lanegrad.kernels.any.Predicate;

/// What [Selection] is made of.
final class Choice {
    private Choice() {}

    static Tensor logical(Logical op, String name, Tensor... operands) {
        return Elementwise.broadcast(op, name, DType.BOOL, DType.BOOL, 0, 0, operands);
    }

    /// A test of each element; integers are finite numbers.
    static Tensor test(Predicate op, Tensor x) {
        Tensor in = Elementwise.convert(x, Promotion.floating(x.dtype()));
        return Elementwise.broadcast(op, op.name(), in.dtype(), DType.BOOL, 0, 0, in);
    }

    static Tensor where(Tensor condition, Tensor a, Tensor b) {
        Tensor y = choose("where", condition, a, b, Promotion.of(a, b));
        return Tape.records(a, b)
                ? Tape.record(y, new Selection.WhereBackward0(Saved.of(condition)), a, b)
                : y;
    }

    /// `condition ? a : b` in this type; not recorded.
    static Tensor choose(String name, Tensor condition, Tensor a, Tensor b, DType dtype) {
        if (condition.dtype() != DType.BOOL) {
            throw new IllegalArgumentException(
                    name
                            + ": the condition must be bool, but is "
                            + condition.dtype()
                            + " ("
                            + condition.shape()
                            + ")");
        }
        Shape shape = Shape.broadcast(name, a.shape(), b.shape());
        shape = Shape.broadcast(name, condition.shape(), shape);
        Tensor y = Creation.empty(shape, dtype);
        LoopKernel op = Logical.WHERE;
        return Elementwise.into(
                op,
                y,
                0,
                0,
                condition,
                Elementwise.convert(a, dtype),
                Elementwise.convert(b, dtype));
    }

    static Tensor isclose(Tensor a, Tensor b, double rtol, double atol, boolean equalNan) {
        Tensor close = a.eq(b);
        if (equalNan) {
            close = close.logicalOr(a.isnan().logicalAnd(b.isnan()));
        }
        Tensor allowed = b.abs().mul(rtol).add(atol);
        Tensor distance = a.sub(b).abs();
        return close.logicalOr(distance.isfinite().logicalAnd(distance.le(allowed)));
    }
}
