package dev.lanegrad;

/// Functions of [Pointwise] and [Activations] whose result is written over this tensor, which they
/// return. The rules of writing are those of [InPlace].
public sealed interface FunctionWrites permits Tensor {
    /// `this := 1/this`, as `Tensor.reciprocal_`.
    default Tensor reciprocal_() {
        return Write.function(PointwiseRules.RECIPROCAL, (Tensor) this);
    }

    /// `this := 1/√this`, as `Tensor.rsqrt_`.
    default Tensor rsqrt_() {
        return Write.function(PointwiseRules.RSQRT, (Tensor) this);
    }

    /// `this := 2` to the power of `this`, as `Tensor.exp2_`.
    default Tensor exp2_() {
        return Write.function(PointwiseRules.EXP2, (Tensor) this);
    }

    /// `this := e` to the power of `this`, less `1`, as `Tensor.expm1_`.
    default Tensor expm1_() {
        return Write.function(PointwiseRules.EXPM1, (Tensor) this);
    }

    /// `this := log(this)`, as `Tensor.log_`.
    default Tensor log_() {
        return Write.function(PointwiseRules.LOG, (Tensor) this);
    }

    /// `this := log₂(this)`, as `Tensor.log2_`.
    default Tensor log2_() {
        return Write.function(PointwiseRules.LOG2, (Tensor) this);
    }

    /// `this := log₁₀(this)`, as `Tensor.log10_`.
    default Tensor log10_() {
        return Write.function(PointwiseRules.LOG10, (Tensor) this);
    }

    /// `this := log(1 + this)`, as `Tensor.log1p_`.
    default Tensor log1p_() {
        return Write.function(PointwiseRules.LOG1P, (Tensor) this);
    }

    /// `this := sin(this)`, as `Tensor.sin_`.
    default Tensor sin_() {
        return Write.function(PointwiseRules.SIN, (Tensor) this);
    }

    /// `this := cos(this)`, as `Tensor.cos_`.
    default Tensor cos_() {
        return Write.function(PointwiseRules.COS, (Tensor) this);
    }

    /// `this := tan(this)`, as `Tensor.tan_`.
    default Tensor tan_() {
        return Write.function(PointwiseRules.TAN, (Tensor) this);
    }

    /// `this := asin(this)`, as `Tensor.asin_`.
    default Tensor asin_() {
        return Write.function(PointwiseRules.ASIN, (Tensor) this);
    }

    /// `this := acos(this)`, as `Tensor.acos_`.
    default Tensor acos_() {
        return Write.function(PointwiseRules.ACOS, (Tensor) this);
    }

    /// `this := atan(this)`, as `Tensor.atan_`.
    default Tensor atan_() {
        return Write.function(PointwiseRules.ATAN, (Tensor) this);
    }

    /// `this := sinh(this)`, as `Tensor.sinh_`.
    default Tensor sinh_() {
        return Write.function(PointwiseRules.SINH, (Tensor) this);
    }

    /// `this := cosh(this)`, as `Tensor.cosh_`.
    default Tensor cosh_() {
        return Write.function(PointwiseRules.COSH, (Tensor) this);
    }

    /// `this := asinh(this)`, as `Tensor.asinh_`.
    default Tensor asinh_() {
        return Write.function(PointwiseRules.ASINH, (Tensor) this);
    }

    /// `this := acosh(this)`, as `Tensor.acosh_`.
    default Tensor acosh_() {
        return Write.function(PointwiseRules.ACOSH, (Tensor) this);
    }

    /// `this := atanh(this)`, as `Tensor.atanh_`.
    default Tensor atanh_() {
        return Write.function(PointwiseRules.ATANH, (Tensor) this);
    }

    /// `this := sign(this)`, as `Tensor.sign_`.
    default Tensor sign_() {
        return Write.function(PointwiseRules.SIGN, (Tensor) this);
    }

    /// `this := floor(this)`, as `Tensor.floor_`.
    default Tensor floor_() {
        return Write.function(PointwiseRules.FLOOR, (Tensor) this);
    }

    /// `this := ceil(this)`, as `Tensor.ceil_`.
    default Tensor ceil_() {
        return Write.function(PointwiseRules.CEIL, (Tensor) this);
    }

    /// `this := round(this)`, as `Tensor.round_`.
    default Tensor round_() {
        return Write.function(PointwiseRules.ROUND, (Tensor) this);
    }

    /// `this := trunc(this)`, as `Tensor.trunc_`.
    default Tensor trunc_() {
        return Write.function(PointwiseRules.TRUNC, (Tensor) this);
    }

    /// `this := frac(this)`, as `Tensor.frac_`.
    default Tensor frac_() {
        return Write.function(PointwiseRules.FRAC, (Tensor) this);
    }

    /// `this := erf(this)`, as `Tensor.erf_`.
    default Tensor erf_() {
        return Write.function(SpecialRules.ERF, (Tensor) this);
    }

    /// `this := erfc(this)`, as `Tensor.erfc_`.
    default Tensor erfc_() {
        return Write.function(SpecialRules.ERFC, (Tensor) this);
    }

    /// `this := lgamma(this)`, as `Tensor.lgamma_`.
    default Tensor lgamma_() {
        return Write.function(SpecialRules.LGAMMA, (Tensor) this);
    }

    /// `this := digamma(this)`, as `Tensor.digamma_`.
    default Tensor digamma_() {
        return Write.function(SpecialRules.DIGAMMA, (Tensor) this);
    }

    /// `this := selu(this)`, as `F.selu` with `inplace=True`.
    default Tensor selu_() {
        return Write.function(ActivationRules.SELU, (Tensor) this);
    }

    /// `this := silu(this)`, as `F.silu` with `inplace=True`.
    default Tensor silu_() {
        return Write.function(ActivationRules.SILU, (Tensor) this);
    }

    /// `this := mish(this)`, as `F.mish` with `inplace=True`.
    default Tensor mish_() {
        return Write.function(ActivationRules.MISH, (Tensor) this);
    }

    /// `this := hardswish(this)`, as `F.hardswish` with `inplace=True`.
    default Tensor hardswish_() {
        return Write.function(ActivationRules.HARDSWISH, (Tensor) this);
    }

    /// `this := hardsigmoid(this)`, as `F.hardsigmoid` with `inplace=True`.
    default Tensor hardsigmoid_() {
        return Write.function(ActivationRules.HARDSIGMOID, (Tensor) this);
    }

    /// `this := this²`, as `Tensor.square_`.
    default Tensor square_() {
        return ((Tensor) this).pow_(2);
    }

    // ------------------------------------------------------------ with parameters

    /// `this := this` within bounds, as `Tensor.clamp_`.
    ///
    /// @throws IllegalArgumentException if this tensor's elements are not floating point
    default Tensor clamp_(double min, double max) {
        return bounded("clamp_", PointwiseRules.CLAMP, min, max);
    }

    /// `this := this`, but not below `min`, as `Tensor.clamp_min_`.
    ///
    /// @throws IllegalArgumentException if this tensor's elements are not floating point
    default Tensor clampMin_(double min) {
        return bounded("clampMin_", PointwiseRules.CLAMP_MIN, min, Double.POSITIVE_INFINITY);
    }

    /// `this := this`, but not above `max`, as `Tensor.clamp_max_`.
    ///
    /// @throws IllegalArgumentException if this tensor's elements are not floating point
    default Tensor clampMax_(double max) {
        return bounded("clampMax_", PointwiseRules.CLAMP_MAX, Double.NEGATIVE_INFINITY, max);
    }

    private Tensor bounded(String op, PointwiseRule rule, double min, double max) {
        Tensor x = (Tensor) this;
        if (!x.dtype().isFloatingPoint()) {
            Write.castable(op, DType.FLOAT32, x);
        }
        return Write.function(rule, x, min, max);
    }

    /// `this := this` within bounds; integers stay integers.
    default Tensor clamp_(long min, long max) {
        Tensor x = (Tensor) this;
        return x.dtype().isFloatingPoint()
                ? x.clamp_((double) min, (double) max)
                : Write.result("clamp_", false, x, t -> t.clamp(min, max));
    }

    /// `this := slope·this` where negative, as `F.leaky_relu` with `inplace=True`.
    default Tensor leakyRelu_(double slope) {
        return Write.function(ActivationRules.LEAKY_RELU, (Tensor) this, slope, 0);
    }

    /// `this := leakyRelu(this)` with the slope 0.01.
    default Tensor leakyRelu_() {
        return leakyRelu_(0.01);
    }

    /// `this := elu(this)`, as `F.elu` with `inplace=True`.
    default Tensor elu_(double alpha) {
        return Write.function(ActivationRules.ELU, (Tensor) this, alpha, 0);
    }

    /// `this := elu(this)` with alpha 1.
    default Tensor elu_() {
        return elu_(1);
    }

    /// `this := celu(this)`, as `F.celu` with `inplace=True`.
    default Tensor celu_(double alpha) {
        return Write.function(
                ActivationRules.CELU, (Tensor) this, alpha, ActivationRules.celuFactor(alpha));
    }

    /// `this := celu(this)` with alpha 1.
    default Tensor celu_() {
        return celu_(1);
    }

    /// `this := this` within bounds, as `F.hardtanh` with `inplace=True`; its gradient at a bound
    /// is 0.
    default Tensor hardtanh_(double min, double max) {
        return Write.function(ActivationRules.HARDTANH, (Tensor) this, min, max);
    }

    /// `this := this` within −1 and 1.
    default Tensor hardtanh_() {
        return hardtanh_(-1, 1);
    }

    /// `this := this` within 0 and 6, as `F.relu6` with `inplace=True`.
    default Tensor relu6_() {
        return Write.function(ActivationRules.RELU6, (Tensor) this, 0, 6);
    }

    /// `this := value` where not above `threshold`, as `F.threshold` with `inplace=True`.
    default Tensor threshold_(double threshold, double value) {
        return Write.function(ActivationRules.THRESHOLD, (Tensor) this, threshold, value);
    }

    // ------------------------------------------------------------ with other tensors

    /// `this := this + value·a·b`, as `Tensor.addcmul_`.
    default Tensor addcmul_(Tensor a, Tensor b, double value) {
        return Write.result("addcmul_", false, (Tensor) this, t -> t.addcmul(a, b, value), a, b);
    }

    /// `this := this + value·a/b`, as `Tensor.addcdiv_`.
    default Tensor addcdiv_(Tensor a, Tensor b, double value) {
        return Write.result("addcdiv_", false, (Tensor) this, t -> t.addcdiv(a, b, value), a, b);
    }

    /// `this := this` to the power of `exponent`, as `Tensor.pow_`.
    default Tensor pow_(Tensor exponent) {
        return Write.result("pow_", true, (Tensor) this, t -> t.pow(exponent), exponent);
    }

    /// `this := this` to `end` by `weight`, as `Tensor.lerp_`.
    default Tensor lerp_(Tensor end, double weight) {
        return Write.result("lerp_", true, (Tensor) this, t -> t.lerp(end, weight), end);
    }

    /// `this := the running sums along an axis`, as `Tensor.cumsum_`.
    default Tensor cumsum_(int axis) {
        return Write.result("cumsum_", false, (Tensor) this, t -> t.cumsum(axis));
    }

    /// `this := this` with zeros below a diagonal, as `Tensor.triu_`.
    default Tensor triu_(int diagonal) {
        return Write.result("triu_", false, (Tensor) this, t -> t.triu(diagonal));
    }

    /// `this := this` with zeros above a diagonal, as `Tensor.tril_`.
    default Tensor tril_(int diagonal) {
        return Write.result("tril_", false, (Tensor) this, t -> t.tril(diagonal));
    }
}
