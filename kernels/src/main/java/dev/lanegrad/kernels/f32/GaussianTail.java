package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.positive;
import static dev.lanegrad.kernels.f32.Vectors.productLow;
import static dev.lanegrad.kernels.f32.Vectors.scale;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// `x·Φ(x)` with the normal distribution function Φ: `max(x, 0)` less `|x|·Φ(-|x|)`, which is
/// `e^(-x²/2)` times a function that changes little. Within 3 ulp, also where it is close to 0.
///
/// The other precision would need polynomials of a high degree: its file is written, too.
final class GaussianTail {
    /// Beyond, a series in 1/x² takes the place of the polynomial.
    static final float NEAR = 4;

    /// From here on Φ(-x) is 0.
    static final float MOST = 14.5f;

    private GaussianTail() {}

    static FloatVector gelu(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector half = x.mul(-0.5f);
        FloatVector c = x.mul(half);
        FloatVector shifted = Exponential.shiftedExponent(c);
        FloatVector n = shifted.sub(Constants.ROUND);
        FloatVector e = Exponential.nearExpm1Of(c, productLow(x, half, c), n);
        FloatVector share = size.mul(near(size.sub(1.75f)));
        FloatVector rest = Exponential.timesPower(share.fma(e, share), shifted);
        FloatVector y = UnaryFormulasActivation.relu(x).sub(rest);
        VectorMask<Float> far = size.compare(VectorOperators.GT, NEAR);
        if (far.anyTrue()) {
            y = y.blend(farGelu(x, atMost(size, MOST)), far);
        }
        return y;
    }

    /// For a size from [#NEAR] to [#MOST] in the place of |x|.
    private static FloatVector farGelu(FloatVector x, FloatVector size) {
        FloatVector half = size.mul(-0.5f);
        FloatVector c = size.mul(half);
        FloatVector n = Exponential.exponent(c);
        FloatVector e = Exponential.nearExpm1Of(c, productLow(size, half, c), n);
        FloatVector share = series(constant(-0.5f).div(c));
        FloatVector rest = scale(share.fma(e, share), n);
        FloatVector y = rest.neg().blend(x.sub(rest), positive(x));
        return y.blend(Float.NaN, x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    }

    /// `e^(x²/2)·Φ(-x)` of `u = x - 7/4` for x from 0 to 4, within 2⁻²⁵ of it: in the middle
    /// rounding harms neither end.
    private static FloatVector near(FloatVector u) {
        FloatVector y = constant(0x1.f1b97ap-30f);
        y = y.fma(u, constant(-0x1.078f9p-26f));
        y = y.fma(u, constant(0x1.da91ap-25f));
        y = y.fma(u, constant(-0x1.750c0ep-23f));
        y = y.fma(u, constant(0x1.b47808p-21f));
        y = y.fma(u, constant(-0x1.ff9542p-19f));
        y = y.fma(u, constant(0x1.05ac1ep-16f));
        y = y.fma(u, constant(-0x1.fd0f2ep-15f));
        y = y.fma(u, constant(0x1.e0acdep-13f));
        y = y.fma(u, constant(-0x1.b179cap-11f));
        y = y.fma(u, constant(0x1.7225b6p-9f));
        y = y.fma(u, constant(-0x1.296306p-7f));
        y = y.fma(u, constant(0x1.bd45aep-6f));
        y = y.fma(u, constant(-0x1.3253b6p-4f));
        return y.fma(u, constant(0x1.7b5abep-3f));
    }

    /// `x·e^(x²/2)·Φ(-x)` of `w = 1/x²` for x from 4 to 14.5, within 2⁻²⁸ of it.
    private static FloatVector series(FloatVector w) {
        FloatVector y = constant(0x1.0f689cp9f);
        y = y.fma(w, constant(-0x1.76a2d6p7f));
        y = y.fma(w, constant(0x1.1a0abep5f));
        y = y.fma(w, constant(-0x1.76047ep2f));
        y = y.fma(w, constant(0x1.31f826p0f));
        y = y.fma(w, constant(-0x1.9881ecp-2f));
        return y.fma(w, constant(0x1.988452p-2f));
    }
}
