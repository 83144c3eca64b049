package dev.lanegrad;

import static dev.lanegrad.PointwiseRule.Keeps.INPUT;
import static dev.lanegrad.PointwiseRule.Keeps.NOTHING;
import static dev.lanegrad.PointwiseRule.Keeps.OUTPUT;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// The element-wise functions of one operand: a row each of value, what is kept, and derivative.
final class PointwiseRules {
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
    static final PointwiseRule EXP =
            PointwiseRule.of("ExpBackward0", Unary.EXP, OUTPUT, null, (gy, y, _, _) -> gy.mul(y));
    static final PointwiseRule LOG =
            PointwiseRule.of("LogBackward0", Unary.LOG, INPUT, null, (gy, x, _, _) -> gy.div(x));
    static final PointwiseRule SQRT =
            PointwiseRule.of(
                    "SqrtBackward0",
                    Unary.SQRT,
                    OUTPUT,
                    Binary.SQRT_BACKWARD,
                    (gy, y, _, _) -> gy.div(y.mul(2)));
    static final PointwiseRule RECIPROCAL =
            PointwiseRule.of(
                    "ReciprocalBackward0",
                    Unary.RECIPROCAL,
                    OUTPUT,
                    Binary.RECIPROCAL_BACKWARD,
                    (gy, y, _, _) -> gy.neg().mul(y.mul(y)));
    static final PointwiseRule TANH =
            PointwiseRule.of(
                    "TanhBackward0",
                    Unary.TANH,
                    OUTPUT,
                    Binary.TANH_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.mul(y).rsub(1)));
    static final PointwiseRule SIGMOID =
            PointwiseRule.of(
                    "SigmoidBackward0",
                    Unary.SIGMOID,
                    OUTPUT,
                    Binary.SIGMOID_BACKWARD,
                    (gy, y, _, _) -> gy.mul(y.rsub(1)).mul(y));
    static final PointwiseRule RELU =
            PointwiseRule.of(
                            "ReluBackward0",
                            Unary.RELU,
                            OUTPUT,
                            Binary.RELU_BACKWARD,
                            (gy, y, _, _) -> gy.mul(y.gt(0).to(gy.dtype())))
                    .withIntegers();

    private PointwiseRules() {}
}
