package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Differences of neighbours along an axis, and integrals by the trapezoidal rule.
public sealed interface Neighbours permits Tensor {
    // ------------------------------------------------------------ diff

    /// The differences of neighbours along the last axis, as `torch.diff`; of bools, whether they
    /// differ.
    ///
    /// @throws IllegalArgumentException if there is no axis
    default Tensor diff() {
        return diff(1, -1);
    }

    /// The n-th differences of neighbours along an axis, n elements fewer than there are.
    ///
    /// @throws IllegalArgumentException if there is no axis, or n is negative
    default Tensor diff(int n, int axis) {
        Tensor x = (Tensor) this;
        if (x.dim() == 0) {
            throw new IllegalArgumentException("diff: needs an axis, but the input is 0-d");
        }
        if (n < 0) {
            throw new IllegalArgumentException("diff: n must not be negative, but is " + n);
        }
        int at = x.shape().axis(axis, "diff");
        Tensor y = n == 0 ? x.clone() : x;
        for (int i = 0; i < n; i++) {
            int left = Math.max(0, y.size(at) - 1);
            Tensor next = y.narrow(at, Math.min(1, y.size(at)), left);
            Tensor here = y.narrow(at, 0, left);
            y = y.dtype() == DType.BOOL ? next.logicalXor(here) : next.sub(here);
        }
        return y;
    }

    /// As [#diff(int, int)] of this tensor between two others, either of which may be null.
    default Tensor diff(int n, int axis, @Nullable Tensor prepend, @Nullable Tensor append) {
        Tensor x = (Tensor) this;
        java.util.List<Tensor> all = new java.util.ArrayList<>();
        if (prepend != null) {
            all.add(prepend);
        }
        all.add(x);
        if (append != null) {
            all.add(append);
        }
        return (all.size() == 1 ? x : Tensor.cat(all, axis)).diff(n, axis);
    }

    // ------------------------------------------------------------ trapezoid

    /// The integral along the last axis by the trapezoidal rule, the points being 1 apart, as
    /// `torch.trapezoid`.
    default Tensor trapezoid() {
        return trapezoid(1, -1);
    }

    /// The integral along an axis by the trapezoidal rule, the points being `dx` apart.
    default Tensor trapezoid(double dx, int axis) {
        Tensor y = (Tensor) this;
        int at = y.shape().axis(axis, "trapezoid");
        if (y.size(at) == 0) {
            return y.sum(at);
        }
        Tensor ends = y.select(at, 0).add(y.select(at, -1));
        Tensor whole = y.sum(at).sub(Arithmetic.MulBackward1.apply(ends, 0.5));
        return Arithmetic.MulBackward1.apply(whole, dx);
    }

    /// The integral along an axis by the trapezoidal rule between the points `x`: a vector, or of a
    /// shape that broadcasts to this tensor's.
    ///
    /// @throws IllegalArgumentException if a vector x has not one element for each along the axis
    default Tensor trapezoid(Tensor x, int axis) {
        Tensor y = (Tensor) this;
        int at = y.shape().axis(axis, "trapezoid");
        return y.size(at) == 0
                ? y.sum(at)
                : pairs(y, at).mul(distances("trapezoid", x, y, at)).sum(at).div(2.0);
    }

    /// The integrals from the first point to each other one along an axis, the points being `dx`
    /// apart, as `torch.cumulative_trapezoid`.
    default Tensor cumulativeTrapezoid(double dx, int axis) {
        Tensor y = (Tensor) this;
        int at = y.shape().axis(axis, "cumulativeTrapezoid");
        return pairs(y, at).mul(dx / 2).cumsum(at);
    }

    /// The integrals from the first point to each other one along an axis, between the points `x`.
    ///
    /// @throws IllegalArgumentException if a vector x has not one element for each along the axis
    default Tensor cumulativeTrapezoid(Tensor x, int axis) {
        Tensor y = (Tensor) this;
        int at = y.shape().axis(axis, "cumulativeTrapezoid");
        Tensor dx = distances("cumulativeTrapezoid", x, y, at);
        return dx.div(2.0).mul(pairs(y, at)).cumsum(at);
    }

    /// The sums of neighbours.
    private static Tensor pairs(Tensor y, int axis) {
        int left = Math.max(0, y.size(axis) - 1);
        return y.narrow(axis, 0, left).add(y.narrow(axis, Math.min(1, y.size(axis)), left));
    }

    private static Tensor distances(String op, Tensor x, Tensor y, int axis) {
        if (x.dim() != 1) {
            int missing = Math.max(0, y.dim() - x.dim());
            long[] sizes = new long[missing + x.dim()];
            Arrays.fill(sizes, 1);
            System.arraycopy(x.shape().toArray(), 0, sizes, missing, x.dim());
            return x.view(sizes).diff(1, axis);
        }
        if (x.size(0) != y.size(axis)) {
            throw new IllegalArgumentException(
                    "%s: %d points for %d values along axis %d (input %s)"
                            .formatted(op, x.size(0), y.size(axis), axis, y.shape()));
        }
        long[] sizes = new long[y.dim()];
        Arrays.fill(sizes, 1);
        sizes[axis] = x.size(0);
        return x.view(sizes).diff(1, axis);
    }
}
