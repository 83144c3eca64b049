package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The formulas of the binary operations; each becomes a loop of its own (see [BinaryTemplate]).
///
/// Here arithmetic and functions of two numbers; gradients have files of their own.
final class BinaryFormulas {
    private BinaryFormulas() {}

    static FloatVector placeholder(FloatVector a, FloatVector b, float p, float q) {
        return a.fma(b.mul(p), b.mul(q));
    }

    static FloatVector add(FloatVector a, FloatVector b) {
        return a.add(b);
    }

    /// `a + p·b`
    static FloatVector addScaled(FloatVector a, FloatVector b, float p) {
        return a.add(b.mul(p));
    }

    static FloatVector sub(FloatVector a, FloatVector b) {
        return a.sub(b);
    }

    static FloatVector mul(FloatVector a, FloatVector b) {
        return a.mul(b);
    }

    static FloatVector div(FloatVector a, FloatVector b) {
        return a.div(b);
    }

    /// The larger one, NaN where either is.
    static FloatVector maximum(FloatVector a, FloatVector b) {
        VectorMask<Float> other = b.compare(VectorOperators.GT, a);
        return a.blend(b, other.or(b.compare(VectorOperators.NE, b)));
    }

    /// The smaller one, NaN where either is.
    static FloatVector minimum(FloatVector a, FloatVector b) {
        VectorMask<Float> other = b.compare(VectorOperators.LT, a);
        return a.blend(b, other.or(b.compare(VectorOperators.NE, b)));
    }

    /// The larger one, NaN where both are.
    static FloatVector fmax(FloatVector a, FloatVector b) {
        VectorMask<Float> other = b.compare(VectorOperators.GT, a);
        return a.blend(b, other.or(a.compare(VectorOperators.NE, a)));
    }

    /// The smaller one, NaN where both are.
    static FloatVector fmin(FloatVector a, FloatVector b) {
        VectorMask<Float> other = b.compare(VectorOperators.LT, a);
        return a.blend(b, other.or(a.compare(VectorOperators.NE, a)));
    }

    /// `a^b`, as C's `pow`.
    static FloatVector pow(FloatVector a, FloatVector b) {
        return Power.pow(a, b);
    }

    /// The angle of the point (b, a), in radians from -π to π.
    static FloatVector atan2(FloatVector a, FloatVector b) {
        return Trigonometry.atan2(a, b);
    }

    /// `√(a² + b²)` without overflow between.
    static FloatVector hypot(FloatVector a, FloatVector b) {
        return Power.hypot(a, b);
    }

    /// The size of a with the sign of b.
    static FloatVector copysign(FloatVector a, FloatVector b) {
        return Vectors.copySign(a, b);
    }

    /// `log(e^a + e^b)`
    static FloatVector logaddexp(FloatVector a, FloatVector b) {
        FloatVector distance = a.sub(b).abs().neg();
        FloatVector sum = maximum(a, b).add(Logarithm.log1p(Exponential.exp(distance)));
        return sum.blend(a, sameInfinity(a, b));
    }

    /// `log₂(2^a + 2^b)`
    static FloatVector logaddexp2(FloatVector a, FloatVector b) {
        FloatVector distance = a.sub(b).abs().neg();
        FloatVector rest = Logarithm.log1p(Exponential.exp2(distance));
        FloatVector sum = maximum(a, b).add(rest.div((float) 0.6931471805599453));
        return sum.blend(a, sameInfinity(a, b));
    }

    private static VectorMask<Float> sameInfinity(FloatVector a, FloatVector b) {
        VectorMask<Float> infinite = a.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
        return infinite.and(a.compare(VectorOperators.EQ, b));
    }

    /// `a·log b`, 0 where a is 0 and b a number.
    static FloatVector xlogy(FloatVector a, FloatVector b) {
        VectorMask<Float> zero = a.compare(VectorOperators.EQ, 0f);
        VectorMask<Float> number = b.compare(VectorOperators.EQ, b);
        return a.mul(Logarithm.log(b)).blend(0f, zero.and(number));
    }

    /// a where it is positive, else `a·b`.
    static FloatVector prelu(FloatVector a, FloatVector b) {
        return a.mul(b).blend(a, a.compare(VectorOperators.GT, 0f));
    }

    /// `a·sigmoid(b)`
    static FloatVector glu(FloatVector a, FloatVector b) {
        return a.mul(Exponential.sigmoid(b));
    }

    /// What is left of a by the quotient rounded towards 0; exact.
    static FloatVector fmod(FloatVector a, FloatVector b) {
        return Division.fmod(a, b);
    }

    /// What is left of a by the quotient rounded down; exact.
    static FloatVector remainder(FloatVector a, FloatVector b) {
        return Division.remainder(a, b);
    }

    /// The quotient, rounded down.
    static FloatVector floorDivide(FloatVector a, FloatVector b) {
        return Division.floorDivide(a, b);
    }

    /// The quotient, rounded towards 0.
    static FloatVector truncDivide(FloatVector a, FloatVector b) {
        return Division.truncDivide(a, b);
    }
}
