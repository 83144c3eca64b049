package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;

/// What activations and their gradients share.
final class ActivationParts {
    /// Of selu: the scale, and the scale times alpha.
    static final float SELU_SCALE = (float) 1.0507009873554805;

    static final float SELU_NEGATIVE = (float) (1.0507009873554805 * 1.6732632423543772);

    private ActivationParts() {}

    /// `2·√(2/π)·(x + 0.044715·x³)`
    static FloatVector geluTanhInner(FloatVector x) {
        FloatVector factor = x.mul(x).fma(constant((float) 0.044715), constant(1f));
        return x.mul((float) 1.5957691216057308).mul(factor);
    }

    /// `tanh(log(1 + e^x))`: with `w = e^x·(e^x + 2)` it is `w/(w + 2)`, and 1 from 20 on.
    static FloatVector tanhSoftplus(FloatVector x) {
        FloatVector e = Exponential.exp(Vectors.atMost(x, 20f));
        FloatVector w = e.mul(e.add(2f));
        return w.div(w.add(2f));
    }
}
