package dev.lanegrad.kernels;

import static dev.lanegrad.kernels.Formula.binary;
import static dev.lanegrad.kernels.Formula.binary2;
import static dev.lanegrad.kernels.UnaryReference.sigmoid;
import static dev.lanegrad.kernels.UnaryReference.sign;

import dev.lanegrad.kernels.any.Binary;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What every binary operation on floating-point numbers should compute. In gradients a is the
/// output's gradient, b what the operation kept.
public final class BinaryReference {
    /// By operation; but for [#INTEGER] all are there.
    public static final Map<Binary, Formula> FORMULAS = new EnumMap<>(Binary.class);

    /// The operations for integers alone.
    public static final Set<Binary> INTEGER =
            EnumSet.of(
                    Binary.BITWISE_AND,
                    Binary.BITWISE_OR,
                    Binary.BITWISE_XOR,
                    Binary.BITWISE_LEFT_SHIFT,
                    Binary.BITWISE_RIGHT_SHIFT);

    static {
        arithmetic();
        gradients();
        gradientsOfFunctions();
        gradientsOfActivations();
    }

    private BinaryReference() {}

    private static void arithmetic() {
        put(Binary.ADD, binary(1, Double::sum));
        put(Binary.ADD_SCALED, binary2(1, (a, b, p, q) -> a + p * b).slack(1));
        put(Binary.SUB, binary(1, (a, b) -> a - b));
        put(Binary.MUL, binary(1, (a, b) -> a * b));
        put(Binary.DIV, binary(1, (a, b) -> a / b));
        put(Binary.FMOD, binary(0, (a, b) -> a % b));
        put(Binary.REMAINDER, binary(1, BinaryReference::remainder));
        put(Binary.FLOOR_DIVIDE, binary(1, BinaryReference::floorDivide));
        put(Binary.TRUNC_DIVIDE, binary(1, (a, b) -> UnaryReference.trunc(a / b)));
        put(Binary.MAXIMUM, binary(0, (a, b) -> Double.isNaN(a) ? a : a >= b ? a : b));
        put(Binary.MINIMUM, binary(0, (a, b) -> Double.isNaN(a) ? a : a <= b ? a : b));
        put(Binary.FMAX, binary(0, (a, b) -> Double.isNaN(b) || a >= b ? a : b));
        put(Binary.FMIN, binary(0, (a, b) -> Double.isNaN(b) || a <= b ? a : b));
        put(Binary.POW, binary(3, BinaryReference::pow));
        put(Binary.ATAN2, binary(3, StrictMath::atan2));
        put(Binary.HYPOT, binary(3, StrictMath::hypot));
        put(Binary.COPYSIGN, binary(0, Math::copySign));
        put(Binary.LOGADDEXP, binary(6, (a, b) -> logaddexp(a, b)).slack(4));
        double ln2 = StrictMath.log(2);
        put(Binary.LOGADDEXP2, binary(6, (a, b) -> logaddexp(a * ln2, b * ln2) / ln2).slack(4));
        put(Binary.XLOGY, binary(4, BinaryReference::xlogy));
        put(Binary.GLU, binary(5, (a, b) -> a * sigmoid(b)));
        put(Binary.PRELU, binary(1, (a, b) -> a > 0 ? a : a * b));
    }

    private static void gradients() {
        put(Binary.ABS_BACKWARD, binary(0, (gy, x) -> gy * sign(x)));
        put(Binary.SQUARE_BACKWARD, binary(2, (gy, x) -> gy * (2 * x)));
        put(Binary.CUBE_BACKWARD, binary(3, (gy, x) -> gy * (3 * (x * x))));
        put(Binary.RECIPROCAL_BACKWARD, binary(2, (gy, y) -> -gy * (y * y)));
        put(Binary.SQRT_BACKWARD, binary(2, (gy, y) -> gy / (2 * y)));
        put(Binary.RSQRT_BACKWARD, binary(4, (gy, y) -> -0.5 * gy * (y * y * y)));
        put(Binary.CLAMP_BACKWARD, binary2(0, (gy, x, p, q) -> x >= p && x <= q ? gy : 0));
        put(
                Binary.POW_SCALAR_BACKWARD,
                binary2(6, (gy, x, p, q) -> gy * (p * StrictMath.pow(x, p - 1))));
        put(Binary.XLOGY_BACKWARD_SELF, binary(4, BinaryReference::xlogy));
        put(Binary.PRELU_BACKWARD_WEIGHT, binary(1, (gy, x) -> x > 0 ? 0 : gy * x));
    }

    private static void gradientsOfFunctions() {
        put(Binary.EXP2_BACKWARD, binary(3, (gy, y) -> gy * (y * StrictMath.log(2))));
        put(Binary.EXPM1_BACKWARD, binary(2, (gy, y) -> gy * (y + 1)));
        put(Binary.LOG_BACKWARD, binary(1, (gy, x) -> gy / x));
        put(Binary.LOG2_BACKWARD, binary(3, (gy, x) -> gy / (x * StrictMath.log(2))));
        put(Binary.LOG10_BACKWARD, binary(3, (gy, x) -> gy / (x * StrictMath.log(10))));
        put(Binary.LOG1P_BACKWARD, binary(2, (gy, x) -> gy / (x + 1)));
        put(Binary.SIN_BACKWARD, binary(4, (gy, x) -> gy * StrictMath.cos(x)));
        put(Binary.COS_BACKWARD, binary(4, (gy, x) -> gy * -StrictMath.sin(x)));
        put(Binary.TAN_BACKWARD, binary(3, (gy, y) -> gy * (y * y + 1)));
        put(
                Binary.ASIN_BACKWARD,
                binary(6, (gy, x) -> gy / Math.sqrt(1 - x * x))
                        .condition((gy, x) -> 1 + 1 / Math.abs(1 - x * x)));
        put(
                Binary.ACOS_BACKWARD,
                binary(6, (gy, x) -> -gy / Math.sqrt(1 - x * x))
                        .condition((gy, x) -> 1 + 1 / Math.abs(1 - x * x)));
        put(Binary.ATAN_BACKWARD, binary(3, (gy, x) -> gy / (x * x + 1)));
        put(Binary.SINH_BACKWARD, binary(4, (gy, x) -> gy * StrictMath.cosh(x)));
        put(Binary.COSH_BACKWARD, binary(4, (gy, x) -> gy * StrictMath.sinh(x)));
        put(Binary.TANH_BACKWARD, binary(4, (gy, y) -> gy * (1 - y * y)).slack(4));
        put(Binary.ASINH_BACKWARD, binary(4, (gy, x) -> gy * (1 / Math.sqrt(x * x + 1))));
        put(
                Binary.ACOSH_BACKWARD,
                binary(6, (gy, x) -> gy / Math.sqrt(x * x - 1))
                        .condition((gy, x) -> 1 + 1 / Math.abs(x * x - 1)));
        put(
                Binary.ATANH_BACKWARD,
                binary(6, (gy, x) -> gy / (1 - x * x))
                        .condition((gy, x) -> 1 + 1 / Math.abs(1 - x * x)));
        put(Binary.SIGMOID_BACKWARD, binary(4, (gy, y) -> gy * (1 - y) * y));
        double scale = 2 / Math.sqrt(Math.PI);
        put(Binary.ERF_BACKWARD, binary(6, (gy, x) -> gy * (scale * Special.bell(x))));
        put(Binary.ERFC_BACKWARD, binary(6, (gy, x) -> gy * -(scale * Special.bell(x))));
        put(Binary.LGAMMA_BACKWARD, binary(8, (gy, x) -> gy * Special.digamma(x)).slack(30));
        put(Binary.DIGAMMA_BACKWARD, binary(60, (gy, x) -> gy * Special.trigamma(x)).slack(30));
        put(Binary.I0_BACKWARD, binary(12, (gy, x) -> gy * Special.bessel(1, x)));
        put(Binary.I1_BACKWARD, binary(20, (gy, x) -> gy * Special.besselSlope(x)));
        put(Binary.ENTR_BACKWARD, binary(4, (gy, x) -> gy * -(1 + StrictMath.log(x))).slack(4));
        put(Binary.SINC_BACKWARD, binary(8, BinaryReference::sincBackward).slack(8));
        put(
                Binary.LOGIT_BACKWARD,
                binary2(4, (gy, x, p, q) -> x < p || x > 1 - p ? 0 : gy / (x * (1 - x))));
    }

    private static void gradientsOfActivations() {
        put(Binary.RELU_BACKWARD, binary(0, (gy, y) -> y <= 0 ? 0 : gy));
        put(Binary.LEAKY_RELU_BACKWARD, binary2(1, (gy, x, p, q) -> x > 0 ? gy : gy * p));
        put(
                Binary.ELU_BACKWARD,
                binary2(4, (gy, x, p, q) -> x > 0 ? gy : gy * (p * StrictMath.exp(x))));
        put(
                Binary.SELU_BACKWARD,
                binary(
                        5,
                        (gy, x) ->
                                x > 0
                                        ? gy * 1.0507009873554805
                                        : gy * (1.7580993408473766 * StrictMath.exp(x))));
        put(
                Binary.CELU_BACKWARD,
                binary2(5, (gy, x, p, q) -> x > 0 ? gy : gy * (p * q) * StrictMath.exp(x * q))
                        .condition((gy, x) -> 1 + Math.abs(x)));
        put(Binary.GELU_BACKWARD, binary(8, BinaryReference::geluBackward).slack(4));
        put(Binary.GELU_TANH_BACKWARD, binary(12, BinaryReference::geluTanhBackward).slack(64));
        put(
                Binary.SILU_BACKWARD,
                binary(6, (gy, x) -> gy * (sigmoid(x) * (1 + x * (1 - sigmoid(x))))).slack(4));
        put(Binary.MISH_BACKWARD, binary(12, BinaryReference::mishBackward).slack(8));
        put(
                Binary.SOFTPLUS_BACKWARD,
                binary2(5, (gy, x, p, q) -> p * x > q ? gy : gy * sigmoid(p * x)));
        put(
                Binary.SOFTSIGN_BACKWARD,
                binary(3, (gy, x) -> gy / ((1 + Math.abs(x)) * (1 + Math.abs(x))) + (x - x)));
        put(
                Binary.HARDSWISH_BACKWARD,
                binary(3, (gy, x) -> x <= -3 ? 0 : x >= 3 ? gy : gy * (x / 3 + 0.5)).slack(1));
        put(Binary.HARDSIGMOID_BACKWARD, binary(1, (gy, x) -> x > -3 && x < 3 ? gy * (1 / 6f) : 0));
        put(Binary.HARDTANH_BACKWARD, binary2(0, (gy, x, p, q) -> x > p && x < q ? gy : 0));
        put(Binary.LOGSIGMOID_BACKWARD, binary(5, (gy, x) -> gy * sigmoid(-x)));
        put(Binary.TANHSHRINK_BACKWARD, binary(6, BinaryReference::tanhshrinkBackward));
        put(Binary.SHRINK_BACKWARD, binary2(0, (gy, x, p, q) -> x >= -p && x <= p ? 0 : gy));
        put(Binary.THRESHOLD_BACKWARD, binary2(0, (gy, x, p, q) -> x <= p ? 0 : gy));
    }

    private static void put(Binary op, Formula formula) {
        FORMULAS.put(op, formula);
    }

    static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
    }

    static double floorDivide(double a, double b) {
        if (b == 0) {
            return a / b;
        }
        double rest = a % b;
        double whole = (a - rest) / b;
        if (rest != 0 && (b < 0) != (rest < 0)) {
            whole -= 1;
        }
        return whole == 0 ? Math.copySign(0, a / b) : Math.rint(whole);
    }

    /// C's: 1 where the base is 1, whatever the exponent.
    static double pow(double a, double b) {
        return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
    }

    private static double logaddexp(double a, double b) {
        if (Double.isInfinite(a) && a == b) {
            return a;
        }
        return Math.max(a, b) + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
    }

    private static double xlogy(double a, double b) {
        return Double.isNaN(b) ? b : a == 0 ? 0 : a * StrictMath.log(b);
    }

    private static double sincBackward(double gy, double x) {
        double angle = Math.PI * x;
        if (Math.abs(angle) < 1) {
            return x == 0 ? 0 : gy * (Math.PI * sincSlope(angle));
        }
        double slope = angle * StrictMath.cos(angle) - StrictMath.sin(angle);
        return gy * (slope / (angle * x));
    }

    /// `(a·cos a - sin a)/a²` by its Taylor series, term by term.
    private static double sincSlope(double angle) {
        double sum = 0;
        double power = angle; // (-1)^(k + 1)·a^(2k - 1) / (2k - 1)!
        for (int k = 1; k < 15; k++) {
            sum -= power / (2 * k + 1);
            power *= -angle * angle / (2 * k * (2 * k + 1));
        }
        return sum;
    }

    private static double geluBackward(double gy, double x) {
        double density = Special.bell(x / Math.sqrt(2)) / Math.sqrt(2 * Math.PI);
        return gy * (Special.normalDistribution(x) + x * density);
    }

    private static double geluTanhBackward(double gy, double x) {
        double s = sigmoid(UnaryReference.geluTanhInner(x));
        double slope = 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return gy * (s + x * s * (1 - s) * slope);
    }

    private static double mishBackward(double gy, double x) {
        double t = UnaryReference.tanhSoftplus(x);
        return gy * (t + x * sigmoid(x) * (1 - t * t));
    }

    private static double tanhshrinkBackward(double gy, double x) {
        double t = StrictMath.tanh(x);
        return gy * (t * t);
    }
}
