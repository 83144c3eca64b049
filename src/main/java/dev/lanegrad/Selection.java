package dev.lanegrad;

import dev.lanegrad.kernels.Logical;
import dev.lanegrad.kernels.any.Predicate;

/// Choosing by truth: masks, conditions and what they select.
public sealed interface Selection permits Tensor {
    // ------------------------------------------------------------ logic

    /// Where both are true (not zero), as `torch.logical_and`.
    default Tensor logicalAnd(Tensor other) {
        return Choice.logical(Logical.AND, "logicalAnd", (Tensor) this, other);
    }

    /// Where either is true, as `torch.logical_or`.
    default Tensor logicalOr(Tensor other) {
        return Choice.logical(Logical.OR, "logicalOr", (Tensor) this, other);
    }

    /// Where exactly one is true, as `torch.logical_xor`.
    default Tensor logicalXor(Tensor other) {
        return Choice.logical(Logical.XOR, "logicalXor", (Tensor) this, other);
    }

    /// Where this is not true, as `torch.logical_not`.
    default Tensor logicalNot() {
        return Choice.logical(Logical.NOT, "logicalNot", (Tensor) this);
    }

    /// Where elements are not a number, as `torch.isnan`.
    default Tensor isnan() {
        return Choice.test(Predicate.ISNAN, (Tensor) this);
    }

    /// Where elements are infinite, as `torch.isinf`.
    default Tensor isinf() {
        return Choice.test(Predicate.ISINF, (Tensor) this);
    }

    /// Where elements are neither infinite nor NaN, as `torch.isfinite`.
    default Tensor isfinite() {
        return Choice.test(Predicate.ISFINITE, (Tensor) this);
    }

    // ------------------------------------------------------------ where

    /// This tensor's elements where `condition` holds, `other`'s elsewhere, as `Tensor.where`.
    ///
    /// @throws IllegalArgumentException if `condition` is no bool tensor
    default Tensor where(Tensor condition, Tensor other) {
        return Choice.where(condition, (Tensor) this, other);
    }

    /// This tensor's elements where `condition` holds, `other` elsewhere.
    default Tensor where(Tensor condition, double other) {
        return Choice.where(condition, (Tensor) this, Creation.number(other));
    }

    record WhereBackward0(Saved condition) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor zero = Creation.number(0.0);
            if (g.needs(0)) {
                g.put(0, Choice.where(condition.get(), g.gy(), zero));
            }
            if (g.needs(1)) {
                g.put(1, Choice.where(condition.get(), zero, g.gy()));
            }
        }
    }

    // ------------------------------------------------------------ maskedFill

    /// `value` where `mask` holds, this tensor's elements elsewhere, as `torch.masked_fill`.
    ///
    /// @throws IllegalArgumentException if `mask` is no bool tensor
    default Tensor maskedFill(Tensor mask, double value) {
        Tensor x = (Tensor) this;
        Tensor y = Choice.choose("maskedFill", mask, Creation.number(value), x, x.dtype());
        return Tape.records(x) ? Tape.record(y, new MaskedFillBackward0(Saved.of(mask)), x) : y;
    }

    record MaskedFillBackward0(Saved mask) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().maskedFill(mask.get(), 0));
        }
    }

    // ------------------------------------------------------------ closeness

    /// Where `|this − other| ≤ atol + rtol·|other|`, as `torch.isclose`; equal infinities are
    /// close.
    default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
        return Choice.isclose(((Tensor) this).detach(), other.detach(), rtol, atol, equalNan);
    }

    /// Whether all elements are close, as `torch.allclose`: rtol 1e-5, atol 1e-8.
    default boolean allclose(Tensor other) {
        return allclose(other, 1e-5, 1e-8);
    }

    /// Whether all elements are close, as `torch.allclose`.
    default boolean allclose(Tensor other, double rtol, double atol) {
        return isclose(other, rtol, atol, false).all().isTrue();
    }

    /// Whether shape and all elements are equal, as `torch.equal`.
    default boolean equal(Tensor other) {
        Tensor x = (Tensor) this;
        return x.shape().equals(other.shape()) && x.eq(other).all().isTrue();
    }
}
