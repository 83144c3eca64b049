package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;

/// The formulas of the binary operations; each becomes a loop of its own (see [BinaryTemplate]).
///
/// Those named `...Backward` are gradients: their first operand is the gradient of the output,
/// their second what the operation kept.
final class BinaryFormulas {
    private BinaryFormulas() {}

    static FloatVector placeholder(FloatVector a, FloatVector b, float p, float q) {
        return a.fma(b.mul(p), b.mul(q));
    }

    static FloatVector add(FloatVector a, FloatVector b) {
        return a.add(b);
    }

    /// `a + p·b`
    static FloatVector addScaled(FloatVector a, FloatVector b, float p) {
        return a.add(b.mul(p));
    }

    static FloatVector sub(FloatVector a, FloatVector b) {
        return a.sub(b);
    }

    static FloatVector mul(FloatVector a, FloatVector b) {
        return a.mul(b);
    }

    static FloatVector div(FloatVector a, FloatVector b) {
        return a.div(b);
    }
}
