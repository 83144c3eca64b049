package dev.lanegrad.kernels;

/// What an element-wise operation should compute, in double precision, and how far off it may be.
///
/// The error allowed is, in units of the precision, `ulps` of the result, times `condition` where
/// the function magnifies a rounded operand's error, and `slack` of the operands' size, which terms
/// that cancel need.
///
/// @param value the value of operands a, b, c (as many as there are) and parameters p, q
public record Formula(Value value, double ulps, double slack, Value condition) {
    private static final Value PLAIN = (a, b, c, p, q) -> 1;

    /// A function of up to three operands and two parameters.
    public interface Value {
        double of(double a, double b, double c, double p, double q);
    }

    /// A function of one operand.
    public interface Unary {
        double of(double x);
    }

    /// A function of two operands.
    public interface Binary {
        double of(double a, double b);
    }

    /// A function of three operands.
    public interface Ternary {
        double of(double a, double b, double c);
    }

    /// A function of one operand and two parameters.
    public interface Unary2 {
        double of(double x, double p, double q);
    }

    /// A function of two operands and two parameters.
    public interface Binary2 {
        double of(double a, double b, double p, double q);
    }

    public static Formula unary(double ulps, Unary f) {
        return new Formula((a, b, c, p, q) -> f.of(a), ulps, 0, PLAIN);
    }

    public static Formula unary2(double ulps, Unary2 f) {
        return new Formula((a, b, c, p, q) -> f.of(a, p, q), ulps, 0, PLAIN);
    }

    public static Formula binary(double ulps, Binary f) {
        return new Formula((a, b, c, p, q) -> f.of(a, b), ulps, 0, PLAIN);
    }

    public static Formula binary2(double ulps, Binary2 f) {
        return new Formula((a, b, c, p, q) -> f.of(a, b, p, q), ulps, 0, PLAIN);
    }

    public static Formula ternary(double ulps, Ternary f) {
        return new Formula((a, b, c, p, q) -> f.of(a, b, c), ulps, 0, PLAIN);
    }

    public static Formula ternary2(double ulps, Value f) {
        return new Formula(f, ulps, 0, PLAIN);
    }

    /// The error that is allowed of the value `want` at precision `epsilon`.
    public double tolerance(double[] x, double p, double q, double want, double epsilon) {
        double size = 1 + Math.abs(x[0]) + Math.abs(x[1]) + Math.abs(x[2]);
        double most = ulps * Math.abs(want) * condition.of(x[0], x[1], x[2], p, q);
        return epsilon * (most + (slack == 0 ? 0 : slack * size));
    }

    public Formula condition3(Ternary condition) {
        return new Formula(value, ulps, slack, (a, b, c, p, q) -> condition.of(a, b, c));
    }

    public Formula slack(double slack) {
        return new Formula(value, ulps, slack, condition);
    }

    public Formula condition(Binary condition) {
        return new Formula(value, ulps, slack, (a, b, c, p, q) -> condition.of(a, b));
    }
}
