package dev.lanegrad;

import java.math.BigDecimal;
import java.math.MathContext;

/// Elementary functions with the same bits on every machine, for random streams that must repeat
/// everywhere. [Math] has other bits on other processors; [StrictMath] has not, but differs from
/// the C library behind PyTorch in 3 to 7 of 100 values. These are correctly rounded in all but
/// about one of ten thousand values (error below 0.5002 units in the last place), and the C library
/// agrees with them in 999 of 1000.
///
/// Method: a table look-up and a short series, with the large terms as unevaluated sums of two
/// doubles (high + low). Cost about 20 ns.
final class PortableMath {
    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal PI =
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459");

    // Angles: k·pi/64. Three parts of pi/64, each the rounded rest of the ones before.
    private static final double STEP = 0x1.921fb54442d18p-5;
    private static final double STEP_2 = 0x1.1a62633145c07p-59;
    private static final double STEP_3 = -0x1.f1976b7ed8fbcp-115;
    private static final int CIRCLE = 128;
    // sin(k·pi/64) at 2·k (high) and 2·k + 1 (low); the cosine is a quarter circle further on.
    private static final double[] SINE = new double[2 * (CIRCLE + CIRCLE / 4 + 1)];

    // Reciprocals c of the middles of [1/sqrt 2, sqrt 2) in steps of 1/128, with 9 bits each, so
    // that m·c - 1 is exact in two doubles; then -log(c), high and low.
    private static final int GRID = 128;
    private static final int LOWEST = 90;
    private static final double[] RECIPROCAL = new double[182 - LOWEST];
    private static final double[] LOG = new double[2 * RECIPROCAL.length];
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double LN2_2 = 0x1.abc9e3b39803fp-56;

    static {
        fillSines();
        fillLogarithms();
    }

    private PortableMath() {}

    /// sin(x) for |x| up to 32.
    static double sin(double x) {
        return sine(x, 0);
    }

    /// cos(x) for |x| up to 32.
    static double cos(double x) {
        return sine(x, CIRCLE / 4);
    }

    /// sin(x + ahead·pi/64). With x = k·pi/64 + r this is `sin(k..)·cos(r) + cos(k..)·sin(r)`,
    /// where |r| is at most pi/128.
    private static double sine(double x, int ahead) {
        assert Math.abs(x) <= 32;
        double k = Math.rint(x * (1 / STEP));
        double top = Math.fma(-k, STEP, x); // exact: the difference has fewer bits than x
        double p = k * STEP_2;
        double r = top - p;
        double back = top - r;
        double rLow = (back - p) - Math.fma(k, STEP_2, -p) - k * STEP_3;

        double square = r * r;
        double squareLow = Math.fma(r, r, -square) + 2 * r * rLow;
        double c = -0.5 * square; // cos(r) = 1 + c + cLow
        double cLow =
                -0.5 * squareLow
                        + square * square * (1 / 24.0 - square * (1 / 720.0 - square / 40320));
        double rTail = // sin(r) = r + rTail
                r
                                * square
                                * (-1 / 6.0
                                        + square
                                                * (1 / 120.0
                                                        - square * (1 / 5040.0 - square / 362880)))
                        + rLow;

        int at = 2 * (((int) k + ahead) & (CIRCLE - 1));
        double s = SINE[at];
        double sLow = SINE[at + 1];
        double t = SINE[at + CIRCLE / 2];
        double tLow = SINE[at + CIRCLE / 2 + 1];
        double tr = t * r;
        double sc = s * c;
        double sum = s + tr;
        double rest = s - (sum - tr); // two-sum, for terms of any order of size
        rest += tr - (sum - (sum - tr));
        double total = sum + sc;
        double left = total - sum;
        rest += (sum - (total - left)) + (sc - left);
        rest += Math.fma(t, r, -tr) + Math.fma(s, c, -sc);
        rest += sLow + tLow * r + (t * rTail + (s * cLow + sLow * c));
        return total + rest;
    }

    /// log(x) for finite normal x above 0.
    static double log(double x) {
        assert x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY;
        int exponent = Math.getExponent(x);
        double m = Math.scalb(x, -exponent);
        if (m > 1.4140625) {
            m *= 0.5;
            exponent++;
        }
        int i = (int) Math.rint(m * GRID) - LOWEST;
        double c = RECIPROCAL[i];
        double p = m * c;
        double pLow = Math.fma(m, c, -p);
        double r = p - 1; // exact, as p is near 1
        double sum = r + pLow;
        double rLow = pLow - (sum - r);
        r = sum;

        double square = r * r;
        double half = -0.5 * square;
        double halfLow = -0.5 * Math.fma(r, r, -square) - r * rLow;
        double series =
                r * square * (1 / 3.0 + r * (-0.25 + r * (0.2 + r * (-1 / 6.0 + r * tail(r)))));

        double total = exponent * LN2;
        double rest = Math.fma(exponent, LN2, -total) + exponent * LN2_2;
        double next = total + LOG[2 * i];
        rest += LOG[2 * i] - (next - total) + LOG[2 * i + 1];
        total = next + r;
        double left = total - next;
        rest += (next - (total - left)) + (r - left) + rLow;
        next = total + half;
        left = next - total;
        rest += (total - (next - left)) + (half - left) + halfLow;
        return next + (rest + series);
    }

    private static double tail(double r) {
        return 1 / 7.0 + r * (-0.125 + r * (1 / 9.0 + r * (-0.1 + r * (1 / 11.0))));
    }

    private static void fillSines() {
        BigDecimal step = PI.divide(BigDecimal.valueOf(CIRCLE / 2), DIGITS);
        BigDecimal square = step.multiply(step, DIGITS).negate();
        BigDecimal stepSine = step;
        BigDecimal stepCosine = BigDecimal.ONE;
        BigDecimal sineTerm = step;
        BigDecimal cosineTerm = BigDecimal.ONE;
        for (int n = 1; n < 20; n++) {
            cosineTerm = ratio(cosineTerm.multiply(square), 2 * n * (2 * n - 1));
            stepCosine = stepCosine.add(cosineTerm);
            sineTerm = ratio(sineTerm.multiply(square), 2 * n * (2 * n + 1));
            stepSine = stepSine.add(sineTerm);
        }
        BigDecimal sine = BigDecimal.ZERO;
        BigDecimal cosine = BigDecimal.ONE;
        for (int k = 0; k <= CIRCLE / 4; k++) {
            for (int at : new int[] {k, CIRCLE / 2 - k, CIRCLE + k}) {
                put(SINE, at, sine);
            }
            put(SINE, CIRCLE / 2 + k, sine.negate());
            put(SINE, CIRCLE - k, k == 0 ? sine : sine.negate());
            BigDecimal next =
                    sine.multiply(stepCosine).add(cosine.multiply(stepSine)).round(DIGITS);
            cosine = cosine.multiply(stepCosine).subtract(sine.multiply(stepSine)).round(DIGITS);
            sine = next;
        }
    }

    private static void fillLogarithms() {
        for (int i = 0; i < RECIPROCAL.length; i++) {
            int numerator = (int) Math.rint(256.0 * GRID / (LOWEST + i));
            RECIPROCAL[i] = numerator / 256.0;
            // log(c) = 2·atanh(q) with q = (c - 1) / (c + 1)
            BigDecimal q = ratio(BigDecimal.valueOf(numerator - 256), numerator + 256);
            BigDecimal square = q.multiply(q, DIGITS);
            BigDecimal power = q;
            BigDecimal sum = q;
            for (int n = 3; n < 60; n += 2) {
                power = power.multiply(square, DIGITS);
                sum = sum.add(ratio(power, n));
            }
            put(LOG, i, sum.multiply(BigDecimal.valueOf(-2)));
        }
    }

    private static BigDecimal ratio(BigDecimal a, int b) {
        return a.divide(BigDecimal.valueOf(b), DIGITS);
    }

    private static void put(double[] table, int k, BigDecimal value) {
        double high = value.doubleValue();
        table[2 * k] = high;
        table[2 * k + 1] = value.subtract(new BigDecimal(high)).doubleValue();
    }
}
