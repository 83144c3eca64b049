package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The gradients of arithmetic and of elementary functions: of the output's gradient `gy` and of
/// what the operation kept, its input `x` or its output `y`.
///
/// `exp` has none here: its gradient is `mul(gy, y)`.
final class BinaryFormulasGradient {
    private BinaryFormulasGradient() {}

    /// `gy` with the sign of x, 0 at 0.
    static FloatVector absBackward(FloatVector gy, FloatVector x) {
        return gy.mul(UnaryFormulas.sign(x));
    }

    static FloatVector squareBackward(FloatVector gy, FloatVector x) {
        return gy.mul(x.mul(2f));
    }

    static FloatVector cubeBackward(FloatVector gy, FloatVector x) {
        return gy.mul(x.mul(x).mul(3f));
    }

    static FloatVector reciprocalBackward(FloatVector gy, FloatVector y) {
        return gy.neg().mul(y.mul(y));
    }

    /// ±∞ at ±0.
    static FloatVector sqrtBackward(FloatVector gy, FloatVector y) {
        return gy.div(y.mul(2f));
    }

    static FloatVector rsqrtBackward(FloatVector gy, FloatVector y) {
        return gy.mul(-0.5f).mul(y.mul(y).mul(y));
    }

    /// `gy` where x is within [p, q], the ends included, else 0.
    static FloatVector clampBackward(FloatVector gy, FloatVector x, float p, float q) {
        VectorMask<Float> within =
                x.compare(VectorOperators.GE, p).and(x.compare(VectorOperators.LE, q));
        return FloatVector.zero(Lanes.S).blend(gy, within);
    }

    /// `gy·p·x^(p-1)`, 0 for p = 0.
    static FloatVector powScalarBackward(FloatVector gy, FloatVector x, float p) {
        FloatVector slope = UnaryFormulas.powScalar(x, p - 1f).mul(p);
        return gy.mul(slope).blend(0f, constant(p).compare(VectorOperators.EQ, 0f));
    }

    static FloatVector exp2Backward(FloatVector gy, FloatVector y) {
        return gy.mul(y.mul((float) 0.6931471805599453));
    }

    static FloatVector expm1Backward(FloatVector gy, FloatVector y) {
        return gy.mul(y.add(1f));
    }

    static FloatVector logBackward(FloatVector gy, FloatVector x) {
        return gy.div(x);
    }

    static FloatVector log2Backward(FloatVector gy, FloatVector x) {
        return gy.div(x.mul((float) 0.6931471805599453));
    }

    static FloatVector log10Backward(FloatVector gy, FloatVector x) {
        return gy.div(x.mul((float) 2.302585092994046));
    }

    static FloatVector log1pBackward(FloatVector gy, FloatVector x) {
        return gy.div(x.add(1f));
    }

    static FloatVector sinBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Trigonometry.cos(x));
    }

    static FloatVector cosBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Trigonometry.sin(x).neg());
    }

    static FloatVector tanBackward(FloatVector gy, FloatVector y) {
        return gy.mul(y.mul(y).add(1f));
    }

    static FloatVector asinBackward(FloatVector gy, FloatVector x) {
        return gy.mul(UnaryFormulas.rsqrt(constant(1f).sub(x.mul(x))));
    }

    static FloatVector acosBackward(FloatVector gy, FloatVector x) {
        return gy.neg().mul(UnaryFormulas.rsqrt(constant(1f).sub(x.mul(x))));
    }

    static FloatVector atanBackward(FloatVector gy, FloatVector x) {
        return gy.div(x.mul(x).add(1f));
    }

    static FloatVector sinhBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Exponential.cosh(x));
    }

    static FloatVector coshBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Exponential.sinh(x));
    }

    static FloatVector tanhBackward(FloatVector gy, FloatVector y) {
        return gy.mul(constant(1f).sub(y.mul(y)));
    }

    static FloatVector sigmoidBackward(FloatVector gy, FloatVector y) {
        return gy.mul(constant(1f).sub(y).mul(y));
    }

    static FloatVector asinhBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Power.rsqrt(x.mul(x).add(1f)));
    }

    static FloatVector acoshBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Power.rsqrt(x.mul(x).sub(1f)));
    }

    static FloatVector atanhBackward(FloatVector gy, FloatVector x) {
        return gy.div(constant(1f).sub(x.mul(x)));
    }

    static FloatVector erfBackward(FloatVector gy, FloatVector x) {
        return gy.mul(erfSlope(x));
    }

    static FloatVector erfcBackward(FloatVector gy, FloatVector x) {
        return gy.mul(erfSlope(x).neg());
    }

    private static FloatVector erfSlope(FloatVector x) {
        return ErrorFunction.bell(x, 1f).mul((float) 1.1283791670955126);
    }

    static FloatVector lgammaBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Gamma.digamma(x));
    }

    static FloatVector digammaBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Gamma.trigamma(x));
    }

    /// Of `xlogy(x, b)` for x: `gy·log b`.
    static FloatVector xlogyBackwardSelf(FloatVector gy, FloatVector b) {
        return BinaryFormulas.xlogy(gy, b);
    }

    /// Of `prelu(x, w)` for w: `gy·x` where x is not positive, else 0.
    static FloatVector preluBackwardWeight(FloatVector gy, FloatVector x) {
        return gy.mul(x).blend(0f, x.compare(VectorOperators.GT, 0f));
    }
}
