package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The formulas of the ternary operations; each becomes a loop of its own (see [TernaryTemplate]).
///
/// Those named `...Backward` are gradients of `f(a, b)`, for the gradient `gy` of its value; `Self`
/// means that of a and `Other` that of b. Where there is but one, f is symmetric: for b's, swap.
final class TernaryFormulas {
    private TernaryFormulas() {}

    static FloatVector placeholder(FloatVector a, FloatVector b, FloatVector c, float p, float q) {
        return a.fma(b.mul(p), c.mul(q));
    }

    /// `a + c·(b - a)`, computed from the nearer end.
    static FloatVector lerp(FloatVector a, FloatVector b, FloatVector c) {
        FloatVector way = b.sub(a);
        FloatVector fromA = a.add(c.mul(way));
        FloatVector fromB = b.sub(way.mul(constant(1f).sub(c)));
        return fromB.blend(fromA, c.abs().compare(VectorOperators.LT, 0.5f));
    }

    /// a within [b, c]; where b > c, c. NaN where any of them is.
    static FloatVector clamp(FloatVector a, FloatVector b, FloatVector c) {
        return BinaryFormulas.minimum(BinaryFormulas.maximum(a, b), c);
    }

    /// `a + p·b·c`
    static FloatVector addcmul(FloatVector a, FloatVector b, FloatVector c, float p) {
        return a.add(b.mul(p).mul(c));
    }

    /// `a + p·b/c`
    static FloatVector addcdiv(FloatVector a, FloatVector b, FloatVector c, float p) {
        return a.add(b.mul(p).div(c));
    }

    /// Of a quotient for its divisor: `-gy·(a/b)/b`.
    static FloatVector divGradDivisor(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.neg().mul(a.div(b).div(b));
    }

    /// `gy·b·a^(b-1)`, 0 where b is 0.
    static FloatVector powBackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        FloatVector slope = b.mul(Power.pow(a, b.sub(1f)));
        return gy.mul(slope).blend(0f, b.compare(VectorOperators.EQ, 0f));
    }

    /// `gy·a^b·log a`, 0 where a is 0 and b is not negative.
    static FloatVector powBackwardExponent(FloatVector gy, FloatVector a, FloatVector b) {
        FloatVector slope = Power.pow(a, b).mul(Logarithm.log(a));
        VectorMask<Float> zero =
                a.compare(VectorOperators.EQ, 0f).and(b.compare(VectorOperators.GE, 0f));
        return gy.mul(slope.blend(0f, zero));
    }

    /// `gy` where a is the larger one, half of it where they are equal.
    static FloatVector maximumBackward(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.blend(gy.mul(0.5f), a.compare(VectorOperators.EQ, b))
                .blend(0f, a.compare(VectorOperators.LT, b));
    }

    /// `gy` where a is the smaller one, half of it where they are equal.
    static FloatVector minimumBackward(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.blend(gy.mul(0.5f), a.compare(VectorOperators.EQ, b))
                .blend(0f, a.compare(VectorOperators.GT, b));
    }

    /// Both for a point (b, a): `gy·b/(a² + b²)`, 0 at the origin.
    static FloatVector atan2BackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.mul(b).mul(inverseSquare(a, b));
    }

    /// `-gy·a/(a² + b²)`, -0 at the origin.
    static FloatVector atan2BackwardOther(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.mul(a.neg()).mul(inverseSquare(a, b));
    }

    private static FloatVector inverseSquare(FloatVector a, FloatVector b) {
        FloatVector square = a.mul(a).add(b.mul(b));
        return constant(1f).div(square).blend(0f, square.compare(VectorOperators.EQ, 0f));
    }

    /// `gy·a/y` for `y = hypot(a, b)`; NaN at the origin.
    static FloatVector hypotBackward(FloatVector gy, FloatVector a, FloatVector y) {
        return gy.mul(a.div(y));
    }

    /// `gy·e^a/(e^a + e^b)`
    static FloatVector logaddexpBackward(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.mul(Exponential.sigmoid(a.sub(b)));
    }

    /// `gy·b` where a is not positive, else `gy`.
    static FloatVector preluBackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.mul(b).blend(gy, a.compare(VectorOperators.GT, 0f));
    }

    /// `gy·2^a/(2^a + 2^b)`
    static FloatVector logaddexp2Backward(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.mul(Exponential.sigmoid(a.sub(b).mul((float) 0.6931471805599453)));
    }

    /// `gy` where a is the value of `fmax(a, b)`: a at equal ones.
    static FloatVector fmaxBackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        VectorMask<Float> mine =
                a.compare(VectorOperators.GE, b).or(b.compare(VectorOperators.NE, b));
        return Vectors.zero().blend(gy, mine);
    }

    static FloatVector fmaxBackwardOther(FloatVector gy, FloatVector a, FloatVector b) {
        VectorMask<Float> mine =
                a.compare(VectorOperators.GE, b).or(b.compare(VectorOperators.NE, b));
        return gy.blend(0f, mine);
    }

    /// `gy` where a is the value of `fmin(a, b)`: a at equal ones.
    static FloatVector fminBackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        VectorMask<Float> mine =
                a.compare(VectorOperators.LE, b).or(b.compare(VectorOperators.NE, b));
        return Vectors.zero().blend(gy, mine);
    }

    static FloatVector fminBackwardOther(FloatVector gy, FloatVector a, FloatVector b) {
        VectorMask<Float> mine =
                a.compare(VectorOperators.LE, b).or(b.compare(VectorOperators.NE, b));
        return gy.blend(0f, mine);
    }

    /// `-gy` times the quotient `a/b`, rounded towards 0.
    static FloatVector fmodBackwardOther(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.neg().mul(Division.truncDivide(a, b));
    }

    /// `-gy` times the quotient `a/b`, rounded down.
    static FloatVector remainderBackwardOther(FloatVector gy, FloatVector a, FloatVector b) {
        return gy.neg().mul(Division.floorDivide(a, b));
    }

    /// `gy` with the sign change that `copysign(a, b)` made; 0 where a is 0.
    static FloatVector copysignBackwardSelf(FloatVector gy, FloatVector a, FloatVector b) {
        FloatVector one = Vectors.copySign(constant(1f), b);
        FloatVector sign = UnaryFormulas.sign(a);
        return gy.mul(one.mul(sign));
    }
}
