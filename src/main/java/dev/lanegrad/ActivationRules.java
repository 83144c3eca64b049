package dev.lanegrad;

import static dev.lanegrad.PointwiseRule.Keeps.EITHER;
import static dev.lanegrad.PointwiseRule.Keeps.INPUT;
import static dev.lanegrad.PointwiseRule.Keeps.OUTPUT;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// The activation functions: a row each of value, what is kept, and derivative.
final class ActivationRules {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    static final PointwiseRule RELU =
            PointwiseRule.of(
                            "ReluBackward0",
                            Unary.RELU,
                            OUTPUT,
                            Binary.RELU_BACKWARD,
                            (gy, y, _, _) -> gy.mul(y.gt(0).to(gy.dtype())))
                    .withIntegers();
    static final PointwiseRule RELU6 =
            PointwiseRule.of(
                    "HardtanhBackward0",
                    Unary.RELU6,
                    EITHER,
                    Binary.HARDTANH_BACKWARD,
                    (gy, x, low, high) -> gy.maskedFill(outside(x, low, high), 0));
    static final PointwiseRule LEAKY_RELU =
            PointwiseRule.of(
                            "LeakyReluBackward0",
                            Unary.LEAKY_RELU,
                            INPUT,
                            Binary.LEAKY_RELU_BACKWARD,
                            (gy, x, slope, _) -> gy.where(x.gt(0), gy.mul(slope)))
                    .floatingOnly();
    static final PointwiseRule ELU =
            PointwiseRule.of(
                            "EluBackward0",
                            Unary.ELU,
                            INPUT,
                            Binary.ELU_BACKWARD,
                            (gy, x, alpha, _) -> gy.where(x.gt(0), gy.mul(x.exp().mul(alpha))))
                    .floatingOnly();
    static final PointwiseRule SELU =
            PointwiseRule.of(
                            "EluBackward0",
                            Unary.SELU,
                            INPUT,
                            Binary.SELU_BACKWARD,
                            (gy, x, _, _) ->
                                    gy.mul(SELU_SCALE)
                                            .where(
                                                    x.gt(0),
                                                    gy.mul(x.exp().mul(SELU_SCALE * SELU_ALPHA))))
                    .floatingOnly();
    static final PointwiseRule CELU =
            PointwiseRule.of(
                            "EluBackward0",
                            Unary.CELU,
                            INPUT,
                            Binary.CELU_BACKWARD,
                            (gy, x, alpha, q) ->
                                    gy.where(x.gt(0), gy.mul(alpha * q).mul(x.mul(q).exp())))
                    .floatingOnly();
    static final PointwiseRule SILU =
            PointwiseRule.of(
                            "SiluBackward0",
                            Unary.SILU,
                            INPUT,
                            Binary.SILU_BACKWARD,
                            (gy, x, _, _) -> siluSlope(gy, x))
                    .floatingOnly();
    static final PointwiseRule GELU =
            PointwiseRule.of(
                            "GeluBackward0",
                            Unary.GELU,
                            INPUT,
                            Binary.GELU_BACKWARD,
                            (gy, x, _, _) -> geluSlope(gy, x))
                    .floatingOnly();
    static final PointwiseRule GELU_TANH =
            PointwiseRule.of(
                            "GeluBackward0",
                            Unary.GELU_TANH,
                            INPUT,
                            Binary.GELU_TANH_BACKWARD,
                            (gy, x, _, _) -> geluTanhSlope(gy, x))
                    .floatingOnly();
    static final PointwiseRule MISH =
            PointwiseRule.of(
                            "MishBackward0",
                            Unary.MISH,
                            INPUT,
                            Binary.MISH_BACKWARD,
                            (gy, x, _, _) -> mishSlope(gy, x))
                    .floatingOnly();
    static final PointwiseRule SOFTPLUS =
            PointwiseRule.of(
                            "SoftplusBackward0",
                            Unary.SOFTPLUS,
                            INPUT,
                            Binary.SOFTPLUS_BACKWARD,
                            (gy, x, beta, limit) ->
                                    gy.where(x.mul(beta).gt(limit), gy.mul(x.mul(beta).sigmoid())))
                    .floatingOnly();
    static final PointwiseRule HARDSWISH =
            PointwiseRule.of(
                            "HardswishBackward0",
                            Unary.HARDSWISH,
                            INPUT,
                            Binary.HARDSWISH_BACKWARD,
                            (gy, x, _, _) -> hardswishSlope(gy, x))
                    .floatingOnly();
    static final PointwiseRule HARDSIGMOID =
            PointwiseRule.of(
                            "HardsigmoidBackward0",
                            Unary.HARDSIGMOID,
                            INPUT,
                            Binary.HARDSIGMOID_BACKWARD,
                            (gy, x, _, _) ->
                                    gy.mul((double) (1f / 6f)).maskedFill(outside(x, -3, 3), 0))
                    .floatingOnly();
    static final PointwiseRule HARDTANH =
            PointwiseRule.of(
                    "HardtanhBackward0",
                    Unary.HARDTANH,
                    EITHER,
                    Binary.HARDTANH_BACKWARD,
                    (gy, x, low, high) -> gy.maskedFill(outside(x, low, high), 0));
    static final PointwiseRule LOGSIGMOID =
            PointwiseRule.of(
                            "LogSigmoidBackward0",
                            Unary.LOGSIGMOID,
                            INPUT,
                            Binary.LOGSIGMOID_BACKWARD,
                            (gy, x, _, _) -> gy.mul(x.neg().sigmoid()))
                    .floatingOnly();
    static final PointwiseRule SOFTSHRINK =
            PointwiseRule.of(
                            "SoftshrinkBackward0",
                            Unary.SOFTSHRINK,
                            INPUT,
                            Binary.SHRINK_BACKWARD,
                            (gy, x, lambda, _) -> gy.maskedFill(x.abs().le(lambda), 0))
                    .floatingOnly();
    static final PointwiseRule HARDSHRINK =
            PointwiseRule.of(
                            "HardshrinkBackward0",
                            Unary.HARDSHRINK,
                            INPUT,
                            Binary.SHRINK_BACKWARD,
                            (gy, x, lambda, _) -> gy.maskedFill(x.abs().le(lambda), 0))
                    .floatingOnly();
    static final PointwiseRule THRESHOLD =
            PointwiseRule.of(
                            "ThresholdBackward0",
                            Unary.THRESHOLD,
                            INPUT,
                            Binary.THRESHOLD_BACKWARD,
                            (gy, x, threshold, _) -> gy.maskedFill(x.le(threshold), 0))
                    .withIntegers();

    private ActivationRules() {}

    private static Tensor outside(Tensor x, double low, double high) {
        return x.le(low).logicalOr(x.ge(high));
    }

    private static Tensor siluSlope(Tensor gy, Tensor x) {
        Tensor s = x.sigmoid();
        return gy.mul(s.mul(x.mul(s.rsub(1)).add(1)));
    }

    private static Tensor geluSlope(Tensor gy, Tensor x) {
        Tensor density = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        Tensor distribution = x.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
        return gy.mul(distribution.add(x.mul(density)));
    }

    private static Tensor geluTanhSlope(Tensor gy, Tensor x) {
        double factor = 2 * Math.sqrt(2 / Math.PI);
        Tensor square = x.square();
        Tensor s = x.mul(square.mul(0.044715).add(1)).mul(factor).sigmoid();
        Tensor inner = square.mul(3 * 0.044715).add(1).mul(factor);
        return gy.mul(s.add(x.mul(s).mul(s.rsub(1)).mul(inner)));
    }

    private static Tensor mishSlope(Tensor gy, Tensor x) {
        Tensor t = x.softplus(1, 20).tanh();
        return gy.mul(t.add(x.mul(x.sigmoid()).mul(t.mul(t).rsub(1))));
    }

    private static Tensor hardswishSlope(Tensor gy, Tensor x) {
        Tensor middle = gy.mul(x.div(3).add(0.5));
        return gy.where(x.ge(3), middle.maskedFill(x.le(-3), 0));
    }

    /// The second parameter of [#CELU]: PyTorch's gradient divides by alpha rounded to float32, in
    /// float64 too.
    static double celuFactor(double alpha) {
        return 1 / (double) (float) alpha;
    }
}
