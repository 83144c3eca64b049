package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.power2;
import static dev.lanegrad.kernels.f32.Vectors.productLow;
import static dev.lanegrad.kernels.f32.Vectors.rootLow;
import static dev.lanegrad.kernels.f32.Vectors.sumLow;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Logarithms, each within 1 ulp, with the same bits on every machine that has fused multiply-add
/// and at every vector width: -∞ of 0, NaN of what is below.
///
/// All start from `x = 2^k·(1 + f)` with f from √½ - 1 to √2 - 1.
final class Logarithm {
    private Logarithm() {}

    /// k, for normal numbers.
    private static IntVector exponent(FloatVector x) {
        return x.reinterpretAsInts()
                .sub(Constants.SQRT_HALF_BITS)
                .lanewise(VectorOperators.ASHR, Constants.FRACTION);
    }

    /// `1 + f`
    private static FloatVector significand(FloatVector x, IntVector k) {
        return x.reinterpretAsInts()
                .sub(k.lanewise(VectorOperators.LSHL, Constants.FRACTION))
                .reinterpretAsFloats();
    }

    private static FloatVector toFloat(IntVector k) {
        return k.add(Constants.ROUND_BITS).reinterpretAsFloats().sub(Constants.ROUND);
    }

    /// A number too small to have all its digits, times 2^FRACTION; others as they are.
    private static FloatVector normal(FloatVector x) {
        return x.blend(x.mul(Constants.WHOLE), tiny(x));
    }

    private static VectorMask<Float> tiny(FloatVector x) {
        return x.compare(VectorOperators.LT, Constants.MIN_NORMAL);
    }

    /// y, but the right value where x is no positive finite number.
    private static FloatVector special(FloatVector y, FloatVector x) {
        VectorMask<Float> finite = x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY);
        return y.blend(x, finite.not())
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
                .blend(Float.NaN, negative(x));
    }

    /// `k·log 2 + f + tail`
    private static FloatVector sum(FloatVector k, FloatVector f, FloatVector tail) {
        FloatVector high = k.fma(constant(Constants.LN2_HIGH), f);
        FloatVector low = k.fma(constant(Constants.LN2_HIGH), high.neg()).add(f);
        low = k.fma(constant(Constants.LN2_LOW), low);
        return high.add(low.add(tail));
    }

    /// `log x`
    static FloatVector log(FloatVector x) {
        IntVector exponent = exponent(x);
        FloatVector f = significand(x, exponent).sub(1f);
        FloatVector y = sum(toFloat(exponent), f, Polynomials.logTail(f));
        VectorMask<Float> near = x.compare(VectorOperators.GE, Constants.MIN_NORMAL);
        VectorMask<Float> far =
                near.and(x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY)).not();
        if (far.anyTrue()) {
            VectorMask<Float> tiny = tiny(x).and(x.compare(VectorOperators.GT, 0f));
            if (tiny.anyTrue()) {
                y = y.blend(tinyLog(x), tiny);
            }
            y = special(y, x);
        }
        return y;
    }

    /// `log x` of positive numbers that have not all digits.
    private static FloatVector tinyLog(FloatVector x) {
        FloatVector whole = x.mul(Constants.WHOLE);
        IntVector exponent = exponent(whole);
        FloatVector f = significand(whole, exponent).sub(1f);
        return sum(toFloat(exponent).sub(Constants.FRACTION), f, Polynomials.logTail(f));
    }

    /// `log(sum + lost) + more·log 2` for a sum of two numbers and what it lost in rounding.
    private static FloatVector logSum(FloatVector sum, FloatVector lost, FloatVector more) {
        IntVector exponent = exponent(sum);
        FloatVector k = toFloat(exponent);
        FloatVector f = significand(sum, exponent).sub(1f);
        // log(1 + f + c) - log(1 + f) is c/(1 + f), c so short that two terms of it do
        FloatVector c = lost.mul(power2(atMost(k, 60f).neg()));
        FloatVector tail = c.fma(f.fma(f, constant(1f).sub(f)), Polynomials.logTail(f));
        return special(sum(k.add(more), f, tail), sum);
    }

    /// `log(1 + x)`, also where x is close to 0.
    static FloatVector log1p(FloatVector x) {
        FloatVector sum = x.add(1f);
        FloatVector y = logSum(sum, sumLow(x, constant(1f), sum), zero());
        return y.blend(x, x.abs().compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    /// `log(x + √(x² + 1))` for x ≥ 0, and odd.
    static FloatVector asinh(FloatVector x) {
        FloatVector size = x.abs();
        VectorMask<Float> large = size.compare(VectorOperators.GT, Constants.LARGE);
        FloatVector a = atMost(size, Constants.LARGE);
        // a² / (1 + √(1 + a²))
        FloatVector square = a.mul(a);
        FloatVector squareLow = productLow(a, a, square);
        FloatVector more = square.add(1f);
        FloatVector moreLow = sumLow(square, constant(1f), more).add(squareLow);
        FloatVector root = more.sqrt();
        FloatVector d = root.add(1f);
        FloatVector dLow = sumLow(root, constant(1f), d).add(rootLow(more, moreLow, root));
        FloatVector q = square.div(d);
        FloatVector qLow = q.neg().fma(d, square).add(squareLow.sub(q.mul(dLow))).div(d);
        // 1 + (a + q)
        FloatVector b = a.add(q);
        FloatVector bLow = a.sub(b).add(q).add(qLow);
        FloatVector sum = b.add(1f);
        FloatVector sumLow = sumLow(b, constant(1f), sum).add(bLow);
        FloatVector y =
                logSum(sum.blend(size, large), sumLow.blend(0f, large), zero().blend(1f, large));
        FloatVector series = a.mul(square).fma(constant((float) (-1.0 / 6)), a);
        y = y.blend(series, size.compare(VectorOperators.LT, Constants.TWO_TERMS));
        return copySign(y, x);
    }

    /// `log(x + √(x² - 1))` for x ≥ 1, NaN below.
    static FloatVector acosh(FloatVector x) {
        VectorMask<Float> large = x.compare(VectorOperators.GT, Constants.LARGE);
        FloatVector a = atMost(x, Constants.LARGE);
        // t = x - 1, √(t·(t + 2))
        FloatVector t = a.sub(1f);
        FloatVector tLow = sumLow(a, constant(-1f), t);
        FloatVector m = a.add(1f);
        FloatVector mLow = sumLow(a, constant(1f), m);
        FloatVector p = t.mul(m);
        FloatVector pLow = productLow(t, m, p).add(t.mul(mLow)).add(tLow.mul(m));
        FloatVector root = p.sqrt();
        // 1 + (t + root) is x + root
        FloatVector b = t.add(root);
        FloatVector bLow = sumLow(t, root, b).add(tLow).add(rootLow(p, pLow, root));
        FloatVector sum = b.add(1f);
        FloatVector sumLow = sumLow(b, constant(1f), sum).add(bLow);
        FloatVector y =
                logSum(sum.blend(x, large), sumLow.blend(0f, large), zero().blend(1f, large));
        return y.blend(Float.NaN, x.compare(VectorOperators.LT, 1f));
    }

    /// `½·log((1 + x)/(1 - x))`
    static FloatVector atanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector a = size.add(size);
        FloatVector d = constant(1f).sub(size);
        FloatVector dLow = sumLow(constant(1f), size.neg(), d);
        FloatVector q = a.div(d);
        FloatVector qLow = q.neg().fma(d, a).sub(q.mul(dLow)).div(d);
        FloatVector sum = q.add(1f);
        FloatVector sumLow = sumLow(q, constant(1f), sum).add(qLow);
        FloatVector y = copySign(logSum(sum, sumLow, zero()).mul(0.5f), x);
        return y.blend(x, size.compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    /// `log₂ x`
    static FloatVector log2(FloatVector x) {
        FloatVector k = exponentOf(x);
        FloatVector f = fraction(x);
        FloatVector tail = Polynomials.logTail(f);
        FloatVector high = f.add(tail);
        FloatVector low = f.sub(high).add(tail);
        FloatVector inverse = constant((float) 1.4426950408889634);
        FloatVector y = high.mul(inverse);
        FloatVector yLow = high.fma(inverse, y.neg());
        yLow = high.fma(constant(Constants.LOG2_E_LOW), yLow);
        yLow = low.fma(inverse, yLow);
        FloatVector sum = k.add(y);
        return special(sum.add(k.sub(sum).add(y).add(yLow)), x);
    }

    /// `log₁₀ x`
    static FloatVector log10(FloatVector x) {
        FloatVector k = exponentOf(x);
        FloatVector f = fraction(x);
        FloatVector tail = Polynomials.logTail(f);
        FloatVector high = f.add(tail);
        FloatVector low = f.sub(high).add(tail);
        FloatVector inverse = constant((float) 0.4342944819032518);
        FloatVector y = high.mul(inverse);
        FloatVector yLow = high.fma(inverse, y.neg());
        yLow = high.fma(constant(Constants.LOG10_E_LOW), yLow);
        yLow = low.fma(inverse, yLow);
        yLow = k.fma(constant(Constants.LOG10_2_LOW), yLow);
        FloatVector first = k.mul(Constants.LOG10_2_HIGH);
        FloatVector sum = first.add(y);
        return special(sum.add(first.sub(sum).add(y).add(yLow)), x);
    }

    /// k, for positive numbers of any size.
    static FloatVector exponentOf(FloatVector x) {
        FloatVector k = toFloat(exponent(normal(x)));
        return k.blend(k.sub(Constants.FRACTION), tiny(x));
    }

    /// f, for positive numbers of any size.
    static FloatVector fraction(FloatVector x) {
        FloatVector whole = normal(x);
        return significand(whole, exponent(whole)).sub(1f);
    }
}
