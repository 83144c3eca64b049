package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The questions to one operand; each becomes a loop of its own (see [PredicateTemplate]).
final class PredicateFormulas {
    private PredicateFormulas() {}

    static VectorMask<Float> placeholder(FloatVector x, float p, float q) {
        return x.mul(p).compare(VectorOperators.LT, q);
    }

    static VectorMask<Float> isnan(FloatVector x) {
        return x.compare(VectorOperators.NE, x);
    }

    static VectorMask<Float> isinf(FloatVector x) {
        return x.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
    }

    static VectorMask<Float> isfinite(FloatVector x) {
        return x.abs().compare(VectorOperators.LT, Float.POSITIVE_INFINITY);
    }

    static VectorMask<Float> isposinf(FloatVector x) {
        return x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
    }

    static VectorMask<Float> isneginf(FloatVector x) {
        return x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY);
    }
}
