package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Special functions, and what replaces special values, as unary operations.
final class UnaryFormulasSpecial {
    private UnaryFormulasSpecial() {}

    /// `log(x / (1 - x))` of x within [p, 1 - p]; of x as it is where p is negative.
    static FloatVector logit(FloatVector x, float p) {
        FloatVector within = UnaryFormulas.clamp(x, p, 1f - p);
        FloatVector z = p < 0f ? x : within;
        FloatVector y = Logarithm.log(z.div(constant(1f).sub(z)));
        return y.blend(Float.POSITIVE_INFINITY, z.compare(VectorOperators.EQ, 1f));
    }

    static FloatVector i0(FloatVector x) {
        return Bessel.i0(x);
    }

    static FloatVector i1(FloatVector x) {
        return Bessel.i1(x);
    }

    /// `-x·log x`: 0 at 0, -∞ below.
    static FloatVector entr(FloatVector x) {
        FloatVector y = x.neg().mul(Logarithm.log(x));
        return y.blend(0f, x.compare(VectorOperators.EQ, 0f))
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.LT, 0f));
    }

    /// `sin πx / πx`, 1 at 0.
    static FloatVector sinc(FloatVector x) {
        FloatVector angle = x.mul((float) 3.141592653589793);
        VectorMask<Float> zero = x.compare(VectorOperators.EQ, 0f);
        return Trigonometry.sin(angle).div(angle).blend(1f, zero);
    }

    /// x, but p for NaN.
    static FloatVector nanTo(FloatVector x, float p) {
        return x.blend(p, x.compare(VectorOperators.NE, x));
    }

    /// x, but p for ∞ and q for -∞.
    static FloatVector infinityTo(FloatVector x, float p, float q) {
        return x.blend(p, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
                .blend(q, x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    }

    /// x, but 0 for NaN, p for ∞ and q for -∞.
    static FloatVector nanToZero(FloatVector x, float p, float q) {
        return infinityTo(x, p, q).blend(0f, x.compare(VectorOperators.NE, x));
    }
}
