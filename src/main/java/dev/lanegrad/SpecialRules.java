package dev.lanegrad;

import static dev.lanegrad.PointwiseRule.Keeps.INPUT;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// The rows of [PointwiseRules] for special functions: those of error, gamma, Bessel, and others.
final class SpecialRules {
    private static final double TWO_BY_ROOT_PI = 2 / Math.sqrt(Math.PI);

    static final PointwiseRule ERF =
            PointwiseRule.of(
                    "ErfBackward0",
                    Unary.ERF,
                    INPUT,
                    Binary.ERF_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.square().neg().exp().mul(TWO_BY_ROOT_PI)));
    static final PointwiseRule ERFC =
            PointwiseRule.of(
                    "ErfcBackward0",
                    Unary.ERFC,
                    INPUT,
                    Binary.ERFC_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.square().neg().exp().mul(-TWO_BY_ROOT_PI)));
    static final PointwiseRule LGAMMA =
            PointwiseRule.of(
                    "LgammaBackward0",
                    Unary.LGAMMA,
                    INPUT,
                    Binary.LGAMMA_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.digamma()));
    static final PointwiseRule DIGAMMA =
            PointwiseRule.of(
                    "DigammaBackward0",
                    Unary.DIGAMMA,
                    INPUT,
                    Binary.DIGAMMA_BACKWARD,
                    (gy, x, _, _) -> gy.mul(Polygamma.apply(1, x)));
    static final PointwiseRule LOGIT =
            PointwiseRule.of(
                    "LogitBackward0",
                    Unary.LOGIT,
                    INPUT,
                    Binary.LOGIT_BACKWARD,
                    SpecialRules::logitSlope);
    static final PointwiseRule I0 =
            PointwiseRule.of(
                    "I0Backward0",
                    Unary.I0,
                    INPUT,
                    Binary.I0_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.i1()));
    static final PointwiseRule I1 =
            PointwiseRule.of(
                    "SpecialI1Backward0",
                    Unary.I1,
                    INPUT,
                    Binary.I1_BACKWARD,
                    SpecialRules::i1Slope);
    static final PointwiseRule ENTR =
            PointwiseRule.of(
                    "SpecialEntrBackward0",
                    Unary.ENTR,
                    INPUT,
                    Binary.ENTR_BACKWARD,
                    (gy, x, _, _) -> gy.mul(x.log().add(1).neg()));
    static final PointwiseRule SINC =
            PointwiseRule.of(
                    "SincBackward0",
                    Unary.SINC,
                    INPUT,
                    Binary.SINC_BACKWARD,
                    SpecialRules::sincSlope);

    private SpecialRules() {}

    private static Tensor logitSlope(Tensor gy, Tensor x, double eps, double q) {
        double least = Math.max(eps, 0);
        Tensor outside = x.lt(least).logicalOr(x.gt(1 - least));
        Tensor slope = gy.div(x.mul(x.rsub(1)).abs());
        return slope.maskedFill(outside, eps < 0 ? Double.NaN : 0);
    }

    /// ½ at 0, where the quotient has no value.
    private static Tensor i1Slope(Tensor gy, Tensor x, double p, double q) {
        Tensor zero = x.abs().le(0x1p-53);
        Tensor divisor = x.maskedFill(zero, 1);
        return gy.mul(x.i0().sub(x.i1().div(divisor)).maskedFill(zero, 0.5));
    }

    private static Tensor sincSlope(Tensor gy, Tensor x, double p, double q) {
        Tensor angle = x.mul(Math.PI);
        Tensor square = x.mul(x).mul(Math.PI);
        Tensor slope = angle.mul(angle.cos()).sub(angle.sin()).div(square);
        return gy.mul(slope).maskedFill(square.eq(0), 0);
    }
}
