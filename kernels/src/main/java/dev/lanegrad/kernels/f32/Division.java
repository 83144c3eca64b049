package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.nearestSmall;
import static dev.lanegrad.kernels.f32.Vectors.negative;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Division with a remainder. Remainders are exact, however large the quotient.
final class Division {
    private Division() {}

    /// a less the quotient, rounded towards 0, times b; a's sign. NaN for infinite a and for b = 0.
    static FloatVector fmod(FloatVector a, FloatVector b) {
        FloatVector divisor = b.abs();
        FloatVector rest = a.abs();
        // a multiple of the divisor by a power of two that goes into the rest not too often
        FloatVector d = divisor;
        FloatVector next = d.mul(Constants.QUOTIENT);
        VectorMask<Float> far =
                next.compare(VectorOperators.LE, rest)
                        .and(rest.compare(VectorOperators.LT, Float.POSITIVE_INFINITY))
                        .and(d.compare(VectorOperators.GT, 0f));
        while (far.anyTrue()) {
            d = d.blend(next, far);
            next = d.mul(Constants.QUOTIENT);
            far = next.compare(VectorOperators.LE, rest).and(far);
        }
        VectorMask<Float> above = d.compare(VectorOperators.GT, divisor);
        while (above.anyTrue()) {
            rest = rest.blend(rest(rest, d), above);
            d = d.blend(d.mul(1f / Constants.QUOTIENT), above);
            above = d.compare(VectorOperators.GT, divisor);
        }
        return copySign(rest(rest, divisor), a);
    }

    /// The rest of a by d for a quotient of no more than [Constants#QUOTIENT].
    private static FloatVector rest(FloatVector a, FloatVector d) {
        FloatVector n = nearestSmall(a.div(d));
        FloatVector rest = n.neg().fma(d, a);
        VectorMask<Float> endless = d.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
        rest = rest.blend(a, endless.and(a.compare(VectorOperators.LT, d)));
        return rest.blend(rest.add(d), negative(rest));
    }

    /// As fmod, but with b's sign.
    static FloatVector remainder(FloatVector a, FloatVector b) {
        FloatVector rest = fmod(a, b);
        return rest.blend(rest.add(b), opposite(rest, b));
    }

    /// Where the rest is neither 0 nor of b's sign.
    private static VectorMask<Float> opposite(FloatVector rest, FloatVector b) {
        VectorMask<Float> up = rest.compare(VectorOperators.GT, 0f).and(negative(b));
        return up.or(negative(rest).andNot(negative(b)));
    }

    /// The quotient, rounded down; `a/b` for b = 0.
    static FloatVector floorDivide(FloatVector a, FloatVector b) {
        FloatVector quotient = a.div(b);
        FloatVector rest = fmod(a, b);
        FloatVector whole = a.sub(rest).div(b);
        whole = whole.blend(whole.sub(1f), opposite(rest, b));
        FloatVector down = Vectors.floor(whole);
        down = down.blend(down.add(1f), whole.sub(down).compare(VectorOperators.GT, 0.5f));
        FloatVector none = copySign(constant(0f), quotient);
        down = down.blend(none, whole.compare(VectorOperators.EQ, 0f));
        return down.blend(quotient, b.compare(VectorOperators.EQ, 0f));
    }

    /// The quotient, rounded towards 0.
    static FloatVector truncDivide(FloatVector a, FloatVector b) {
        return Vectors.trunc(a.div(b));
    }
}
