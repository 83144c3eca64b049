package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.positive;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Activation functions. At infinities and NaN they follow PyTorch, which evaluates the same
/// expressions: NaN stays NaN, and `gelu`, `silu` and `mish` of -∞ are NaN (-∞ · 0).
final class UnaryFormulasActivation {
    private UnaryFormulasActivation() {}

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
        FloatVector below = Exponential.expm1(x).mul(ActivationParts.SELU_NEGATIVE);
        return below.blend(x.mul(ActivationParts.SELU_SCALE), positive(x));
    }

    /// x where it is positive, else `p·(e^(x/p) - 1)`.
    static FloatVector celu(FloatVector x, float p) {
        return Exponential.expm1(x.div(p)).mul(p).blend(x, positive(x));
    }

    /// `x·Φ(x)`, Φ the normal distribution function.
    static FloatVector gelu(FloatVector x) {
        return GaussianTail.gelu(x);
    }

    /// `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`
    static FloatVector geluTanh(FloatVector x) {
        // ½·(1 + tanh(u)) is sigmoid(2·u)
        return x.mul(Exponential.sigmoid(ActivationParts.geluTanhInner(x)));
    }

    /// `x·sigmoid(x)`
    static FloatVector silu(FloatVector x) {
        return Exponential.silu(x);
    }

    /// `x·tanh(softplus(x))`
    static FloatVector mish(FloatVector x) {
        return x.mul(ActivationParts.tanhSoftplus(x));
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
        return x.blend(0f, x.abs().compare(VectorOperators.LE, p))
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
