package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;

/// Polynomials that stand in for functions on a short interval: minimax, with coefficients that are
/// numbers of this precision. Each says its interval and its largest error.
///
/// The other precision's need more terms: its file is written, too.
final class Polynomials {
    private Polynomials() {}

    /// `e^r - 1 - r` for |r| ≤ ½·log 2, within 2⁻³² of e^r.
    static FloatVector expTail(FloatVector r) {
        FloatVector y = constant(0x1.a2d944p-13f);
        y = y.fma(r, constant(0x1.6d3096p-10f));
        y = y.fma(r, constant(0x1.110fc2p-7f));
        y = y.fma(r, constant(0x1.5555p-5f));
        y = y.fma(r, constant(0x1.555556p-3f));
        y = y.fma(r, constant(0x1p-1f));
        return y.mul(r.mul(r));
    }

    /// `2^r - 1 - r·log 2` for |r| ≤ ½, within 2⁻³² of 2^r.
    static FloatVector exp2Tail(FloatVector r) {
        FloatVector y = constant(0x1.013644p-16f);
        y = y.fma(r, constant(0x1.4409e6p-13f));
        y = y.fma(r, constant(0x1.5d86d8p-10f));
        y = y.fma(r, constant(0x1.3b2a6p-7f));
        y = y.fma(r, constant(0x1.c6b08ep-5f));
        y = y.fma(r, constant(0x1.ebfbep-3f));
        return y.mul(r.mul(r));
    }

    /// `log(1 + f) - f` for f from √½ - 1 to √2 - 1, within 2⁻³⁰ of log(1 + f).
    static FloatVector logTail(FloatVector f) {
        FloatVector y = constant(0x1.223d18p-4f);
        y = y.fma(f, constant(-0x1.e0bf94p-4f));
        y = y.fma(f, constant(0x1.e21506p-4f));
        y = y.fma(f, constant(-0x1.fb6f34p-4f));
        y = y.fma(f, constant(0x1.238108p-3f));
        y = y.fma(f, constant(-0x1.55636cp-3f));
        y = y.fma(f, constant(0x1.99a13ep-3f));
        y = y.fma(f, constant(-0x1.ffffe4p-3f));
        y = y.fma(f, constant(0x1.55554ep-2f));
        y = y.fma(f, constant(-0.5f));
        return y.mul(f.mul(f));
    }
}
