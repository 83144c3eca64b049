package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Elementary functions of vectors, for every kernel that needs one.
final class Elementary {
    private Elementary() {}

    static FloatVector constant(float value) {
        return FloatVector.broadcast(Lanes.S, value);
    }

    /// `e^x`
    static FloatVector exp(FloatVector x) {
        return x.lanewise(VectorOperators.EXP);
    }

    /// `2^x`
    static FloatVector exp2(FloatVector x) {
        return constant(2f).lanewise(VectorOperators.POW, x);
    }

    /// `e^x - 1`, also where x is close to 0.
    static FloatVector expm1(FloatVector x) {
        return x.lanewise(VectorOperators.EXPM1);
    }

    /// `log x`: -∞ at 0, NaN below.
    static FloatVector log(FloatVector x) {
        return x.lanewise(VectorOperators.LOG);
    }

    /// `log₂ x`
    static FloatVector log2(FloatVector x) {
        return log(x).mul((float) (1 / 0.6931471805599453));
    }

    /// `log₁₀ x`
    static FloatVector log10(FloatVector x) {
        return x.lanewise(VectorOperators.LOG10);
    }

    /// `log(1 + x)`, also where x is close to 0.
    static FloatVector log1p(FloatVector x) {
        return x.lanewise(VectorOperators.LOG1P);
    }

    static FloatVector sin(FloatVector x) {
        return x.lanewise(VectorOperators.SIN);
    }

    static FloatVector cos(FloatVector x) {
        return x.lanewise(VectorOperators.COS);
    }

    static FloatVector tan(FloatVector x) {
        return x.lanewise(VectorOperators.TAN);
    }

    static FloatVector asin(FloatVector x) {
        return x.lanewise(VectorOperators.ASIN);
    }

    static FloatVector acos(FloatVector x) {
        return x.lanewise(VectorOperators.ACOS);
    }

    static FloatVector atan(FloatVector x) {
        return x.lanewise(VectorOperators.ATAN);
    }

    static FloatVector atan2(FloatVector y, FloatVector x) {
        return y.lanewise(VectorOperators.ATAN2, x);
    }

    static FloatVector hypot(FloatVector a, FloatVector b) {
        return a.lanewise(VectorOperators.HYPOT, b);
    }

    static FloatVector pow(FloatVector x, FloatVector exponent) {
        return x.lanewise(VectorOperators.POW, exponent);
    }

    static FloatVector sinh(FloatVector x) {
        return x.lanewise(VectorOperators.SINH);
    }

    static FloatVector cosh(FloatVector x) {
        return x.lanewise(VectorOperators.COSH);
    }

    static FloatVector tanh(FloatVector x) {
        return x.lanewise(VectorOperators.TANH);
    }

    /// `1 / (1 + e^-x)`
    static FloatVector sigmoid(FloatVector x) {
        return constant(1f).div(exp(x.neg()).add(1f));
    }

    /// `log(1 + e^x)`
    static FloatVector softplus(FloatVector x) {
        FloatVector below = x.blend(0f, x.compare(VectorOperators.LT, 0f));
        return below.add(log1p(exp(x.abs().neg())));
    }

    /// The number of `magnitude`'s size with the sign of `sign`.
    static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
        return magnitude
                .reinterpretAsInts()
                .and(Constants.MAGNITUDE)
                .or(sign.reinterpretAsInts().and(Constants.SIGN))
                .reinterpretAsFloats();
    }

    /// The nearest whole number, of two equally near ones the even one.
    static FloatVector rint(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector whole = size.add(Constants.WHOLE).sub(Constants.WHOLE);
        VectorMask<Float> small = size.compare(VectorOperators.LT, Constants.WHOLE);
        return x.blend(copySign(whole, x), small);
    }

    static FloatVector floor(FloatVector x) {
        FloatVector near = rint(x);
        VectorMask<Float> above = near.compare(VectorOperators.GT, x);
        return near.blend(copySign(near.sub(1f), x), above);
    }

    static FloatVector ceil(FloatVector x) {
        return floor(x.neg()).neg();
    }

    /// The whole number next to x on the side of 0.
    static FloatVector trunc(FloatVector x) {
        return copySign(floor(x.abs()), x);
    }
}
