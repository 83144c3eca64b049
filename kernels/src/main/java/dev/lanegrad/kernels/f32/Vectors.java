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
        return wholeAsX(nearest(x), x);
    }

    static FloatVector floor(FloatVector x) {
        FloatVector near = nearest(x);
        return wholeAsX(near.blend(near.sub(1f), near.compare(VectorOperators.GT, x)), x);
    }

    static FloatVector ceil(FloatVector x) {
        FloatVector near = nearest(x);
        return wholeAsX(near.blend(near.add(1f), near.compare(VectorOperators.LT, x)), x);
    }

    /// The whole number next to x on the side of 0.
    static FloatVector trunc(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector near = size.add(Constants.WHOLE).sub(Constants.WHOLE);
        return wholeAsX(near.blend(near.sub(1f), near.compare(VectorOperators.GT, size)), x);
    }

    /// [#rint] of sizes up to [Constants#WHOLE], but for the sign of 0.
    private static FloatVector nearest(FloatVector x) {
        FloatVector whole = withSign(constant(Constants.WHOLE), x);
        return x.add(whole).sub(whole);
    }

    /// `whole`, negative where x is; x itself where all numbers are whole, and where it is NaN.
    private static FloatVector wholeAsX(FloatVector whole, FloatVector x) {
        VectorMask<Float> small = x.abs().compare(VectorOperators.LT, Constants.WHOLE);
        return x.blend(withSign(whole, x), small);
    }

    /// x, negative also where `sign` is.
    private static FloatVector withSign(FloatVector x, FloatVector sign) {
        return x.reinterpretAsInts()
                .or(sign.reinterpretAsInts().and(Constants.SIGN))
                .reinterpretAsFloats();
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

    /// `y·2^n`, rounded once, for y about 1 and n from a little below [Constants#EXP2_MIN] to
    /// [Constants#EXP2_MAX].
    static FloatVector scale(FloatVector y, FloatVector n) {
        VectorMask<Float> small = n.compare(VectorOperators.LT, -Constants.STEP);
        FloatVector nearer = n.blend(n.add(Constants.STEP), small);
        FloatVector rest = constant(2f).blend(Constants.TWICE_STEP_POWER, small);
        return y.mul(power2(nearer.sub(1f))).mul(rest);
    }

    /// What `sum = a + b` lost in rounding.
    static FloatVector sumLow(FloatVector a, FloatVector b, FloatVector sum) {
        FloatVector second = sum.sub(a);
        return a.sub(sum.sub(second)).add(b.sub(second));
    }

    /// What `product = a·b` lost in rounding.
    static FloatVector productLow(FloatVector a, FloatVector b, FloatVector product) {
        return a.fma(b, product.neg());
    }

    /// What `root = √(x + xLow)` lost in rounding; 0 for 0.
    static FloatVector rootLow(FloatVector x, FloatVector xLow, FloatVector root) {
        FloatVector low = root.neg().fma(root, x).add(xLow).div(root.add(root));
        return low.blend(0f, root.compare(VectorOperators.EQ, 0f));
    }

    /// `(a + aLow) / (d + dLow)`
    static FloatVector quotient(FloatVector a, FloatVector aLow, FloatVector d, FloatVector dLow) {
        FloatVector inverse = constant(1f).div(d);
        FloatVector y = a.mul(inverse);
        FloatVector missing = y.neg().fma(d, a).add(aLow.sub(y.mul(dLow)));
        return missing.fma(inverse, y);
    }
}
