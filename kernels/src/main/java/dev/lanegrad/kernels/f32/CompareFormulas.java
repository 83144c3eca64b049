package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The comparisons; each becomes a loop of its own (see [CompareTemplate]).
final class CompareFormulas {
    private CompareFormulas() {}

    static VectorMask<Float> placeholder(FloatVector a, FloatVector b, float p, float q) {
        return a.mul(p).compare(VectorOperators.LT, b.mul(q));
    }

    static VectorMask<Float> eq(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.EQ, b);
    }

    static VectorMask<Float> ne(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.NE, b);
    }

    static VectorMask<Float> lt(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.LT, b);
    }

    static VectorMask<Float> le(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.LE, b);
    }

    static VectorMask<Float> gt(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.GT, b);
    }

    static VectorMask<Float> ge(FloatVector a, FloatVector b) {
        return a.compare(VectorOperators.GE, b);
    }

    /// `|a - b| ≤ q + p·|b|` or `a = b`; never where either is NaN.
    static VectorMask<Float> isclose(FloatVector a, FloatVector b, float p, float q) {
        FloatVector allowed = b.abs().mul(p).add(q);
        FloatVector distance = a.sub(b).abs();
        VectorMask<Float> near =
                distance.compare(VectorOperators.LE, allowed)
                        .and(distance.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
        return near.or(a.compare(VectorOperators.EQ, b));
    }
}
