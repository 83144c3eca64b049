package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;

/// The elementary functions as unary operations.
final class UnaryFormulasElementary {
    private UnaryFormulasElementary() {}

    static FloatVector exp(FloatVector x) {
        return Exponential.exp(x);
    }

    static FloatVector exp2(FloatVector x) {
        return Exponential.exp2(x);
    }

    static FloatVector expm1(FloatVector x) {
        return Exponential.expm1(x);
    }

    static FloatVector log(FloatVector x) {
        return Logarithm.log(x);
    }

    static FloatVector log2(FloatVector x) {
        return Logarithm.log2(x);
    }

    static FloatVector log10(FloatVector x) {
        return Logarithm.log10(x);
    }

    static FloatVector log1p(FloatVector x) {
        return Logarithm.log1p(x);
    }

    static FloatVector sin(FloatVector x) {
        return Trigonometry.sin(x);
    }

    static FloatVector cos(FloatVector x) {
        return Trigonometry.cos(x);
    }

    static FloatVector tan(FloatVector x) {
        return Trigonometry.tan(x);
    }

    static FloatVector asin(FloatVector x) {
        return Trigonometry.asin(x);
    }

    static FloatVector acos(FloatVector x) {
        return Trigonometry.acos(x);
    }

    static FloatVector atan(FloatVector x) {
        return Trigonometry.atan(x);
    }

    static FloatVector sinh(FloatVector x) {
        return Exponential.sinh(x);
    }

    static FloatVector cosh(FloatVector x) {
        return Exponential.cosh(x);
    }

    static FloatVector tanh(FloatVector x) {
        return Exponential.tanh(x);
    }

    static FloatVector sigmoid(FloatVector x) {
        return Exponential.sigmoid(x);
    }

    static FloatVector asinh(FloatVector x) {
        return Logarithm.asinh(x);
    }

    static FloatVector acosh(FloatVector x) {
        return Logarithm.acosh(x);
    }

    static FloatVector atanh(FloatVector x) {
        return Logarithm.atanh(x);
    }

    static FloatVector erf(FloatVector x) {
        return ErrorFunction.erf(x);
    }

    static FloatVector erfc(FloatVector x) {
        return ErrorFunction.erfc(x);
    }

    static FloatVector lgamma(FloatVector x) {
        return Gamma.lgamma(x);
    }

    static FloatVector digamma(FloatVector x) {
        return Gamma.digamma(x);
    }
}
