package dev.lanegrad.kernels;

import static dev.lanegrad.kernels.Formula.unary;
import static dev.lanegrad.kernels.Formula.unary2;

import dev.lanegrad.kernels.any.Unary;
import java.util.EnumMap;
import java.util.Map;

/// What every unary operation on floating-point numbers should compute.
public final class UnaryReference {
    /// By operation; [Unary#BITWISE_NOT] is for integers alone.
    public static final Map<Unary, Formula> FORMULAS = new EnumMap<>(Unary.class);

    static {
        arithmetic();
        functions();
        activations();
    }

    private UnaryReference() {}

    private static void arithmetic() {
        put(Unary.NEG, unary(0, x -> -x));
        put(Unary.ABS, unary(0, Math::abs));
        put(Unary.SIGN, unary(0, UnaryReference::sign));
        put(Unary.AFFINE, unary2(1, (x, p, q) -> x * p + q).slack(1));
        put(Unary.SQUARE, unary(1, x -> x * x));
        put(Unary.CUBE, unary(2, x -> x * x * x));
        put(Unary.RECIPROCAL, unary(1, x -> 1 / x));
        put(Unary.SQRT, unary(1, Math::sqrt));
        put(Unary.RSQRT, unary(2, x -> 1 / Math.sqrt(x)));
        put(Unary.FLOOR, unary(0, Math::floor));
        put(Unary.CEIL, unary(0, Math::ceil));
        put(Unary.ROUND, unary(0, Math::rint));
        put(Unary.TRUNC, unary(0, UnaryReference::trunc));
        put(Unary.FRAC, unary(0, x -> x - trunc(x)));
        put(Unary.CLAMP, unary2(0, UnaryReference::clamp));
        put(Unary.POW_SCALAR, unary2(3, (x, p, q) -> StrictMath.pow(x, p)));
        put(Unary.NAN_TO, unary2(0, (x, p, q) -> Double.isNaN(x) ? p : x));
        put(
                Unary.NAN_TO_ZERO,
                unary2(
                        0,
                        (x, p, q) ->
                                Double.isNaN(x) ? 0 : Double.isInfinite(x) ? (x > 0 ? p : q) : x));
        put(Unary.INFINITY_TO, unary2(0, (x, p, q) -> Double.isInfinite(x) ? (x > 0 ? p : q) : x));
    }

    private static void functions() {
        put(Unary.EXP, unary(3, StrictMath::exp));
        put(Unary.EXP2, unary(3, x -> StrictMath.pow(2, x)));
        put(Unary.EXPM1, unary(3, StrictMath::expm1));
        put(Unary.LOG, unary(3, StrictMath::log));
        put(Unary.LOG2, unary(4, x -> StrictMath.log(x) / StrictMath.log(2)));
        put(Unary.LOG10, unary(3, StrictMath::log10));
        put(Unary.LOG1P, unary(3, StrictMath::log1p));
        put(Unary.SIN, unary(3, StrictMath::sin));
        put(Unary.COS, unary(3, StrictMath::cos));
        put(Unary.TAN, unary(3, StrictMath::tan));
        put(Unary.ASIN, unary(3, StrictMath::asin));
        put(Unary.ACOS, unary(3, StrictMath::acos));
        put(Unary.ATAN, unary(3, StrictMath::atan));
        put(Unary.SINH, unary(3, StrictMath::sinh));
        put(Unary.COSH, unary(3, StrictMath::cosh));
        put(Unary.TANH, unary(3, StrictMath::tanh));
        put(Unary.ASINH, unary(6, UnaryReference::asinh));
        put(Unary.ACOSH, unary(6, UnaryReference::acosh));
        put(Unary.ATANH, unary(4, UnaryReference::atanh));
        put(Unary.SIGMOID, unary(4, UnaryReference::sigmoid));
        put(Unary.ERF, unary(8, Special::erf));
        put(Unary.ERFC, unary(30, Special::erfc));
        put(Unary.LGAMMA, unary(8, Special::lgamma).slack(30));
        put(Unary.DIGAMMA, unary(8, Special::digamma).slack(30));
        put(Unary.I0, unary(12, x -> Special.bessel(0, x)));
        put(Unary.I1, unary(12, x -> Special.bessel(1, x)));
        put(Unary.ENTR, unary(4, x -> x == 0 ? 0 : x < 0 ? -1 / 0.0 : -x * StrictMath.log(x)));
        put(
                Unary.SINC,
                unary(4, x -> x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x)).slack(4));
        put(Unary.LOGIT, unary2(4, (x, p, q) -> logit(clamp(x, p, 1 - p))).slack(4));
    }

    private static void activations() {
        put(Unary.RELU, unary(0, x -> x < 0 ? 0 : x));
        put(Unary.RELU6, unary(0, x -> clamp(x, 0, 6)));
        put(Unary.LEAKY_RELU, unary2(1, (x, p, q) -> x > 0 ? x : p * x));
        put(Unary.ELU, unary2(4, (x, p, q) -> x > 0 ? x : p * StrictMath.expm1(x)));
        put(
                Unary.SELU,
                unary(
                        5,
                        x ->
                                1.0507009873554805
                                        * (x > 0 ? x : 1.6732632423543772 * StrictMath.expm1(x))));
        put(Unary.CELU, unary2(5, (x, p, q) -> x > 0 ? x : p * StrictMath.expm1(x / p)));
        put(
                Unary.GELU,
                unary(8, x -> x * Special.normalDistribution(x)).condition((x, none) -> 1 + x * x));
        put(Unary.GELU_TANH, unary(8, x -> x * sigmoid(geluTanhInner(x))).slack(2));
        put(Unary.SILU, unary(5, x -> x * sigmoid(x)));
        put(Unary.MISH, unary(12, x -> x * tanhSoftplus(x)));
        put(Unary.SOFTPLUS, unary2(6, (x, p, q) -> p * x > q ? x : softplus(p * x) / p));
        put(Unary.SOFTSIGN, unary(2, x -> x / (1 + Math.abs(x))));
        put(Unary.HARDSWISH, unary(3, x -> x * clamp(x + 3, 0, 6) / 6).slack(1));
        put(Unary.HARDSIGMOID, unary(3, x -> clamp(x + 3, 0, 6) / 6).slack(1));
        put(Unary.HARDTANH, unary2(0, UnaryReference::clamp));
        put(Unary.LOGSIGMOID, unary(6, x -> 0 - softplus(-x)));
        put(Unary.TANHSHRINK, unary(2, x -> x - StrictMath.tanh(x)).slack(2));
        put(Unary.SOFTSHRINK, unary2(1, (x, p, q) -> x > p ? x - p : x < -p ? x + p : nil(x)));
        put(Unary.HARDSHRINK, unary2(0, (x, p, q) -> x >= -p && x <= p ? 0 : x));
        put(Unary.THRESHOLD, unary2(0, (x, p, q) -> x <= p ? q : x));
    }

    private static void put(Unary op, Formula formula) {
        FORMULAS.put(op, formula);
    }

    /// 0, or NaN.
    private static double nil(double x) {
        return Double.isNaN(x) ? x : 0;
    }

    static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : 0;
    }

    static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    static double clamp(double x, double least, double most) {
        double raised = x < least ? least : x;
        return raised > most ? most : raised;
    }

    static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    static double softplus(double x) {
        return Double.isNaN(x)
                ? x
                : Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    static double tanhSoftplus(double x) {
        return StrictMath.tanh(softplus(x));
    }

    static double geluTanhInner(double x) {
        return 2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        double y =
                a > 1e9
                        ? StrictMath.log(a) + StrictMath.log(2)
                        : StrictMath.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(y, x);
    }

    private static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(StrictMath.log1p(2 * a / (1 - a)) / 2, x);
    }

    private static double logit(double x) {
        return StrictMath.log(x / (1 - x));
    }

    private static double acosh(double x) {
        double t = x - 1;
        return x < 1
                ? Double.NaN
                : x > 1e9
                        ? StrictMath.log(x) + StrictMath.log(2)
                        : StrictMath.log1p(t + Math.sqrt(t * (t + 2)));
    }
}
