package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;

/// The elementary functions as unary operations.
final class UnaryFormulasElementary {
    private UnaryFormulasElementary() {}

    static FloatVector exp(FloatVector x) {
        return Elementary.exp(x);
    }

    static FloatVector exp2(FloatVector x) {
        return Elementary.exp2(x);
    }

    static FloatVector expm1(FloatVector x) {
        return Elementary.expm1(x);
    }

    static FloatVector log(FloatVector x) {
        return Elementary.log(x);
    }

    static FloatVector log2(FloatVector x) {
        return Elementary.log2(x);
    }

    static FloatVector log10(FloatVector x) {
        return Elementary.log10(x);
    }

    static FloatVector log1p(FloatVector x) {
        return Elementary.log1p(x);
    }

    static FloatVector sin(FloatVector x) {
        return Elementary.sin(x);
    }

    static FloatVector cos(FloatVector x) {
        return Elementary.cos(x);
    }

    static FloatVector tan(FloatVector x) {
        return Elementary.tan(x);
    }

    static FloatVector asin(FloatVector x) {
        return Elementary.asin(x);
    }

    static FloatVector acos(FloatVector x) {
        return Elementary.acos(x);
    }

    static FloatVector atan(FloatVector x) {
        return Elementary.atan(x);
    }

    static FloatVector sinh(FloatVector x) {
        return Elementary.sinh(x);
    }

    static FloatVector cosh(FloatVector x) {
        return Elementary.cosh(x);
    }

    static FloatVector tanh(FloatVector x) {
        return Elementary.tanh(x);
    }

    static FloatVector sigmoid(FloatVector x) {
        return Elementary.sigmoid(x);
    }
}
