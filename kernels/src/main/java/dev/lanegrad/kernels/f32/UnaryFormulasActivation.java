package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Activation functions. At infinities and NaN they follow PyTorch, which evaluates the same
/// expressions: NaN stays NaN, and `gelu`, `silu` and `mish` of -∞ are NaN (-∞ · 0).
final class UnaryFormulasActivation {
    /// Of selu: the scale, and the scale times alpha.
    static final float SELU_SCALE = (float) 1.0507009873554805;

    static final float SELU_NEGATIVE = (float) (1.0507009873554805 * 1.6732632423543772);

    private UnaryFormulasActivation() {}

    private static VectorMask<Float> positive(FloatVector x) {
        return x.compare(VectorOperators.GT, 0f);
    }

    /// `max(x, 0)`; -0 stays.
    static FloatVector relu(FloatVector x) {
        return x.blend(0f, x.compare(VectorOperators.LT, 0f));
    }

    /// `min(max(x, 0), 6)`
    static FloatVector relu6(FloatVector x) {
        return relu(x).blend(6f, x.compare(VectorOperators.GT, 6f));
    }

    /// x where it is positive, else `p·x`.
    static FloatVector leakyRelu(FloatVector x, float p) {
        return x.mul(p).blend(x, positive(x));
    }

    /// x where it is positive, else `p·(e^x - 1)`.
    static FloatVector elu(FloatVector x, float p) {
        return Exponential.expm1(x).mul(p).blend(x, positive(x));
    }

    /// `1.0507·elu(x, 1.6733)`, the self-normalizing pair of constants.
    static FloatVector selu(FloatVector x) {
        FloatVector below = Exponential.expm1(x).mul(SELU_NEGATIVE);
        return below.blend(x.mul(SELU_SCALE), positive(x));
    }

    /// x where it is positive, else `p·(e^(x/p) - 1)`.
    static FloatVector celu(FloatVector x, float p) {
        return Exponential.expm1(x.div(p)).mul(p).blend(x, positive(x));
    }

    /// `x·Φ(x)`, Φ the normal distribution function.
    static FloatVector gelu(FloatVector x) {
        return x.mul(ErrorFunction.normalDistribution(x));
    }

    /// `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`
    static FloatVector geluTanh(FloatVector x) {
        // ½·(1 + tanh(u)) is sigmoid(2·u)
        return x.mul(Exponential.sigmoid(geluTanhInner(x)));
    }

    /// `2·√(2/π)·(x + 0.044715·x³)`
    static FloatVector geluTanhInner(FloatVector x) {
        FloatVector factor = x.mul(x).fma(constant((float) 0.044715), constant(1f));
        return x.mul((float) 1.5957691216057308).mul(factor);
    }

    /// `x·sigmoid(x)`
    static FloatVector silu(FloatVector x) {
        return Exponential.silu(x);
    }

    /// `x·tanh(softplus(x))`
    static FloatVector mish(FloatVector x) {
        return x.mul(tanhSoftplus(x));
    }

    /// `tanh(log(1 + e^x))`: with `w = e^x·(e^x + 2)` it is `w/(w + 2)`, and 1 from 20 on.
    static FloatVector tanhSoftplus(FloatVector x) {
        FloatVector e = Exponential.exp(Vectors.atMost(x, 20f));
        FloatVector w = e.mul(e.add(2f));
        return w.div(w.add(2f));
    }

    /// `log(1 + e^(p·x)) / p`, and x itself where `p·x > q`.
    static FloatVector softplus(FloatVector x, float p, float q) {
        FloatVector scaled = x.mul(p);
        VectorMask<Float> linear = scaled.compare(VectorOperators.GT, q);
        return Exponential.softplus(scaled).div(p).blend(x, linear);
    }

    /// `x / (1 + |x|)`
    static FloatVector softsign(FloatVector x) {
        return x.div(x.abs().add(1f));
    }

    /// `x·relu6(x + 3)/6`
    static FloatVector hardswish(FloatVector x) {
        return x.mul(relu6(x.add(3f))).div(6f);
    }

    /// `relu6(x + 3)/6`
    static FloatVector hardsigmoid(FloatVector x) {
        return relu6(x.add(3f)).div(6f);
    }

    /// x within [p, q].
    static FloatVector hardtanh(FloatVector x, float p, float q) {
        return UnaryFormulas.clamp(x, p, q);
    }

    /// `log(sigmoid(x))`
    static FloatVector logsigmoid(FloatVector x) {
        FloatVector below = x.blend(0f, positive(x));
        return below.sub(Logarithm.log1p(Exponential.exp(x.abs().neg())));
    }

    /// `x - tanh(x)`
    static FloatVector tanhshrink(FloatVector x) {
        return x.sub(Exponential.tanh(x));
    }

    /// x moved by p towards 0, and 0 within [-p, p].
    static FloatVector softshrink(FloatVector x, float p) {
        return x.mul(constant(0f))
                .blend(x.sub(p), x.compare(VectorOperators.GT, p))
                .blend(x.add(p), x.compare(VectorOperators.LT, -p));
    }

    /// x, but 0 within [-p, p].
    static FloatVector hardshrink(FloatVector x, float p) {
        return x.blend(0f, x.abs().compare(VectorOperators.LE, p));
    }

    /// x where it is above p, else q.
    static FloatVector threshold(FloatVector x, float p, float q) {
        return x.blend(q, x.compare(VectorOperators.LE, p));
    }
}
