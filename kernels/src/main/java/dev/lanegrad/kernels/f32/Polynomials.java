package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;

/// Polynomials that stand in for functions on a short interval: minimax, with coefficients that are
/// numbers of this precision. Each says its interval and its largest error.
///
/// The other precision needs more terms: its file is written, too.
final class Polynomials {
    private Polynomials() {}

    /// `e^r - 1 - r` for |r| ≤ ½·log 2, within 2⁻³² of e^r.
    static FloatVector expTail(FloatVector r) {
        FloatVector y = constant(0x1.a2d944p-13f);
        y = y.fma(r, constant(0x1.6d3096p-10f));
        y = y.fma(r, constant(0x1.110fc2p-7f));
        y = y.fma(r, constant(0x1.5555p-5f));
        y = y.fma(r, constant(0x1.555556p-3f));
        y = y.fma(r, constant(0.5f));
        return y.mul(r.mul(r));
    }

    /// `(e^r - 1 - r) / r²` for |r| ≤ ½·log 2, within 2⁻²⁸ of e^r after the product.
    static FloatVector expCurve(FloatVector r) {
        FloatVector y = constant(0x1.6a524ep-10f);
        y = y.fma(r, constant(0x1.12396ep-7f));
        y = y.fma(r, constant(0x1.5558aap-5f));
        y = y.fma(r, constant(0x1.555492p-3f));
        return y.fma(r, constant(0x1.fffffcp-2f));
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

    /// `(log((1 + s)/(1 - s)) - 2·s - ⅔·s³) / s⁵` of `z = s²` for |s| ≤ 3 - √8, within 2⁻³³ of the
    /// logarithm after the division.
    static FloatVector atanhTail(FloatVector z) {
        FloatVector y = constant(0x1.d818bcp-3f);
        y = y.fma(z, constant(0x1.2479eep-2f));
        y = y.fma(z, constant(0x1.9999a4p-2f));
        return y;
    }

    /// `(sin r - r) / r³` of `z = r²` for |r| ≤ π/4, within 2⁻³² of sin r over r.
    static FloatVector sinTail(FloatVector z) {
        FloatVector y = constant(0x1.877dfp-19f);
        y = y.fma(z, constant(-0x1.a08322p-13f));
        y = y.fma(z, constant(0x1.111198p-7f));
        y = y.fma(z, constant(-0x1.555556p-3f));
        return y;
    }

    /// `(cos r - 1 + r²/2) / r⁴` of `z = r²` for |r| ≤ π/4, within 2⁻³⁴ of cos r.
    static FloatVector cosTail(FloatVector z) {
        FloatVector y = constant(-0x1.58f1ccp-22f);
        y = y.fma(z, constant(0x1.a0f5b8p-16f));
        y = y.fma(z, constant(-0x1.6c17d4p-10f));
        y = y.fma(z, constant(0x1.555556p-5f));
        return y;
    }

    /// `(atan t - t) / t³` of `z = t²` for |t| ≤ √2 - 1, within 2⁻²⁹ of atan t over t.
    static FloatVector atanTail(FloatVector z) {
        FloatVector y = constant(-0x1.0816e4p-4f);
        y = y.fma(z, constant(0x1.b7f9aep-4f));
        y = y.fma(z, constant(-0x1.241e54p-3f));
        y = y.fma(z, constant(0x1.999712p-3f));
        y = y.fma(z, constant(-0x1.555554p-2f));
        return y;
    }

    /// `(asin t - t) / t³` of `z = t²` for |t| ≤ ½, within 2⁻³¹ of asin t over t.
    static FloatVector asinTail(FloatVector z) {
        FloatVector y = constant(0x1.1acb92p-5f);
        y = y.fma(z, constant(0x1.0fe1b2p-6f));
        y = y.fma(z, constant(0x1.ffbf34p-6f));
        y = y.fma(z, constant(0x1.6d3e6ap-5f));
        y = y.fma(z, constant(0x1.3334cep-4f));
        y = y.fma(z, constant(0x1.555554p-3f));
        return y;
    }

    /// `erf(x)/x - 1` of `z = x²` for |x| ≤ 1, within 2⁻³⁰.
    static FloatVector erfTail(FloatVector z) {
        FloatVector y = constant(0x1.4c5cb4p-14f);
        y = y.fma(z, constant(-0x1.a5197ap-11f));
        y = y.fma(z, constant(0x1.542fecp-8f));
        y = y.fma(z, constant(-0x1.b7fec4p-6f));
        y = y.fma(z, constant(0x1.ce2d52p-4f));
        y = y.fma(z, constant(-0x1.81274p-2f));
        y = y.fma(z, constant(0x1.06eba8p-3f));
        return y;
    }

    /// `e^(x²)·erfc(x)` of `t = (x - 3)/(x + 3)` for x from ½ to where erfc is 0, within 2⁻²⁷ of
    /// it.
    static FloatVector erfcScaled(FloatVector t) {
        FloatVector y = constant(0x1.744f42p-15f);
        y = y.fma(t, constant(0x1.b264fep-16f));
        y = y.fma(t, constant(-0x1.3146bp-11f));
        y = y.fma(t, constant(0x1.78675cp-11f));
        y = y.fma(t, constant(0x1.17736p-8f));
        y = y.fma(t, constant(-0x1.8faf16p-6f));
        y = y.fma(t, constant(0x1.258bf6p-4f));
        y = y.fma(t, constant(-0x1.336fep-3f));
        y = y.fma(t, constant(0x1.f6ff18p-3f));
        y = y.fma(t, constant(-0x1.4e102cp-2f));
        y = y.fma(t, constant(0x1.6e9828p-3f));
        return y;
    }

    /// `log Γ(y) / ((y - 1)·(y - 2))` of `u = y - 3/2` for y from 1 to 2, within 2⁻²⁴ of it.
    static FloatVector lgammaScaled(FloatVector u) {
        FloatVector y = constant(-0x1.85ef62p-10f);
        y = y.fma(u, constant(0x1.40b32p-9f));
        y = y.fma(u, constant(-0x1.9b44f6p-9f));
        y = y.fma(u, constant(0x1.5d0b52p-8f));
        y = y.fma(u, constant(-0x1.3514cep-7f));
        y = y.fma(u, constant(0x1.136246p-6f));
        y = y.fma(u, constant(-0x1.007a36p-5f));
        y = y.fma(u, constant(0x1.01af06p-4f));
        y = y.fma(u, constant(-0x1.2aed06p-3f));
        y = y.fma(u, constant(0x1.eeb95cp-2f));
        return y;
    }
}
