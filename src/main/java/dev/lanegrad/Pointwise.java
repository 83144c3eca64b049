package dev.lanegrad;

/// Functions of one operand, element by element. Adding one is a row of [PointwiseRules] and its
/// method here.
///
/// Integers become float32, except where a function maps integers to integers. Sub-gradients at
/// kinks are PyTorch's.
public sealed interface Pointwise permits Tensor {
    /// `−x`, as `torch.neg`.
    default Tensor neg() {
        return PointwiseRules.NEG.apply((Tensor) this);
    }

    /// `|x|`, as `torch.abs`; its gradient at 0 is 0.
    default Tensor abs() {
        return PointwiseRules.ABS.apply((Tensor) this);
    }

    /// −1, 0 or 1, as `torch.sign`.
    default Tensor sign() {
        Tensor x = (Tensor) this;
        return x.dtype() == DType.BOOL ? x.clone() : PointwiseRules.SIGN.apply(x);
    }

    /// −1, 0 or 1, as `torch.sgn`, which differs from [#sign()] in its node alone.
    default Tensor sgn() {
        Tensor x = (Tensor) this;
        return x.dtype() == DType.BOOL ? x.clone() : PointwiseRules.SGN.apply(x);
    }

    /// This tensor itself, as `torch.positive`.
    ///
    /// @throws IllegalArgumentException if it is bool
    default Tensor positive() {
        Tensor x = (Tensor) this;
        if (x.dtype() == DType.BOOL) {
            throw new IllegalArgumentException(
                    "positive: not defined for bool (input " + x.shape() + ")");
        }
        return x;
    }

    /// Integers are whole already.
    private static Tensor whole(PointwiseRule rule, Tensor x) {
        rule.check(x);
        return x.dtype().isFloatingPoint() ? rule.apply(x) : x.clone();
    }

    /// The largest integer not above x, as `torch.floor`.
    default Tensor floor() {
        return whole(PointwiseRules.FLOOR, (Tensor) this);
    }

    /// The smallest integer not below x, as `torch.ceil`.
    default Tensor ceil() {
        return whole(PointwiseRules.CEIL, (Tensor) this);
    }

    /// The nearest integer, halves to even, as `torch.round`.
    default Tensor round() {
        return whole(PointwiseRules.ROUND, (Tensor) this);
    }

    /// The integer part, as `torch.trunc`.
    default Tensor trunc() {
        return whole(PointwiseRules.TRUNC, (Tensor) this);
    }

    /// The part after the point, as `torch.frac`.
    default Tensor frac() {
        return PointwiseRules.FRAC.apply((Tensor) this);
    }

    /// `1 / x`, as `torch.reciprocal`.
    default Tensor reciprocal() {
        return PointwiseRules.RECIPROCAL.apply((Tensor) this);
    }

    /// The square root, as `torch.sqrt`; its gradient at 0 is infinite.
    default Tensor sqrt() {
        return PointwiseRules.SQRT.apply((Tensor) this);
    }

    /// `1 / √x`, as `torch.rsqrt`.
    default Tensor rsqrt() {
        return PointwiseRules.RSQRT.apply((Tensor) this);
    }

    /// `eˣ`, as `torch.exp`.
    default Tensor exp() {
        return PointwiseRules.EXP.apply((Tensor) this);
    }

    /// `2ˣ`, as `torch.exp2`.
    default Tensor exp2() {
        return PointwiseRules.EXP2.apply((Tensor) this);
    }

    /// `eˣ − 1`, exact near 0, as `torch.expm1`.
    default Tensor expm1() {
        return PointwiseRules.EXPM1.apply((Tensor) this);
    }

    /// The natural logarithm, as `torch.log`.
    default Tensor log() {
        return PointwiseRules.LOG.apply((Tensor) this);
    }

    /// The logarithm to base 2, as `torch.log2`.
    default Tensor log2() {
        return PointwiseRules.LOG2.apply((Tensor) this);
    }

    /// The logarithm to base 10, as `torch.log10`.
    default Tensor log10() {
        return PointwiseRules.LOG10.apply((Tensor) this);
    }

    /// `log(1 + x)`, exact near 0, as `torch.log1p`.
    default Tensor log1p() {
        return PointwiseRules.LOG1P.apply((Tensor) this);
    }

    /// The sine, as `torch.sin`.
    default Tensor sin() {
        return PointwiseRules.SIN.apply((Tensor) this);
    }

    /// The cosine, as `torch.cos`.
    default Tensor cos() {
        return PointwiseRules.COS.apply((Tensor) this);
    }

    /// The tangent, as `torch.tan`.
    default Tensor tan() {
        return PointwiseRules.TAN.apply((Tensor) this);
    }

    /// The arc sine, as `torch.asin`.
    default Tensor asin() {
        return PointwiseRules.ASIN.apply((Tensor) this);
    }

    /// The arc cosine, as `torch.acos`.
    default Tensor acos() {
        return PointwiseRules.ACOS.apply((Tensor) this);
    }

    /// The arc tangent, as `torch.atan`.
    default Tensor atan() {
        return PointwiseRules.ATAN.apply((Tensor) this);
    }

    /// The hyperbolic sine, as `torch.sinh`.
    default Tensor sinh() {
        return PointwiseRules.SINH.apply((Tensor) this);
    }

    /// The hyperbolic cosine, as `torch.cosh`.
    default Tensor cosh() {
        return PointwiseRules.COSH.apply((Tensor) this);
    }

    /// The hyperbolic tangent, as `torch.tanh`.
    default Tensor tanh() {
        return PointwiseRules.TANH.apply((Tensor) this);
    }

    /// `1 / (1 + e⁻ˣ)`, as `torch.sigmoid`.
    default Tensor sigmoid() {
        return PointwiseRules.SIGMOID.apply((Tensor) this);
    }

    /// The inverse of the hyperbolic sine, as `torch.asinh`.
    default Tensor asinh() {
        return PointwiseRules.ASINH.apply((Tensor) this);
    }

    /// The inverse of the hyperbolic cosine, as `torch.acosh`.
    default Tensor acosh() {
        return PointwiseRules.ACOSH.apply((Tensor) this);
    }

    /// The inverse of the hyperbolic tangent, as `torch.atanh`.
    default Tensor atanh() {
        return PointwiseRules.ATANH.apply((Tensor) this);
    }

    /// `x·x`, as `torch.square`.
    default Tensor square() {
        return ((Tensor) this).pow(2);
    }
}
