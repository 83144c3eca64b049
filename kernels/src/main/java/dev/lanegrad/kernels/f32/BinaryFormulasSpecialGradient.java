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

    /// `gy·(πx·cos πx - sin πx)/πx²`, 0 at 0.
    static FloatVector sincBackward(FloatVector gy, FloatVector x) {
        float pi = (float) 3.141592653589793;
        FloatVector angle = x.mul(pi);
        FloatVector square = x.mul(x).mul(pi);
        FloatVector slope = angle.mul(Trigonometry.cos(angle)).sub(Trigonometry.sin(angle));
        VectorMask<Float> none = square.compare(VectorOperators.EQ, 0f);
        return gy.mul(slope.div(square)).blend(zero(), none);
    }
}
