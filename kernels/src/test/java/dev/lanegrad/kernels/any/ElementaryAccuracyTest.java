package dev.lanegrad.kernels.any;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.kernels.Simd;
import dev.lanegrad.kernels.Special;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The error bounds that the elementary functions state, over all of single precision, and that
/// their bits are the same everywhere.
class ElementaryAccuracyTest {
    /// Every how many bit patterns one is looked at: a prime, so that all exponents and signs
    /// occur.
    private static final int STRIDE = 10007;

    private static final int BLOCK = 4096;

    @Test
    void exponentialsAreWithin1Ulp() {
        check(Unary.EXP, 1, StrictMath::exp);
        check(Unary.EXP2, 1, x -> StrictMath.pow(2, x));
        check(Unary.EXPM1, 1, StrictMath::expm1);
        check(Unary.SIGMOID, 1, ElementaryAccuracyTest::sigmoid);
        check(Unary.TANH, 1, StrictMath::tanh);
        check(Unary.SINH, 1, StrictMath::sinh);
        check(Unary.COSH, 1, StrictMath::cosh);
    }

    @Test
    void logarithmsAreWithin1Ulp() {
        check(Unary.LOG, 1, StrictMath::log);
        check(Unary.LOG10, 1, StrictMath::log10);
        check(Unary.LOG1P, 1, StrictMath::log1p);
        check(Unary.LOG2, 1, x -> StrictMath.log(x) * 1.4426950408889634);
        check(Unary.ATANH, 1, x -> Math.copySign(atanh(Math.abs(x)), x));
    }

    @Test
    void anglesAreWithin1Ulp() {
        check(Unary.SIN, 1, StrictMath::sin);
        check(Unary.COS, 1, StrictMath::cos);
        check(Unary.TAN, 1, StrictMath::tan);
        check(Unary.ASIN, 1, StrictMath::asin);
        check(Unary.ACOS, 1, StrictMath::acos);
        check(Unary.ATAN, 1, StrictMath::atan);
    }

    @Test
    void rootsAndErrorFunctionsKeepTheirBounds() {
        check(Unary.SQRT, 0.5, Math::sqrt);
        check(Unary.RSQRT, 0.501, x -> 1 / Math.sqrt(x));
        check(Unary.RECIPROCAL, 0.5, x -> 1 / x);
        check(Unary.ERF, 1, Special::erf);
        check(Unary.ERFC, 3, Special::erfc);
    }

    @Test
    void activationsKeepTheirBounds() {
        check(Unary.SILU, 2, x -> x * sigmoid(x));
        check(Unary.GELU, 3, x -> x * (x < -40 ? 0 : x > 40 ? 1 : Special.normalDistribution(x)));
    }

    @Test
    void besselFunctionsAreWithin8Ulp() {
        check(Unary.I0, 8, x -> Special.bessel(0, x));
        check(Unary.I1, 8, x -> Special.bessel(1, x));
    }

    @Test
    void functionsOfTwoNumbersAreWithin1Ulp() {
        Random random = new Random(3);
        float[] a = new float[1 << 16];
        float[] b = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            boolean anyBits = i % 2 == 0;
            a[i] = anyBits ? bits(random) : (float) StrictMath.exp(random.nextGaussian() * 8);
            b[i] = anyBits ? bits(random) : (float) (random.nextGaussian() * 12);
        }
        check(Binary.ATAN2, a, b, StrictMath::atan2);
        check(Binary.HYPOT, a, b, StrictMath::hypot);
        check(Binary.POW, a, b, (x, y) -> x == 1 ? 1 : StrictMath.pow(x, y));
    }

    @Test
    void doublesAreWithin2UlpOfTheLibrarys() {
        checkDouble(Unary.EXP, -746, 710, StrictMath::exp);
        checkDouble(Unary.EXPM1, -40, 710, StrictMath::expm1);
        checkDouble(Unary.TANH, -22, 22, StrictMath::tanh);
        checkDouble(Unary.SINH, -710, 710, StrictMath::sinh);
        checkDouble(Unary.COSH, -710, 710, StrictMath::cosh);
        checkDouble(Unary.LOG, 0, 3, StrictMath::log);
        checkDouble(Unary.LOG10, 0, 1e6, StrictMath::log10);
        checkDouble(Unary.LOG1P, -1, 3, StrictMath::log1p);
        checkDouble(Unary.SIN, -2e6, 2e6, StrictMath::sin);
        checkDouble(Unary.COS, -2e6, 2e6, StrictMath::cos);
        checkDouble(Unary.TAN, -2e6, 2e6, StrictMath::tan);
        checkDouble(Unary.ASIN, -1, 1, StrictMath::asin);
        checkDouble(Unary.ACOS, -1, 1, StrictMath::acos);
        checkDouble(Unary.ATAN, -9, 9, StrictMath::atan);
    }

    /// One number that depends on every bit of the results: the same for all vector widths and for
    /// the one-lane path.
    @Test
    void bitsAreTheSameOnEveryMachine() {
        assumeTrue(Simd.FMA, "without fused multiply-add, roundings differ");
        long hash = 0;
        float[] x = new float[2 * BLOCK];
        float[] y = new float[x.length];
        double[] wide = new double[x.length];
        double[] wideY = new double[x.length];
        Random random = new Random(5);
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 3 == 0 ? bits(random) : (float) random.nextGaussian();
            wide[i] = i % 3 == 0 ? bits(random) * random.nextDouble() : random.nextGaussian() * 3;
        }
        for (Unary op : SAME_BITS) {
            op.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, x.length, 0.7, 0);
            op.run(new Object[] {wide, wideY}, new int[2], new int[] {1, 1}, x.length, 0.7, 0);
            for (int i = 0; i < x.length; i++) {
                hash = 31 * hash + Float.floatToIntBits(y[i]);
                hash = 31 * hash + Double.doubleToLongBits(wideY[i]);
            }
        }
        assertEquals(-8110363224564305551L, hash, "changes with any formula");
    }

    private static final Unary[] SAME_BITS = {
        Unary.EXP,
        Unary.EXP2,
        Unary.EXPM1,
        Unary.SIGMOID,
        Unary.TANH,
        Unary.SINH,
        Unary.COSH,
        Unary.LOG,
        Unary.LOG2,
        Unary.LOG10,
        Unary.LOG1P,
        Unary.ASINH,
        Unary.ACOSH,
        Unary.ATANH,
        Unary.SIN,
        Unary.COS,
        Unary.TAN,
        Unary.ASIN,
        Unary.ACOS,
        Unary.ATAN,
        Unary.ERF,
        Unary.ERFC,
        Unary.GELU,
        Unary.SILU,
        Unary.MISH,
        Unary.POW_SCALAR,
        Unary.RSQRT,
        Unary.LGAMMA,
        Unary.DIGAMMA
    };

    private static float bits(Random random) {
        return Float.intBitsToFloat(random.nextInt());
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double atanh(double x) {
        return StrictMath.log1p(2 * x / (1 - x)) / 2;
    }

    private static void check(Unary op, double bound, DoubleUnaryOperator expected) {
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        int filled = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
            x[filled++] = Float.intBitsToFloat((int) bits);
            if (filled == BLOCK || bits + STRIDE > Integer.MAX_VALUE) {
                op.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, filled, 0, 0);
                for (int i = 0; i < filled; i++) {
                    compare(op + "(" + x[i] + ")", bound, expected.applyAsDouble(x[i]), y[i]);
                }
                filled = 0;
            }
        }
    }

    private static void check(
            Binary op, float[] a, float[] b, java.util.function.DoubleBinaryOperator expected) {
        float[] y = new float[a.length];
        op.run(new Object[] {a, b, y}, new int[3], new int[] {1, 1, 1}, a.length, 0, 0);
        for (int i = 0; i < a.length; i++) {
            double want = expected.applyAsDouble(a[i], b[i]);
            compare(op + "(" + a[i] + ", " + b[i] + ")", 1, want, y[i]);
        }
    }

    private static void compare(String what, double bound, double want, float y) {
        float rounded = (float) want;
        boolean infinite = Float.isInfinite(rounded) || Float.isInfinite(y);
        if (Double.isNaN(want) || want == 0 || Math.abs(want) >= 0x1p128) {
            assertEquals(rounded, y, what);
        } else {
            double error = infinite ? Math.abs(want - 0x1p128 * Math.signum(y)) : want - y;
            double ulps = Math.abs(error) / ulp(want);
            assertTrue(ulps <= bound, () -> what + " is " + y + ", off by " + ulps + " ulp");
        }
    }

    /// The distance of the two single-precision numbers around x.
    private static double ulp(double x) {
        float near = Math.min(Float.MAX_VALUE, (float) Math.abs(x));
        return Math.ulp(near > Math.abs(x) ? Math.nextDown(near) : near);
    }

    private static void checkDouble(
            Unary op, double from, double to, DoubleUnaryOperator expected) {
        Random random = new Random(9);
        double[] x = new double[BLOCK];
        double[] y = new double[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            double part =
                    i % 3 == 0 ? StrictMath.pow(random.nextDouble(), 20) : random.nextDouble();
            x[i] = i % 2 == 0 || from == 0 ? from + (to - from) * part : to * part;
        }
        op.run(new Object[] {x, y}, new int[2], new int[] {1, 1}, BLOCK, 0, 0);
        for (int i = 0; i < BLOCK; i++) {
            double want = expected.applyAsDouble(x[i]);
            double error = want == y[i] ? 0 : Math.abs(want - y[i]) / Math.ulp(want);
            String what = op + "(" + x[i] + ") is " + y[i] + ", not " + want;
            assertTrue(error <= 2 || (Double.isNaN(want) && Double.isNaN(y[i])), what);
        }
    }
}
