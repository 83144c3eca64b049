package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The modified Bessel functions of the first kind of orders 0 and 1, within 8 ulp: power series
/// near 0, and Chebyshev series of what is left of them without their exponential elsewhere.
final class Bessel {
    /// Where one series takes over from the other.
    static final float LARGE = 8;

    private Bessel() {}

    static FloatVector i0(FloatVector x) {
        FloatVector size = x.abs();
        return joined(size, powers(BesselSeries.I0_SMALL, size), BesselSeries.I0_LARGE);
    }

    /// Odd: `I1(-x) = -I1(x)`.
    static FloatVector i1(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector near = powers(BesselSeries.I1_SMALL, size).mul(size.mul(0.5f));
        return copySign(joined(size, near, BesselSeries.I1_LARGE), x);
    }

    /// `I1'(x) = I0(x) - I1(x)/x`, ½ at 0.
    static FloatVector i1Slope(FloatVector x) {
        VectorMask<Float> small = x.abs().compare(VectorOperators.LE, Constants.HALF_ULP);
        return i0(x).sub(i1(x).div(x)).blend(0.5f, small);
    }

    /// `near` up to [#LARGE]; from there on the series times e^x/√x, in two steps: e^x alone
    /// overflows before the product does.
    private static FloatVector joined(FloatVector x, FloatVector near, float[] large) {
        VectorMask<Float> far = x.compare(VectorOperators.GT, LARGE);
        FloatVector root = Exponential.exp(x.mul(0.5f));
        FloatVector away = series(large, constant(32f).div(x).sub(2f)).div(x.sqrt());
        FloatVector y = near.blend(root.mul(root.mul(away)), far);
        return y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    }

    /// The power series of `(x/2)²`: all terms are positive, so that nothing cancels.
    private static FloatVector powers(float[] coefficients, FloatVector x) {
        FloatVector half = x.mul(0.5f);
        FloatVector square = half.mul(half);
        FloatVector y = zero();
        int k = 0;
        while (k < coefficients.length) {
            y = y.fma(square, constant(coefficients[k]));
            k++;
        }
        return y;
    }

    /// The Chebyshev series of `twice / 2`, by Clenshaw's recurrence.
    private static FloatVector series(float[] coefficients, FloatVector twice) {
        FloatVector b = zero();
        FloatVector before = zero();
        FloatVector last = zero();
        int k = 0;
        while (k < coefficients.length) {
            last = before;
            before = b;
            b = twice.fma(before, constant(coefficients[k]).sub(last));
            k++;
        }
        return b.sub(last).mul(0.5f);
    }
}
