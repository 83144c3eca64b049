package dev.lanegrad.kernels;

import static dev.lanegrad.kernels.Formula.ternary;

import dev.lanegrad.kernels.any.Ternary;
import java.util.EnumMap;
import java.util.Map;

/// What every ternary operation on floating-point numbers should compute. In gradients a is the
/// gradient of the value of f(b, c).
public final class TernaryReference {
    public static final Map<Ternary, Formula> FORMULAS = new EnumMap<>(Ternary.class);

    static {
        put(Ternary.LERP, ternary(2, TernaryReference::lerp).slack(4));
        put(Ternary.ADDCMUL, Formula.ternary2(2, (a, b, c, p, q) -> a + p * b * c).slack(64));
        put(Ternary.ADDCDIV, Formula.ternary2(4, (a, b, c, p, q) -> a + p * b / c).slack(4));
        put(Ternary.CLAMP, ternary(0, TernaryReference::clamp));
        put(Ternary.DIV_GRAD_DIVISOR, ternary(3, (gy, a, b) -> -gy * (a / b / b)));
        put(
                Ternary.POW_BACKWARD_SELF,
                ternary(6, (gy, a, b) -> b == 0 ? 0 : gy * (b * BinaryReference.pow(a, b - 1)))
                        .condition3((gy, a, b) -> 1 + Math.abs(Math.log(Math.abs(a)))));
        put(Ternary.POW_BACKWARD_EXPONENT, ternary(6, TernaryReference::powBackwardExponent));
        put(Ternary.MAXIMUM_BACKWARD, ternary(0, (gy, a, b) -> share(gy, a < b, a == b)));
        put(Ternary.MINIMUM_BACKWARD, ternary(0, (gy, a, b) -> share(gy, a > b, a == b)));
        put(Ternary.FMAX_BACKWARD_SELF, ternary(0, (gy, a, b) -> isMaximum(a, b) ? gy : 0));
        put(Ternary.FMAX_BACKWARD_OTHER, ternary(0, (gy, a, b) -> isMaximum(a, b) ? 0 : gy));
        put(Ternary.FMIN_BACKWARD_SELF, ternary(0, (gy, a, b) -> isMinimum(a, b) ? gy : 0));
        put(Ternary.FMIN_BACKWARD_OTHER, ternary(0, (gy, a, b) -> isMinimum(a, b) ? 0 : gy));
        put(Ternary.ATAN2_BACKWARD_SELF, ternary(5, (gy, a, b) -> gy * b * inverse(a, b)));
        put(Ternary.ATAN2_BACKWARD_OTHER, ternary(5, (gy, a, b) -> gy * -a * inverse(a, b)));
        put(Ternary.HYPOT_BACKWARD, ternary(3, (gy, a, y) -> gy * (a / y)));
        put(
                Ternary.LOGADDEXP_BACKWARD,
                ternary(16, (gy, a, b) -> gy * UnaryReference.sigmoid(a - b))
                        .condition3(TernaryReference::difference));
        double ln2 = StrictMath.log(2);
        put(
                Ternary.LOGADDEXP2_BACKWARD,
                ternary(16, (gy, a, b) -> gy * UnaryReference.sigmoid((a - b) * ln2))
                        .condition3(TernaryReference::difference));
        put(Ternary.PRELU_BACKWARD_SELF, ternary(1, (gy, a, b) -> a > 0 ? gy : gy * b));
        put(
                Ternary.FMOD_BACKWARD_OTHER,
                ternary(2, (gy, a, b) -> -gy * UnaryReference.trunc(a / b)));
        put(
                Ternary.REMAINDER_BACKWARD_OTHER,
                ternary(2, (gy, a, b) -> -gy * BinaryReference.floorDivide(a, b)));
        put(
                Ternary.COPYSIGN_BACKWARD_SELF,
                ternary(0, (gy, a, b) -> gy * (UnaryReference.sign(a) * Math.copySign(1, b))));
    }

    private TernaryReference() {}

    private static void put(Ternary op, Formula formula) {
        FORMULAS.put(op, formula);
    }

    private static double lerp(double a, double b, double c) {
        return Math.abs(c) < 0.5 ? a + c * (b - a) : b - (b - a) * (1 - c);
    }

    private static double clamp(double a, double b, double c) {
        return Double.isNaN(a) || Double.isNaN(b) || Double.isNaN(c)
                ? Double.NaN
                : UnaryReference.clamp(a, b, c);
    }

    private static double powBackwardExponent(double gy, double a, double b) {
        return gy * (a == 0 && b >= 0 ? 0 : BinaryReference.pow(a, b) * StrictMath.log(a));
    }

    private static double share(double gy, boolean lost, boolean tie) {
        return lost ? 0 : tie ? gy / 2 : gy;
    }

    private static boolean isMaximum(double a, double b) {
        return a >= b || Double.isNaN(b);
    }

    private static boolean isMinimum(double a, double b) {
        return a <= b || Double.isNaN(b);
    }

    private static double inverse(double a, double b) {
        return a == 0 && b == 0 ? 0 : 1 / (a * a + b * b);
    }

    /// Of `e^(a - b)`, whose relative error is the absolute one of the rounded difference.
    private static double difference(double gy, double a, double b) {
        return Math.max(1, Math.abs(a - b) / 8);
    }
}
