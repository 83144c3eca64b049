package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.positive;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The gradients of activations: of the output's gradient `gy` and of the kept input `x` or output
/// `y`. At kinks they choose as PyTorch does.
final class BinaryFormulasActivationGradient {
    private BinaryFormulasActivationGradient() {}

    /// `gy`, but 0 where y ≤ 0.
    static FloatVector reluBackward(FloatVector gy, FloatVector y) {
        return gy.blend(0f, y.compare(VectorOperators.LE, 0f));
    }

    static FloatVector leakyReluBackward(FloatVector gy, FloatVector x, float p) {
        return gy.mul(p).blend(gy, positive(x));
    }

    static FloatVector eluBackward(FloatVector gy, FloatVector x, float p) {
        return gy.mul(Exponential.exp(x).mul(p)).blend(gy, positive(x));
    }

    static FloatVector seluBackward(FloatVector gy, FloatVector x) {
        FloatVector below = gy.mul(Exponential.exp(x).mul(ActivationParts.SELU_NEGATIVE));
        return below.blend(gy.mul(ActivationParts.SELU_SCALE), positive(x));
    }

    /// `gy·p·q·e^(q·x)` for x ≤ 0; PyTorch's q is not quite 1/p.
    static FloatVector celuBackward(FloatVector gy, FloatVector x, float p, float q) {
        return gy.mul(p * q).mul(Exponential.exp(x.mul(q))).blend(gy, positive(x));
    }

    /// `gy·(Φ(x) + x·φ(x))`, φ the density of the normal distribution Φ.
    static FloatVector geluBackward(FloatVector gy, FloatVector x) {
        FloatVector density = ErrorFunction.bell(x, 0.5f).mul((float) 0.3989422804014327);
        return gy.mul(x.fma(density, ErrorFunction.normalDistribution(x)));
    }

    static FloatVector geluTanhBackward(FloatVector gy, FloatVector x) {
        FloatVector s = Exponential.sigmoid(ActivationParts.geluTanhInner(x));
        FloatVector slope =
                x.mul(x)
                        .fma(
                                constant((float) (3 * 0.044715 * 1.5957691216057308)),
                                constant((float) 1.5957691216057308));
        FloatVector bend = x.mul(slope).mul(constant(1f).sub(s));
        return gy.mul(s.mul(bend.add(1f)));
    }

    static FloatVector siluBackward(FloatVector gy, FloatVector x) {
        FloatVector s = Exponential.sigmoid(x);
        return gy.mul(s.mul(x.mul(constant(1f).sub(s)).add(1f)));
    }

    static FloatVector mishBackward(FloatVector gy, FloatVector x) {
        FloatVector t = ActivationParts.tanhSoftplus(x);
        FloatVector bend = x.mul(Exponential.sigmoid(x)).mul(constant(1f).sub(t.mul(t)));
        return gy.mul(t.add(bend));
    }

    static FloatVector softplusBackward(FloatVector gy, FloatVector x, float p, float q) {
        FloatVector scaled = x.mul(p);
        VectorMask<Float> linear = scaled.compare(VectorOperators.GT, q);
        return gy.mul(Exponential.sigmoid(scaled)).blend(gy, linear);
    }

    /// NaN at infinities, where the quotient itself has no value.
    static FloatVector softsignBackward(FloatVector gy, FloatVector x) {
        FloatVector size = x.abs().add(1f);
        return gy.div(size.mul(size)).add(x.sub(x));
    }

    /// 0 at -3 and below, `gy` at 3 and above.
    static FloatVector hardswishBackward(FloatVector gy, FloatVector x) {
        return gy.mul(x.div(3f).add(0.5f))
                .blend(0f, x.compare(VectorOperators.LE, -3f))
                .blend(gy, x.compare(VectorOperators.GE, 3f));
    }

    /// A sixth of `gy` within (-3, 3); in double precision, too, the sixth of single precision.
    static FloatVector hardsigmoidBackward(FloatVector gy, FloatVector x) {
        VectorMask<Float> within = x.abs().compare(VectorOperators.LT, 3f);
        return FloatVector.zero(Lanes.S).blend(gy.mul(0x1.555556p-3f), within);
    }

    /// `gy` where x is within (p, q), the ends excluded, else 0.
    static FloatVector hardtanhBackward(FloatVector gy, FloatVector x, float p, float q) {
        VectorMask<Float> within =
                x.compare(VectorOperators.GT, p).and(x.compare(VectorOperators.LT, q));
        return FloatVector.zero(Lanes.S).blend(gy, within);
    }

    static FloatVector logsigmoidBackward(FloatVector gy, FloatVector x) {
        return gy.mul(Exponential.sigmoid(x.neg()));
    }

    /// `gy·tanh²(x)`
    static FloatVector tanhshrinkBackward(FloatVector gy, FloatVector x) {
        FloatVector t = Exponential.tanh(x);
        return gy.mul(t.mul(t));
    }

    /// `gy`, but 0 where x is within [-p, p]: of softshrink and of hardshrink.
    static FloatVector shrinkBackward(FloatVector gy, FloatVector x, float p) {
        return gy.blend(0f, x.abs().compare(VectorOperators.LE, p));
    }

    static FloatVector thresholdBackward(FloatVector gy, FloatVector x, float p) {
        return gy.blend(0f, x.compare(VectorOperators.LE, p));
    }
}
