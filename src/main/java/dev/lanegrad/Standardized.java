package dev.lanegrad;

/// A tensor less its mean over some axes, divided by its standard deviation there.
///
/// @param values `(x − mean)·scale`
/// @param scale `1 / √(variance + ε)`, the axes being kept with size 1
record Standardized(Tensor values, Tensor scale, int[] axes) {
    static Standardized of(Tensor x, int[] axes, double eps) {
        Tensor d = x.sub(x.mean(axes, true));
        Tensor scale = d.square().mean(axes, true).add(eps).rsqrt();
        return new Standardized(d.mul(scale), scale, axes);
    }

    /// The gradient of x, given that of the values.
    Tensor slope(Tensor gy) {
        Tensor along = values.mul(gy.mul(values).mean(axes, true));
        return gy.sub(gy.mean(axes, true)).sub(along).mul(scale);
    }
}
