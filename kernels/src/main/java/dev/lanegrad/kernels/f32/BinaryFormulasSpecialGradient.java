package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The gradients of special functions: of the output's gradient `gy` and of the input x.
final class BinaryFormulasSpecialGradient {
    private BinaryFormulasSpecialGradient() {}

    /// `gy/(x·(1 - x))`, infinite at 0 and 1; 0 outside of [p, 1 - p], and NaN outside of [0, 1]
    /// where p is negative.
    static FloatVector logitBackward(FloatVector gy, FloatVector x, float p) {
        FloatVector product = x.mul(constant(1f).sub(x));
        FloatVector slope = gy.div(product);
        slope =
                slope.blend(
                        gy.mul(Float.POSITIVE_INFINITY), product.compare(VectorOperators.EQ, 0f));
        float least = p < 0f ? 0f : p;
        VectorMask<Float> outside =
                x.compare(VectorOperators.LT, least).or(x.compare(VectorOperators.GT, 1f - least));
        return slope.blend(p < 0f ? Float.NaN : 0f, outside);
    }

    static FloatVector i0Backward(FloatVector gy, FloatVector x) {
        return gy.mul(Bessel.i1(x));
    }

    static FloatVector i1Backward(FloatVector gy, FloatVector x) {
        return gy.mul(Bessel.i1Slope(x));
    }

    /// `-gy·(1 + log x)`
    static FloatVector entrBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Logarithm.log(x).add(1f).neg());
    }

    /// `gy·(πx·cos πx - sin πx)/πx²`; near 0, where the difference cancels, by its Taylor series.
    static FloatVector sincBackward(FloatVector gy, FloatVector x) {
        float pi = (float) 3.141592653589793;
        FloatVector angle = x.mul(pi);
        FloatVector square = angle.mul(angle);
        FloatVector far = angle.mul(Trigonometry.cos(angle)).sub(Trigonometry.sin(angle));
        FloatVector near = angle.mul(pi).mul(sincSlope(square));
        VectorMask<Float> small = square.compare(VectorOperators.LT, 1f);
        FloatVector slope = far.div(x.mul(angle)).blend(near, small);
        return gy.mul(slope).blend(zero(), x.compare(VectorOperators.EQ, 0f));
    }

    /// `(a·cos a - sin a)/a³` of a² up to 1: `Σ (-1)^k·2k/(2k + 1)!·a^(2k - 2)`.
    private static FloatVector sincSlope(FloatVector square) {
        FloatVector y = constant((float) (-1 / 6758061133824000.0));
        y = y.fma(square, constant((float) (1 / 22230464256000.0)));
        y = y.fma(square, constant((float) (-1 / 93405312000.0)));
        y = y.fma(square, constant((float) (1 / 518918400.0)));
        y = y.fma(square, constant((float) (-1 / 3991680.0)));
        y = y.fma(square, constant((float) (1 / 45360.0)));
        y = y.fma(square, constant((float) (-1 / 840.0)));
        y = y.fma(square, constant((float) (1 / 30.0)));
        return y.fma(square, constant((float) (-1 / 3.0)));
    }
}
