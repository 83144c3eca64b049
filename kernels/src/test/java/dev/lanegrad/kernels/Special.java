package dev.lanegrad.kernels;

/// Special functions in double precision, by series that converge slowly but surely: what the
/// kernels' polynomials are held against.
public final class Special {
    private Special() {}

    public static double erf(double x) {
        double size = Math.abs(x);
        return Math.copySign(size < 1 ? erfSeries(size) : 1 - erfc(size), x);
    }

    /// `2/√π·e^(-x²)·(x + 2x³/3 + 4x⁵/15 + ...)`
    private static double erfSeries(double x) {
        double sum = x;
        double term = x;
        for (int n = 1; term > 1e-18 * sum; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /// A continued fraction for x ≥ 1, taken far enough.
    public static double erfc(double x) {
        if (x < 1) {
            return 1 - erf(x);
        }
        double fraction = 0;
        for (int n = 200; n >= 1; n--) {
            fraction = n / 2.0 / (x + fraction);
        }
        return bell(x) / (x + fraction) / Math.sqrt(Math.PI);
    }

    /// `e^(-x²)`, the exponent in two parts of which the first has no rounding error.
    public static double bell(double x) {
        double short_ = (float) Math.min(Math.abs(x), 1e10);
        return StrictMath.exp(-short_ * short_)
                * StrictMath.exp((short_ - Math.abs(x)) * (short_ + Math.abs(x)));
    }

    public static double normalDistribution(double x) {
        return erfc(-x / Math.sqrt(2)) / 2;
    }

    /// By Stirling's series after steps to 15.
    public static double lgamma(double x) {
        if (x <= 0 && x == Math.rint(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0) {
            return StrictMath.log(Math.PI / Math.abs(sinOfTurns(x))) - lgamma(1 - x);
        }
        double product = 1;
        double z = x;
        for (; z < 15; z++) {
            product *= z;
        }
        double w = 1 / (z * z);
        double rest = 1 / 1260.0 - w * (1 / 1680.0 - w * (1 / 1188.0 - w * 691 / 360360));
        rest = (1 / 12.0 - w * (1 / 360.0 - w * rest)) / z;
        double stirling = (z - 0.5) * (StrictMath.log(z) - 1) + 0.41893853320467274 + rest;
        return stirling - StrictMath.log(product);
    }

    private static double sinOfTurns(double x) {
        return StrictMath.sin(Math.PI * (x - Math.rint(x)));
    }

    public static double digamma(double x) {
        if (x == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, -x);
        }
        if (x < 0) {
            double fraction = x - Math.rint(x);
            return fraction == 0
                    ? Double.NaN
                    : digamma(1 - x) - Math.PI / StrictMath.tan(Math.PI * fraction);
        }
        double sum = 0;
        double z = x;
        for (; z < 15; z++) {
            sum -= 1 / z;
        }
        double w = 1 / (z * z);
        double rest = 1 / 252.0 - w * (1 / 240.0 - w * (1 / 132.0 - w * 691 / 32760));
        rest = w * (1 / 12.0 - w * (1 / 120.0 - w * rest));
        return sum + StrictMath.log(z) - 0.5 / z - rest;
    }

    public static double trigamma(double x) {
        if (x < 0.5) {
            double ratio = Math.PI / sinOfTurns(x);
            return ratio * ratio - trigamma(1 - x);
        }
        double sum = 0;
        double z = x;
        for (; z < 15; z++) {
            sum += 1 / (z * z);
        }
        double w = 1 / (z * z);
        double rest = 1 / 42.0 - w * (1 / 30.0 - w * (5 / 66.0 - w * 691 / 2730));
        rest = w * (1 / 6.0 - w * (1 / 30.0 - w * rest));
        return sum + (1 + 0.5 / z + rest) / z;
    }

    /// The modified Bessel function of the first kind of order 0 or 1, by its power series.
    public static double bessel(int order, double x) {
        if (Double.isInfinite(x)) {
            return order == 0 ? Math.abs(x) : x;
        }
        double quarter = x / 2 * (x / 2);
        double term = order == 0 ? 1 : x / 2;
        double sum = term;
        for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
            term *= quarter / ((double) k * (k + order));
            sum += term;
        }
        return sum;
    }

    /// The derivative of the function of order 1; NaN at infinity.
    public static double besselSlope(double x) {
        return x == 0 ? 0.5 : bessel(0, x) - bessel(1, x) / x;
    }
}
