package dev.lanegrad;

import dev.lanegrad.kernels.any.Compare;

/// Comparisons, element by element; the results are bool tensors and have no gradient.
public sealed interface Comparisons permits Tensor {
    /// Where the elements are equal, as `torch.eq`.
    default Tensor eq(Tensor other) {
        return Elementwise.compare(Compare.EQ, "eq", (Tensor) this, other);
    }

    /// Where the elements are `value`.
    default Tensor eq(double value) {
        return eq(Creation.number(value));
    }

    /// Where the elements are `value`.
    default Tensor eq(long value) {
        return eq(Creation.number(value));
    }

    /// Where the elements differ, as `torch.ne`.
    default Tensor ne(Tensor other) {
        return Elementwise.compare(Compare.NE, "ne", (Tensor) this, other);
    }

    /// Where the elements are not `value`.
    default Tensor ne(double value) {
        return ne(Creation.number(value));
    }

    /// Where the elements are not `value`.
    default Tensor ne(long value) {
        return ne(Creation.number(value));
    }

    /// Where the elements are less, as `torch.lt`.
    default Tensor lt(Tensor other) {
        return Elementwise.compare(Compare.LT, "lt", (Tensor) this, other);
    }

    /// Where the elements are less than `value`.
    default Tensor lt(double value) {
        return lt(Creation.number(value));
    }

    /// Where the elements are less than `value`.
    default Tensor lt(long value) {
        return lt(Creation.number(value));
    }

    /// Where the elements are less or equal, as `torch.le`.
    default Tensor le(Tensor other) {
        return Elementwise.compare(Compare.LE, "le", (Tensor) this, other);
    }

    /// Where the elements are at most `value`.
    default Tensor le(double value) {
        return le(Creation.number(value));
    }

    /// Where the elements are at most `value`.
    default Tensor le(long value) {
        return le(Creation.number(value));
    }

    /// Where the elements are greater, as `torch.gt`.
    default Tensor gt(Tensor other) {
        return Elementwise.compare(Compare.GT, "gt", (Tensor) this, other);
    }

    /// Where the elements are greater than `value`.
    default Tensor gt(double value) {
        return gt(Creation.number(value));
    }

    /// Where the elements are greater than `value`.
    default Tensor gt(long value) {
        return gt(Creation.number(value));
    }

    /// Where the elements are greater or equal, as `torch.ge`.
    default Tensor ge(Tensor other) {
        return Elementwise.compare(Compare.GE, "ge", (Tensor) this, other);
    }

    /// Where the elements are at least `value`.
    default Tensor ge(double value) {
        return ge(Creation.number(value));
    }

    /// Where the elements are at least `value`.
    default Tensor ge(long value) {
        return ge(Creation.number(value));
    }
}
