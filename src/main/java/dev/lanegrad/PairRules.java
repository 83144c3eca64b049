package dev.lanegrad;

import dev.lanegrad.PairRule.Side;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Ternary;

/// The element-wise functions of two operands: a row each of value and derivatives.
final class PairRules {
    private static final double LN2 = Math.log(2);

    static final PairRule MAXIMUM =
            PairRule.of(
                            "maximum",
                            "MaximumBackward0",
                            Binary.MAXIMUM,
                            Side.of(
                                    Ternary.MAXIMUM_BACKWARD,
                                    (gy, a, b) -> share(gy, a, b, a.lt(b))),
                            Side.mirrored(
                                    Ternary.MAXIMUM_BACKWARD,
                                    (gy, a, b) -> share(gy, a, b, b.lt(a))))
                    .withIntegers();
    static final PairRule MINIMUM =
            PairRule.of(
                            "minimum",
                            "MinimumBackward0",
                            Binary.MINIMUM,
                            Side.of(
                                    Ternary.MINIMUM_BACKWARD,
                                    (gy, a, b) -> share(gy, a, b, a.gt(b))),
                            Side.mirrored(
                                    Ternary.MINIMUM_BACKWARD,
                                    (gy, a, b) -> share(gy, a, b, b.gt(a))))
                    .withIntegers();
    static final PairRule FMAX =
            PairRule.of(
                            "fmax",
                            "FmaxBackward0",
                            Binary.FMAX,
                            Side.of(
                                    Ternary.FMAX_BACKWARD_SELF,
                                    (gy, a, b) -> gy.maskedFill(first(a.ge(b), b).logicalNot(), 0)),
                            Side.of(
                                    Ternary.FMAX_BACKWARD_OTHER,
                                    (gy, a, b) -> gy.maskedFill(first(a.ge(b), b), 0)))
                    .withIntegers();
    static final PairRule FMIN =
            PairRule.of(
                            "fmin",
                            "FminBackward0",
                            Binary.FMIN,
                            Side.of(
                                    Ternary.FMIN_BACKWARD_SELF,
                                    (gy, a, b) -> gy.maskedFill(first(a.le(b), b).logicalNot(), 0)),
                            Side.of(
                                    Ternary.FMIN_BACKWARD_OTHER,
                                    (gy, a, b) -> gy.maskedFill(first(a.le(b), b), 0)))
                    .withIntegers();
    static final PairRule FMOD =
            PairRule.of(
                            "fmod",
                            "FmodBackward1",
                            Binary.FMOD,
                            Side.of((gy, _, _) -> gy),
                            Side.of(
                                    Ternary.FMOD_BACKWARD_OTHER,
                                    (gy, a, b) -> gy.neg().mul(a.div(b).trunc())))
                    .withIntegers();
    static final PairRule REMAINDER =
            PairRule.of(
                            "remainder",
                            "RemainderBackward1",
                            Binary.REMAINDER,
                            Side.of((gy, _, _) -> gy),
                            Side.of(
                                    Ternary.REMAINDER_BACKWARD_OTHER,
                                    (gy, a, b) -> gy.neg().mul(a.div(b).floor())))
                    .withIntegers();
    static final PairRule FLOOR_DIVIDE = quotient(Binary.FLOOR_DIVIDE);
    static final PairRule TRUNC_DIVIDE = quotient(Binary.TRUNC_DIVIDE);
    static final PairRule ATAN2 =
            PairRule.of(
                    "atan2",
                    "Atan2Backward0",
                    Binary.ATAN2,
                    Side.of(
                            Ternary.ATAN2_BACKWARD_SELF,
                            (gy, a, b) -> gy.mul(b).mul(inverseSquare(a, b))),
                    Side.of(
                            Ternary.ATAN2_BACKWARD_OTHER,
                            (gy, a, b) -> gy.mul(a.neg()).mul(inverseSquare(a, b))));
    static final PairRule HYPOT =
            PairRule.of(
                    "hypot",
                    "HypotBackward0",
                    Binary.HYPOT,
                    Side.of((gy, a, b) -> gy.mul(a.div(a.hypot(b)))),
                    Side.of((gy, a, b) -> gy.mul(b.div(a.hypot(b)))));
    static final PairRule LOGADDEXP =
            PairRule.of(
                    "logaddexp",
                    "LogaddexpBackward0",
                    Binary.LOGADDEXP,
                    Side.of(Ternary.LOGADDEXP_BACKWARD, (gy, a, b) -> gy.mul(a.sub(b).sigmoid())),
                    Side.mirrored(
                            Ternary.LOGADDEXP_BACKWARD, (gy, a, b) -> gy.mul(b.sub(a).sigmoid())));
    static final PairRule LOGADDEXP2 =
            PairRule.of(
                    "logaddexp2",
                    "Logaddexp2Backward0",
                    Binary.LOGADDEXP2,
                    Side.of(
                            Ternary.LOGADDEXP2_BACKWARD,
                            (gy, a, b) -> gy.mul(a.sub(b).mul(LN2).sigmoid())),
                    Side.mirrored(
                            Ternary.LOGADDEXP2_BACKWARD,
                            (gy, a, b) -> gy.mul(b.sub(a).mul(LN2).sigmoid())));
    static final PairRule XLOGY =
            PairRule.of(
                    "xlogy",
                    "XlogyBackward0",
                    Binary.XLOGY,
                    Side.of((gy, a, b) -> gy.xlogy(b).maskedFill(a.eq(0).logicalAnd(b.le(0)), 0)),
                    Side.of((gy, a, b) -> gy.mul(a).div(b)));
    static final PairRule COPYSIGN =
            PairRule.of(
                    "copysign",
                    "CopysignBackward0",
                    Binary.COPYSIGN,
                    Side.of(
                            Ternary.COPYSIGN_BACKWARD_SELF,
                            (gy, a, b) -> gy.mul(a.sign().mul(Tensor.onesLike(b).copysign(b)))),
                    Side.of((gy, _, _) -> Tensor.zerosLike(gy)));

    private PairRules() {}

    private static PairRule quotient(Binary value) {
        return PairRule.of(
                        "div",
                        "DivBackward2",
                        value,
                        Side.of((gy, _, _) -> Tensor.zerosLike(gy)),
                        Side.of((gy, _, _) -> Tensor.zerosLike(gy)))
                .withIntegers();
    }

    /// Half of `gy` where the operands are equal, nothing where this one lost.
    private static Tensor share(Tensor gy, Tensor a, Tensor b, Tensor lost) {
        return gy.div(2).where(a.eq(b), gy).maskedFill(lost, 0);
    }

    /// Where a was chosen.
    private static Tensor first(Tensor isChosen, Tensor b) {
        return isChosen.logicalOr(b.isnan());
    }

    private static Tensor inverseSquare(Tensor a, Tensor b) {
        Tensor square = a.mul(a).add(b.mul(b));
        return square.reciprocal().maskedFill(square.eq(0), 0);
    }
}
