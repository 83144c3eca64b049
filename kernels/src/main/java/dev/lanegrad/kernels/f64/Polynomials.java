package dev.lanegrad.kernels.f64;

import static dev.lanegrad.kernels.f64.Vectors.constant;

import jdk.incubator.vector.DoubleVector;

/// Polynomials that stand in for functions on a short interval: minimax, with coefficients that are
/// numbers of this precision. Each says its interval and its largest error.
final class Polynomials {
    private Polynomials() {}

    /// `e^r - 1 - r` for |r| ≤ ½·log 2, within 2⁻⁶² of e^r.
    static DoubleVector expTail(DoubleVector r) {
        DoubleVector y = constant(0x1.1f8718ba82ecp-29);
        y = y.fma(r, constant(0x1.af4f2d00b43aep-26));
        y = y.fma(r, constant(0x1.27e4cf9b08ab5p-22));
        y = y.fma(r, constant(0x1.71de0181a768fp-19));
        y = y.fma(r, constant(0x1.a01a01ab9eda6p-16));
        y = y.fma(r, constant(0x1.a01a01ac299dcp-13));
        y = y.fma(r, constant(0x1.6c16c16c1569bp-10));
        y = y.fma(r, constant(0x1.1111111110042p-7));
        y = y.fma(r, constant(0x1.5555555555557p-5));
        y = y.fma(r, constant(0x1.5555555555557p-3));
        y = y.fma(r, constant(0x1p-1));
        return y.mul(r.mul(r));
    }

    /// `2^r - 1 - r·log 2` for |r| ≤ ½, within 2⁻⁶² of 2^r.
    static DoubleVector exp2Tail(DoubleVector r) {
        DoubleVector y = constant(0x1.b51aa499683aep-36);
        y = y.fma(r, constant(0x1.e9d765c79e791p-32));
        y = y.fma(r, constant(0x1.e4d9cacb47d7cp-28));
        y = y.fma(r, constant(0x1.b524f8edfe627p-24));
        y = y.fma(r, constant(0x1.62c01f9101d57p-20));
        y = y.fma(r, constant(0x1.ffcbfc67d673bp-17));
        y = y.fma(r, constant(0x1.430912f9031c4p-13));
        y = y.fma(r, constant(0x1.5d87fe78a507fp-10));
        y = y.fma(r, constant(0x1.3b2ab6fba4cc5p-7));
        y = y.fma(r, constant(0x1.c6b08d704a0c2p-5));
        y = y.fma(r, constant(0x1.ebfbdff82c58fp-3));
        return y.mul(r.mul(r));
    }

    /// `log(1 + f) - f` for f from √½ - 1 to √2 - 1, within 2⁻⁶⁵ of log(1 + f): with `s = f/(2 +
    /// f)` it is `s·(R(s²) + f²/2) - f²/2`.
    static DoubleVector logTail(DoubleVector f) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector y = constant(0x1.101eb0aa5f1d2p-3);
        y = y.fma(z, constant(0x1.0f4a990287088p-3));
        y = y.fma(z, constant(0x1.3b2153ed8c3ep-3));
        y = y.fma(z, constant(0x1.745cdb8fc2a29p-3));
        y = y.fma(z, constant(0x1.c71c725c1ac51p-3));
        y = y.fma(z, constant(0x1.249249242f09fp-2));
        y = y.fma(z, constant(0x1.9999999999d58p-2));
        y = y.fma(z, constant(0x1.5555555555555p-1));
        DoubleVector half = f.mul(f).mul(0.5);
        return s.mul(y.fma(z, half)).sub(half);
    }
}
