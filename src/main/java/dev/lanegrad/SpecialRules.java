package dev.lanegrad;

import static dev.lanegrad.PointwiseRule.Keeps.INPUT;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// The rows of [PointwiseRules] for the error function and the gamma function.
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

    private SpecialRules() {}
}
