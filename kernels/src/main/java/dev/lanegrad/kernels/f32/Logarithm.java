package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.power2;

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
        FloatVector whole = normal(x);
        IntVector exponent = exponent(whole);
        FloatVector f = significand(whole, exponent).sub(1f);
        FloatVector k = toFloat(exponent);
        k = k.blend(k.sub(Constants.FRACTION), tiny(x));
        return special(sum(k, f, Polynomials.logTail(f)), x);
    }

    /// `log(1 + x)`, also where x is close to 0.
    static FloatVector log1p(FloatVector x) {
        FloatVector sum = x.add(1f);
        // what the sum lost; the larger operand is the one to take away first
        VectorMask<Float> large = x.compare(VectorOperators.GT, 1f);
        FloatVector lost = x.sub(sum.sub(1f)).blend(constant(1f).sub(sum.sub(x)), large);
        IntVector exponent = exponent(sum);
        FloatVector k = toFloat(exponent);
        FloatVector f = significand(sum, exponent).sub(1f);
        // log(1 + f + c) - log(1 + f) is c/(1 + f), c so short that two terms of it do
        FloatVector c = lost.mul(power2(atMost(k, 60f).neg()));
        FloatVector tail = c.fma(f.fma(f, constant(1f).sub(f)), Polynomials.logTail(f));
        FloatVector y = special(sum(k, f, tail), sum);
        return y.blend(x, x.abs().compare(VectorOperators.LT, Constants.HALF_ULP));
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
    private static FloatVector exponentOf(FloatVector x) {
        FloatVector k = toFloat(exponent(normal(x)));
        return k.blend(k.sub(Constants.FRACTION), tiny(x));
    }

    /// f, for positive numbers of any size.
    private static FloatVector fraction(FloatVector x) {
        FloatVector whole = normal(x);
        return significand(whole, exponent(whole)).sub(1f);
    }
}
