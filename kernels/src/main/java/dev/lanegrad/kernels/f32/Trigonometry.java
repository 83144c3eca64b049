package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Functions of angles.
final class Trigonometry {
    private Trigonometry() {}

    static FloatVector sin(FloatVector x) {
        return x.lanewise(VectorOperators.SIN);
    }

    static FloatVector cos(FloatVector x) {
        return x.lanewise(VectorOperators.COS);
    }

    static FloatVector tan(FloatVector x) {
        return x.lanewise(VectorOperators.TAN);
    }

    static FloatVector asin(FloatVector x) {
        return x.lanewise(VectorOperators.ASIN);
    }

    static FloatVector acos(FloatVector x) {
        return x.lanewise(VectorOperators.ACOS);
    }

    static FloatVector atan(FloatVector x) {
        return x.lanewise(VectorOperators.ATAN);
    }

    static FloatVector atan2(FloatVector y, FloatVector x) {
        return y.lanewise(VectorOperators.ATAN2, x);
    }
}
