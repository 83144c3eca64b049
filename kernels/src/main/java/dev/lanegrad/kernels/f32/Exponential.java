package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atLeast;
import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.nearestSmall;
import static dev.lanegrad.kernels.f32.Vectors.positive;
import static dev.lanegrad.kernels.f32.Vectors.power2;
import static dev.lanegrad.kernels.f32.Vectors.quotient;
import static dev.lanegrad.kernels.f32.Vectors.scale;
import static dev.lanegrad.kernels.f32.Vectors.sumLow;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The exponential function and those made of it, each within 1 ulp, with the same bits on every
/// machine that has fused multiply-add and at every vector width.
///
/// All start from `x = n·log 2 + r` with a whole n and a short r: `e^x = 2^n·(1 + r + tail(r))`.
/// Where a result of 1 ulp takes more digits than a number has, a second number holds the rest:
/// names end in `Low`.
final class Exponential {
    private Exponential() {}

    /// n
    static FloatVector exponent(FloatVector x) {
        return nearestSmall(x.mul((float) 1.4426950408889634));
    }

    /// `x - n·log 2`, but for the lower part of the logarithm.
    private static FloatVector coarse(FloatVector x, FloatVector n) {
        return n.fma(constant(-Constants.LN2_HIGH), x);
    }

    /// r, of the coarse one.
    private static FloatVector rest(FloatVector coarse, FloatVector n) {
        return n.fma(constant(-Constants.LN2_LOW), coarse);
    }

    /// What r lost in rounding.
    private static FloatVector restLow(FloatVector coarse, FloatVector n, FloatVector r) {
        return n.fma(constant(-Constants.LN2_LOW), coarse.sub(r));
    }

    /// `e^r - 1 - r`, r's own rounding error made good.
    private static FloatVector tail(FloatVector coarse, FloatVector n, FloatVector r) {
        return Polynomials.expTail(r).add(restLow(coarse, n, r));
    }

    /// `e^(x + low) / 2^n - 1` for a low that is no more than x's rounding error.
    static FloatVector expm1Of(FloatVector x, FloatVector low, FloatVector n) {
        FloatVector coarse = coarse(x, n);
        FloatVector r = rest(coarse, n);
        FloatVector y = r.add(tail(coarse, n, r));
        return low.fma(y.add(1f), y);
    }

    /// As [#expm1Of], with fewer digits: its own error is up to a quarter of an ulp of 1.
    static FloatVector nearExpm1Of(FloatVector x, FloatVector low, FloatVector n) {
        FloatVector r = coarse(x, n).add(n.fma(constant(-Constants.LN2_LOW), low));
        return Polynomials.expCurve(r).fma(r.mul(r), r);
    }

    /// `e^x`
    static FloatVector exp(FloatVector x) {
        FloatVector y = nearExp(x);
        VectorMask<Float> far = far(x);
        if (far.anyTrue()) {
            FloatVector c = atMost(atLeast(x, Constants.EXP_MIN), Constants.EXP_MAX);
            y = y.blend(times(constant(1f), c), far);
        }
        return y;
    }

    /// `e^x` for x that is not far; anything for NaN.
    static FloatVector nearExp(FloatVector x) {
        FloatVector shifted = shiftedExponent(x);
        FloatVector n = shifted.sub(Constants.ROUND);
        FloatVector r = rest(coarse(x, n), n);
        FloatVector y = Polynomials.expCurve(r).fma(r.mul(r), r).add(1f);
        return timesPower(y, shifted);
    }

    /// Where e^x or its reciprocal lacks digits, and at NaN.
    private static VectorMask<Float> far(FloatVector x) {
        return x.abs().compare(VectorOperators.LT, Constants.EXP_NORMAL).not();
    }

    /// A number whose lowest bits are those of n.
    static FloatVector shiftedExponent(FloatVector x) {
        return x.fma(constant((float) 1.4426950408889634), constant(Constants.ROUND));
    }

    /// `y·2^n` for normal numbers, n being the lowest bits of `shifted`.
    static FloatVector timesPower(FloatVector y, FloatVector shifted) {
        return y.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Constants.FRACTION))
                .reinterpretAsFloats();
    }

    /// `factor·e^c`, rounded once more, for c whose exponential overflows or underflows by little.
    private static FloatVector times(FloatVector factor, FloatVector c) {
        FloatVector n = exponent(c);
        FloatVector r = rest(coarse(c, n), n);
        return scale(Polynomials.expTail(r).add(r).add(1f).mul(factor), n);
    }

    /// `2^x`
    static FloatVector exp2(FloatVector x) {
        FloatVector c = atMost(atLeast(x, Constants.EXP2_MIN), Constants.EXP2_MAX);
        FloatVector n = nearestSmall(c);
        FloatVector r = c.sub(n);
        FloatVector y = r.fma(constant((float) 0.6931471805599453), Polynomials.exp2Tail(r));
        return scale(y.add(1f), n);
    }

    /// `e^x - 1`, also where x is close to 0.
    static FloatVector expm1(FloatVector x) {
        FloatVector c = atMost(atLeast(x, Constants.EXPM1_MIN), Constants.EXP_MAX);
        FloatVector n = exponent(c);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        // half the result: 2^n itself may be infinite
        FloatVector half = power2(n.sub(1f));
        FloatVector first = half.sub(0.5f);
        FloatVector firstLow = half.sub(first).sub(0.5f);
        FloatVector y = half.fma(r, first);
        FloatVector yLow = half.fma(r, first.sub(y)).add(firstLow);
        y = y.add(half.fma(tail(coarse, n, r), yLow)).mul(2f);
        return y.blend(x, x.abs().compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    /// `1 / (1 + e^-x)`
    static FloatVector sigmoid(FloatVector x) {
        FloatVector y = nearSigmoid(x);
        VectorMask<Float> far = farSigmoid(x);
        if (far.anyTrue()) {
            y = y.blend(timesFarSigmoid(constant(1f), x), far);
        }
        return y;
    }

    /// `x / (1 + e^-x)`; NaN at -∞.
    static FloatVector silu(FloatVector x) {
        FloatVector y = x.mul(nearSigmoid(x));
        VectorMask<Float> far = farSigmoid(x);
        if (far.anyTrue()) {
            FloatVector z = timesFarSigmoid(atLeast(x, Constants.EXP_MIN - 6f), x);
            z = z.blend(Float.NaN, x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
            y = y.blend(z, far);
        }
        return y;
    }

    /// Where e^-|x| is so small that its square is nothing beside 1, and at NaN.
    private static VectorMask<Float> farSigmoid(FloatVector x) {
        return x.abs().compare(VectorOperators.LT, Constants.SIGMOID_NEAR).not();
    }

    /// `factor·sigmoid(x)` for x that is far: with `z = e^-|x|` it is `factor·(1 - z)`, for
    /// negative x times z.
    private static FloatVector timesFarSigmoid(FloatVector factor, FloatVector x) {
        FloatVector c = atLeast(x.abs().neg(), Constants.EXP_MIN - 6f);
        FloatVector n = exponent(c);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        FloatVector tail = tail(coarse, n, r);
        FloatVector grown = tail.add(r).add(1f);
        FloatVector z = scale(grown, n);
        FloatVector below = scale(z.fma(grown.neg(), tail).add(r).add(1f).mul(factor), n);
        return below.blend(factor.mul(constant(1f).sub(z)), positive(x));
    }

    /// `1/(1 + e^-x)` for x that is not far: 1 + 2^n is exact.
    private static FloatVector nearSigmoid(FloatVector x) {
        FloatVector c = x.neg();
        FloatVector shifted = shiftedExponent(c);
        FloatVector n = shifted.sub(Constants.ROUND);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        FloatVector tail = Polynomials.expCurve(r).fma(r.mul(r), restLow(coarse, n, r));
        FloatVector power = timesPower(constant(1f), shifted);
        FloatVector first = power.add(1f);
        FloatVector d = power.fma(r, first);
        FloatVector dLow = power.fma(tail, power.fma(r, first.sub(d)));
        FloatVector y = constant(1f).div(d.add(dLow));
        FloatVector excess = dLow.fma(y, d.fma(y, constant(-1f)));
        return y.sub(excess.mul(y));
    }

    /// `(e^x - e^-x) / (e^x + e^-x)`
    static FloatVector tanh(FloatVector x) {
        FloatVector c = atMost(x.abs(), Constants.TANH_MAX).mul(2f);
        FloatVector n = exponent(c);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        // a = e^2|x| - 1
        FloatVector power = power2(n);
        FloatVector first = power.sub(1f);
        FloatVector b = power.fma(r, first);
        FloatVector bLow = power.fma(r, first.sub(b));
        bLow = power.fma(tail(coarse, n, r), bLow);
        FloatVector a = b.add(bLow);
        FloatVector aLow = b.sub(a).add(bLow);
        FloatVector d = a.add(2f);
        FloatVector dLow = sumLow(a, constant(2f), d).add(aLow);
        return copySign(quotient(a, aLow, d, dLow), x);
    }

    /// `cosh(r) - 1`
    private static FloatVector coshTail(FloatVector r) {
        return Polynomials.expTail(r).add(Polynomials.expTail(r.neg())).mul(0.5f);
    }

    /// `sinh(r) - r`
    private static FloatVector sinhTail(FloatVector r) {
        return Polynomials.expTail(r).sub(Polynomials.expTail(r.neg())).mul(0.5f);
    }

    /// `(e^x - e^-x) / 2`
    static FloatVector sinh(FloatVector x) {
        FloatVector c = atMost(x.abs(), Constants.EXP_MAX + 0.5f);
        FloatVector n = exponent(c);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        FloatVector coshTail = coshTail(r);
        FloatVector sinhTail = sinhTail(r).add(restLow(coarse, n, r));
        // half of sinh(n·log 2)·cosh(r) + cosh(n·log 2)·sinh(r)
        FloatVector grown = power2(n.sub(2f));
        FloatVector shrunk = power2(atMost(n, 60f).add(2f).neg());
        FloatVector sinhN = grown.sub(shrunk);
        FloatVector coshN = grown.add(shrunk);
        FloatVector sinhNLow = grown.sub(sinhN).sub(shrunk);
        FloatVector y = coshN.fma(r, sinhN);
        FloatVector yLow = coshN.fma(r, sinhN.sub(y)).add(sinhNLow);
        yLow = sinhN.fma(coshTail, yLow);
        yLow = coshN.fma(sinhTail, yLow);
        y = copySign(y.add(yLow).mul(2f), x);
        return y.blend(x, c.compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    /// `(e^x + e^-x) / 2`
    static FloatVector cosh(FloatVector x) {
        FloatVector c = atMost(x.abs(), Constants.EXP_MAX + 0.5f);
        FloatVector n = exponent(c);
        FloatVector coarse = coarse(c, n);
        FloatVector r = rest(coarse, n);
        FloatVector coshTail = coshTail(r);
        FloatVector sinhTail = sinhTail(r).add(restLow(coarse, n, r));
        // half of cosh(n·log 2)·cosh(r) + sinh(n·log 2)·sinh(r)
        FloatVector grown = power2(n.sub(2f));
        FloatVector shrunk = power2(atMost(n, 60f).add(2f).neg());
        FloatVector sinhN = grown.sub(shrunk);
        FloatVector coshN = grown.add(shrunk);
        FloatVector coshNLow = grown.sub(coshN).add(shrunk);
        FloatVector y = sinhN.fma(r, coshN);
        FloatVector yLow = sinhN.fma(r, coshN.sub(y)).add(coshNLow);
        yLow = coshN.fma(coshTail, yLow);
        yLow = sinhN.fma(sinhTail, yLow);
        return y.add(yLow).mul(2f);
    }

    /// `log(1 + e^x)`
    static FloatVector softplus(FloatVector x) {
        return atLeast(x, 0f).add(Logarithm.log1p(exp(x.abs().neg())));
    }
}
