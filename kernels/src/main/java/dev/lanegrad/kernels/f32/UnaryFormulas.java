package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;

/// The formulas of the unary operations; each becomes a loop of its own (see [UnaryTemplate]).
final class UnaryFormulas {
    private UnaryFormulas() {}

    static FloatVector placeholder(FloatVector x, float p, float q) {
        return x.mul(p).add(q);
    }

    static FloatVector neg(FloatVector x) {
        return x.neg();
    }

    /// `x·p + q`
    static FloatVector affine(FloatVector x, float p, float q) {
        return x.mul(p).add(q);
    }
}
