package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Words for vectors that the vector type lacks.
final class Vectors {
    private Vectors() {}

    static FloatVector constant(float value) {
        return FloatVector.broadcast(Lanes.S, value);
    }

    static FloatVector zero() {
        return FloatVector.zero(Lanes.S);
    }

    /// x, but no less than `least`; NaN stays. (The vector type's own `max` is slower: it orders -0
    /// and 0.)
    static FloatVector atLeast(FloatVector x, float least) {
        return x.blend(least, x.compare(VectorOperators.LT, least));
    }

    /// x, but no more than `most`; NaN stays.
    static FloatVector atMost(FloatVector x, float most) {
        return x.blend(most, x.compare(VectorOperators.GT, most));
    }

    static VectorMask<Float> positive(FloatVector x) {
        return x.compare(VectorOperators.GT, 0f);
    }

    static VectorMask<Float> negative(FloatVector x) {
        return x.compare(VectorOperators.LT, 0f);
    }

    static VectorMask<Float> isNaN(FloatVector x) {
        return x.compare(VectorOperators.NE, x);
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

    /// The whole number nearest to x, for sizes below a quarter of [Constants#WHOLE].
    static FloatVector nearestSmall(FloatVector x) {
        return x.add(Constants.ROUND).sub(Constants.ROUND);
    }

    /// `2^n` for whole n within the exponents of normal numbers.
    static FloatVector power2(FloatVector n) {
        return n.add(Constants.ROUND_BIASED)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, Constants.FRACTION)
                .reinterpretAsFloats();
    }

    /// `y·2^n`, rounded once, for n of up to twice the exponents of normal numbers.
    static FloatVector scale(FloatVector y, FloatVector n) {
        FloatVector half = nearestSmall(n.mul(0.5f));
        return y.mul(power2(half)).mul(power2(n.sub(half)));
    }
}
