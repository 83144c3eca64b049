package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.productLow;
import static dev.lanegrad.kernels.f32.Vectors.scale;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The error function, within 1 ulp, and what is made of the same integral of e^(-x²): within 2
/// ulp, also where it is close to 0. The same bits on every machine that has fused multiply-add and
/// at every vector width.
final class ErrorFunction {
    private ErrorFunction() {}

    /// `erf(x) - x` for |x| ≤ 1.
    private static FloatVector tail(FloatVector x) {
        return x.mul(Polynomials.erfTail(x.mul(x)));
    }

    /// `erfc(x)` for x ≥ ½, of x and `h + low = x²`.
    static FloatVector upper(FloatVector x, FloatVector h, FloatVector low) {
        FloatVector d = x.add(3f);
        FloatVector a = x.sub(3f);
        FloatVector aLow = x.sub(a.add(3f));
        FloatVector dLow = x.sub(d.sub(3f));
        FloatVector t = a.div(d);
        // what t lacks moves x by its product with (x + 3)²/6
        FloatVector lacks = t.neg().fma(d, a).add(aLow.sub(t.mul(dLow)));
        lacks = lacks.mul(d.mul((float) (1.0 / 6)));
        FloatVector r = Polynomials.erfcScaled(t);
        FloatVector slope = x.add(x).fma(r, constant((float) -1.1283791670955126));
        r = lacks.fma(slope, r);
        FloatVector n = Exponential.exponent(h.neg());
        FloatVector e = Exponential.expm1Of(h.neg(), low.neg(), n);
        return scale(r.fma(e, r), n);
    }

    /// `e^(-factor·x²)`, its exponent not rounded.
    static FloatVector bell(FloatVector x, float factor) {
        FloatVector size = atMost(x.abs(), -Constants.EXP_MIN);
        FloatVector square = size.mul(size);
        FloatVector low = productLow(size, size, square).mul(-factor);
        FloatVector c = Vectors.atLeast(square.mul(-factor), Constants.EXP_MIN);
        FloatVector n = Exponential.exponent(c);
        return scale(Exponential.expm1Of(c, low, n).add(1f), n);
    }

    /// `2/√π` times the integral of `e^(-t²)` from 0 to x.
    static FloatVector erf(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector y = size.add(tail(size));
        FloatVector far = constant(1f).sub(CoarseErfc.erfc(size));
        return copySign(y.blend(far, size.compare(VectorOperators.GE, 1f)), x);
    }

    /// `1 - erf(x)`
    static FloatVector erfc(FloatVector x) {
        FloatVector size = atMost(x.abs(), Constants.ERFC_MAX);
        FloatVector h = size.mul(size);
        return ofBoth(x, upper(size, h, productLow(size, size, h)));
    }

    /// `½·erfc(-x/√2)`: the probability that a normally distributed number is below x.
    static FloatVector normalDistribution(FloatVector x) {
        FloatVector z = x.mul((float) -0.7071067811865476);
        FloatVector limit = constant(Constants.ERFC_MAX * (float) 1.4142135623730951);
        FloatVector size = x.abs();
        size = size.blend(limit, size.compare(VectorOperators.GT, limit));
        FloatVector square = size.mul(size);
        FloatVector low = productLow(size, size, square).mul(0.5f);
        FloatVector a = size.mul((float) 0.7071067811865476);
        return ofBoth(z, upper(a, square.mul(0.5f), low)).mul(0.5f);
    }

    /// `erfc(x)`, of `erfc(|x|)` where |x| ≥ ½.
    private static FloatVector ofBoth(FloatVector x, FloatVector upper) {
        VectorMask<Float> small = x.abs().compare(VectorOperators.LT, 0.5f);
        FloatVector first = constant(1f).sub(x);
        FloatVector low = constant(1f).sub(first).sub(x);
        FloatVector y = upper.blend(constant(2f).sub(upper), negative(x));
        return y.blend(first.add(low.sub(tail(x))), small);
    }
}
