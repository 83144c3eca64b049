package dev.lanegrad;

/// Elements by their share of smaller ones. Gradients go to the elements that a quantile is or lies
/// between.
public sealed interface Quantiles permits Tensor {
    /// The q-quantile of all elements, as `torch.quantile`: NaN if there is one.
    ///
    /// @throws IllegalArgumentException if q is not in [0, 1], there is no element, or the type is
    ///   neither float32 nor float64
    default Tensor quantile(double q) {
        return new Quantile("quantile", (Tensor) this, false).overall(q);
    }

    /// The q-quantiles along an axis.
    default Tensor quantile(double q, int axis, boolean keepdim) {
        return new Quantile("quantile", (Tensor) this, false)
                .along(axis, q, keepdim, QuantileInterpolation.LINEAR);
    }

    /// The quantiles along an axis for each of the shares `q`, 0-d or `[k]`; of k shares they are
    /// the result's first axis.
    ///
    /// @throws IllegalArgumentException also if q's type is not this tensor's
    default Tensor quantile(
            Tensor q, int axis, boolean keepdim, QuantileInterpolation interpolation) {
        return new Quantile("quantile", (Tensor) this, false)
                .along(axis, q, keepdim, interpolation);
    }

    /// The quantiles of all elements for each of the shares `q`, 0-d or `[k]`.
    default Tensor quantile(Tensor q) {
        return new Quantile("quantile", (Tensor) this, false).overall(q);
    }

    /// The q-quantile of the elements that are numbers, as `torch.nanquantile`; NaN if none is.
    default Tensor nanquantile(double q) {
        return new Quantile("nanquantile", (Tensor) this, true).overall(q);
    }

    /// The q-quantiles along an axis of the elements that are numbers.
    default Tensor nanquantile(double q, int axis, boolean keepdim) {
        return new Quantile("nanquantile", (Tensor) this, true)
                .along(axis, q, keepdim, QuantileInterpolation.LINEAR);
    }

    /// As [#quantile(Tensor, int, boolean, QuantileInterpolation)] of the elements that are
    /// numbers.
    default Tensor nanquantile(
            Tensor q, int axis, boolean keepdim, QuantileInterpolation interpolation) {
        return new Quantile("nanquantile", (Tensor) this, true)
                .along(axis, q, keepdim, interpolation);
    }

    /// The quantiles of the elements that are numbers for each of the shares `q`, 0-d or `[k]`.
    default Tensor nanquantile(Tensor q) {
        return new Quantile("nanquantile", (Tensor) this, true).overall(q);
    }
}
