package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Powers and roots.
final class Power {
    private Power() {}

    static FloatVector pow(FloatVector x, FloatVector exponent) {
        return x.lanewise(VectorOperators.POW, exponent);
    }

    static FloatVector hypot(FloatVector a, FloatVector b) {
        return a.lanewise(VectorOperators.HYPOT, b);
    }
}
