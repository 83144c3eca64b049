package dev.lanegrad;

import static dev.lanegrad.PointwiseRule.Keeps.INPUT;
import static dev.lanegrad.PointwiseRule.Keeps.NOTHING;
import static dev.lanegrad.PointwiseRule.Keeps.OUTPUT;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// The element-wise functions of one operand: a row each of value, what is kept, and derivative.
final class PointwiseRules {
    private static final double LN2 = Math.log(2);
    private static final double LN10 = Math.log(10);

    static final PointwiseRule NEG =
            PointwiseRule.of("NegBackward0", Unary.NEG, NOTHING, null, (gy, _, _, _) -> gy.neg())
                    .withIntegers();
    static final PointwiseRule ABS =
            PointwiseRule.of(
                            "AbsBackward0",
                            Unary.ABS,
                            INPUT,
                            Binary.ABS_BACKWARD,
                            (gy, x, _, _) -> gy.mul(x.sign()))
                    .withIntegers();
    static final PointwiseRule SIGN =
            PointwiseRule.of(
                            "SignBackward0",
                            Unary.SIGN,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule SGN =
            PointwiseRule.of(
                            "SgnBackward0",
                            Unary.SIGN,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule FLOOR =
            PointwiseRule.of(
                            "FloorBackward0",
                            Unary.FLOOR,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule CEIL =
            PointwiseRule.of(
                            "CeilBackward0",
                            Unary.CEIL,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule ROUND =
            PointwiseRule.of(
                            "RoundBackward0",
                            Unary.ROUND,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule TRUNC =
            PointwiseRule.of(
                            "TruncBackward0",
                            Unary.TRUNC,
                            NOTHING,
                            null,
                            (gy, _, _, _) -> Tensor.zerosLike(gy))
                    .withIntegers();
    static final PointwiseRule FRAC =
            PointwiseRule.of("FracBackward0", Unary.FRAC, NOTHING, null, (gy, _, _, _) -> gy)
                    .floatingOnly();
    static final PointwiseRule RECIPROCAL =
            PointwiseRule.of(
                    "ReciprocalBackward0",
                    Unary.RECIPROCAL,
                    OUTPUT,
                    Binary.RECIPROCAL_BACKWARD,
                    (gy, y, _, _) -> gy.neg().mul(y.mul(y)));
    static final PointwiseRule SQRT =
            PointwiseRule.of(
                    "SqrtBackward0",
                    Unary.SQRT,
                    OUTPUT,
                    Binary.SQRT_BACKWARD,
                    (gy, y, _, _) -> gy.div(y.mul(2)));
    static final PointwiseRule RSQRT =
            PointwiseRule.of(
                    "RsqrtBackward0",
                    Unary.RSQRT,
                    OUTPUT,
                    Binary.RSQRT_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.pow(3)).mul(-0.5));
    static final PointwiseRule EXP =
            PointwiseRule.of("ExpBackward0", Unary.EXP, OUTPUT, null, (gy, y, _, _) -> gy.mul(y));
    static final PointwiseRule EXP2 =
            PointwiseRule.of(
                    "Exp2Backward0",
                    Unary.EXP2,
                    OUTPUT,
                    Binary.EXP2_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y).mul(LN2));
    static final PointwiseRule EXPM1 =
            PointwiseRule.of(
                    "Expm1Backward0",
                    Unary.EXPM1,
                    OUTPUT,
                    Binary.EXPM1_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.add(1)));
    static final PointwiseRule LOG =
            PointwiseRule.of("LogBackward0", Unary.LOG, INPUT, null, (gy, x, _, _) -> gy.div(x));
    static final PointwiseRule LOG2 =
            PointwiseRule.of(
                    "Log2Backward0",
                    Unary.LOG2,
                    INPUT,
                    Binary.LOG2_BACKWARD,
                    (gy, x, _, _) -> gy.div(x.mul(LN2)));
    static final PointwiseRule LOG10 =
            PointwiseRule.of(
                    "Log10Backward0",
                    Unary.LOG10,
                    INPUT,
                    Binary.LOG10_BACKWARD,
                    (gy, x, _, _) -> gy.div(x.mul(LN10)));
    static final PointwiseRule LOG1P =
            PointwiseRule.of(
                    "Log1PBackward0",
                    Unary.LOG1P,
                    INPUT,
                    Binary.LOG1P_BACKWARD,
                    (gy, x, _, _) -> gy.div(x.add(1)));
    static final PointwiseRule SIN =
            PointwiseRule.of(
                    "SinBackward0",
                    Unary.SIN,
                    INPUT,
                    Binary.SIN_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.cos()));
    static final PointwiseRule COS =
            PointwiseRule.of(
                    "CosBackward0",
                    Unary.COS,
                    INPUT,
                    Binary.COS_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.sin().neg()));
    static final PointwiseRule TAN =
            PointwiseRule.of(
                    "TanBackward0",
                    Unary.TAN,
                    OUTPUT,
                    Binary.TAN_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.mul(y).add(1)));
    static final PointwiseRule ASIN =
            PointwiseRule.of(
                    "AsinBackward0",
                    Unary.ASIN,
                    INPUT,
                    Binary.ASIN_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.mul(x).rsub(1).rsqrt()));
    static final PointwiseRule ACOS =
            PointwiseRule.of(
                    "AcosBackward0",
                    Unary.ACOS,
                    INPUT,
                    Binary.ACOS_BACKWARD,
                    (gy, x, _, _) -> gy.neg().mul(x.mul(x).rsub(1).rsqrt()));
    static final PointwiseRule ATAN =
            PointwiseRule.of(
                    "AtanBackward0",
                    Unary.ATAN,
                    INPUT,
                    Binary.ATAN_BACKWARD,
                    (gy, x, _, _) -> gy.div(x.mul(x).add(1)));
    static final PointwiseRule SINH =
            PointwiseRule.of(
                    "SinhBackward0",
                    Unary.SINH,
                    INPUT,
                    Binary.SINH_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.cosh()));
    static final PointwiseRule COSH =
            PointwiseRule.of(
                    "CoshBackward0",
                    Unary.COSH,
                    INPUT,
                    Binary.COSH_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.sinh()));
    static final PointwiseRule TANH =
            PointwiseRule.of(
                    "TanhBackward0",
                    Unary.TANH,
                    OUTPUT,
                    Binary.TANH_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.mul(y).rsub(1)));
    static final PointwiseRule ASINH =
            PointwiseRule.of(
                    "AsinhBackward0",
                    Unary.ASINH,
                    INPUT,
                    Binary.ASINH_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.mul(x).add(1).rsqrt()));
    static final PointwiseRule ACOSH =
            PointwiseRule.of(
                    "AcoshBackward0",
                    Unary.ACOSH,
                    INPUT,
                    Binary.ACOSH_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.mul(x).sub(1).rsqrt()));
    static final PointwiseRule ATANH =
            PointwiseRule.of(
                    "AtanhBackward0",
                    Unary.ATANH,
                    INPUT,
                    Binary.ATANH_BACKWARD,
                    (gy, x, _, _) -> gy.div(x.mul(x).rsub(1)));
    static final PointwiseRule SIGMOID =
            PointwiseRule.of(
                    "SigmoidBackward0",
                    Unary.SIGMOID,
                    OUTPUT,
                    Binary.SIGMOID_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.rsub(1)).mul(y));
    static final PointwiseRule CLAMP = clamp("ClampBackward1");
    static final PointwiseRule CLAMP_MIN = clamp("ClampMinBackward0");
    static final PointwiseRule CLAMP_MAX = clamp("ClampMaxBackward0");

    private PointwiseRules() {}

    private static PointwiseRule clamp(String node) {
        return PointwiseRule.of(
                        node,
                        Unary.CLAMP,
                        INPUT,
                        Binary.CLAMP_BACKWARD,
                        (gy, x, min, max) -> gy.maskedFill(x.lt(min).logicalOr(x.gt(max)), 0))
                .withIntegers();
    }
}
