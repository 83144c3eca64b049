package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The formulas of the unary operations; each becomes a loop of its own (see [UnaryTemplate]).
///
/// Here arithmetic and rounding; functions and activations have files of their own.
final class UnaryFormulas {
    private UnaryFormulas() {}

    static FloatVector placeholder(FloatVector x, float p, float q) {
        return x.mul(p).add(q);
    }

    static FloatVector neg(FloatVector x) {
        return x.neg();
    }

    /// `x·p + q`
    static FloatVector affine(FloatVector x, float p, float q) {
        return x.mul(p).add(q);
    }

    static FloatVector abs(FloatVector x) {
        return x.abs();
    }

    /// 1, 0 or -1; 0 for NaN.
    static FloatVector sign(FloatVector x) {
        return FloatVector.zero(Lanes.S)
                .blend(1f, x.compare(VectorOperators.GT, 0f))
                .blend(-1f, x.compare(VectorOperators.LT, 0f));
    }

    static FloatVector square(FloatVector x) {
        return x.mul(x);
    }

    static FloatVector cube(FloatVector x) {
        return x.mul(x).mul(x);
    }

    static FloatVector reciprocal(FloatVector x) {
        return Vectors.constant(1f).div(x);
    }

    static FloatVector sqrt(FloatVector x) {
        return x.sqrt();
    }

    static FloatVector rsqrt(FloatVector x) {
        return Power.rsqrt(x);
    }

    static FloatVector floor(FloatVector x) {
        return Vectors.floor(x);
    }

    static FloatVector ceil(FloatVector x) {
        return Vectors.ceil(x);
    }

    /// To the nearest whole number, of two equally near ones to the even one.
    static FloatVector round(FloatVector x) {
        return Vectors.rint(x);
    }

    static FloatVector trunc(FloatVector x) {
        return Vectors.trunc(x);
    }

    /// What trunc cuts off; NaN for an infinity.
    static FloatVector frac(FloatVector x) {
        return x.sub(Vectors.trunc(x));
    }

    /// x within [p, q]; where p > q, q. NaN stays.
    static FloatVector clamp(FloatVector x, float p, float q) {
        FloatVector raised = x.blend(p, x.compare(VectorOperators.LT, p));
        return raised.blend(q, raised.compare(VectorOperators.GT, q));
    }

    /// `x^p`
    static FloatVector powScalar(FloatVector x, float p) {
        return Power.pow(x, Vectors.constant(p));
    }
}
