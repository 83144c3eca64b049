package dev.lanegrad.kernels.f64;

import static dev.lanegrad.kernels.f64.Vectors.constant;

import jdk.incubator.vector.DoubleVector;

/// Polynomials that stand in for functions on a short interval: minimax, with coefficients that are
/// numbers of this precision. Each says its interval and its largest error.
final class Polynomials {
    private Polynomials() {}

    /// `e^r - 1 - r` for |r| ≤ ½·log 2, within 2⁻⁶² of e^r.
    static DoubleVector expTail(DoubleVector r) {
        return expCurve(r).mul(r.mul(r));
    }

    /// `(e^r - 1 - r) / r²` for |r| ≤ ½·log 2, within 2⁻⁶² of e^r after the product.
    static DoubleVector expCurve(DoubleVector r) {
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
        return y.fma(r, constant(0.5));
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

    /// `(log((1 + s)/(1 - s)) - 2·s - ⅔·s³) / s⁵` of `z = s²` for |s| ≤ 3 - √8, within 2⁻⁶⁹ of the
    /// logarithm after the division.
    static DoubleVector atanhTail(DoubleVector z) {
        DoubleVector y = constant(0x1.dab3b3bdde5a4p-4);
        y = y.fma(z, constant(0x1.e018109c9ffdcp-4));
        y = y.fma(z, constant(0x1.111557b611aa6p-3));
        y = y.fma(z, constant(0x1.3b13a9ac6246ep-3));
        y = y.fma(z, constant(0x1.745d173d2f459p-3));
        y = y.fma(z, constant(0x1.c71c71c74c23ep-3));
        y = y.fma(z, constant(0x1.24924924922ffp-2));
        y = y.fma(z, constant(0x1.999999999999ap-2));
        return y;
    }

    /// `(sin r - r) / r³` of `z = r²` for |r| ≤ π/4, within 2⁻⁶¹ of sin r over r.
    static DoubleVector sinTail(DoubleVector z) {
        DoubleVector y = constant(-0x1.8d67b7ae825ep-41);
        y = y.fma(z, constant(0x1.60e5edea7b98ep-33));
        y = y.fma(z, constant(-0x1.ae63f824570c1p-26));
        y = y.fma(z, constant(0x1.71de3a1047dcap-19));
        y = y.fma(z, constant(-0x1.a01a019fe88b4p-13));
        y = y.fma(z, constant(0x1.111111111101ep-7));
        y = y.fma(z, constant(-0x1.5555555555555p-3));
        return y;
    }

    /// `(cos r - 1 + r²/2) / r⁴` of `z = r²` for |r| ≤ π/4, within 2⁻⁶⁴ of cos r.
    static DoubleVector cosTail(DoubleVector z) {
        DoubleVector y = constant(0x1.35326d8ef5f2p-45);
        y = y.fma(z, constant(-0x1.92a75efbb2302p-37));
        y = y.fma(z, constant(0x1.1eecd6b61778p-29));
        y = y.fma(z, constant(-0x1.27e4faef4fe51p-22));
        y = y.fma(z, constant(0x1.a01a019fb800bp-16));
        y = y.fma(z, constant(-0x1.6c16c16c16a33p-10));
        y = y.fma(z, constant(0x1.5555555555555p-5));
        return y;
    }

    /// `(atan t - t) / t³` of `z = t²` for |t| ≤ √2 - 1, within 2⁻⁶⁴ of atan t over t.
    static DoubleVector atanTail(DoubleVector z) {
        DoubleVector y = constant(0x1.fb671f2c42e9ep-7);
        y = y.fma(z, constant(-0x1.14b79fe02433cp-5));
        y = y.fma(z, constant(0x1.7214691f88f64p-5));
        y = y.fma(z, constant(-0x1.abcbc7201e522p-5));
        y = y.fma(z, constant(0x1.e17f2d884a604p-5));
        y = y.fma(z, constant(-0x1.110d2e7b73d0ap-4));
        y = y.fma(z, constant(0x1.3b137c1c13a58p-4));
        y = y.fma(z, constant(-0x1.745d1567cab2p-4));
        y = y.fma(z, constant(0x1.c71c71bca7f6bp-4));
        y = y.fma(z, constant(-0x1.2492492481cb2p-3));
        y = y.fma(z, constant(0x1.9999999999815p-3));
        y = y.fma(z, constant(-0x1.5555555555555p-2));
        return y;
    }

    /// `(asin t - t) / t³` of `z = t²` for |t| ≤ ½, within 2⁻⁶³ of asin t over t.
    static DoubleVector asinTail(DoubleVector z) {
        DoubleVector y = constant(0x1.0032fcd0f9f61p-5);
        y = y.fma(z, constant(-0x1.68eb4eb55382dp-6));
        y = y.fma(z, constant(0x1.62641b408b6f4p-6));
        y = y.fma(z, constant(0x1.187d9a1843c7dp-9));
        y = y.fma(z, constant(0x1.39c64c0037a04p-7));
        y = y.fma(z, constant(0x1.39ac2d629be1ap-7));
        y = y.fma(z, constant(0x1.7b39c34c19587p-7));
        y = y.fma(z, constant(0x1.c98b8d364800bp-7));
        y = y.fma(z, constant(0x1.1c4f2674e4f27p-6));
        y = y.fma(z, constant(0x1.6e8b9f66502f6p-6));
        y = y.fma(z, constant(0x1.f1c71c85f079bp-6));
        y = y.fma(z, constant(0x1.6db6db6d96522p-5));
        y = y.fma(z, constant(0x1.33333333334b8p-4));
        y = y.fma(z, constant(0x1.5555555555555p-3));
        return y;
    }

    /// `erf(x)/x - 1` of `z = x²` for |x| ≤ 1, within 2⁻⁵⁷.
    static DoubleVector erfTail(DoubleVector z) {
        DoubleVector y = constant(-0x1.3737f2eb81f88p-35);
        y = y.fma(z, constant(0x1.46ec34a1d4291p-32));
        y = y.fma(z, constant(-0x1.fbbb16912a4f1p-30));
        y = y.fma(z, constant(0x1.112a309b72beap-26));
        y = y.fma(z, constant(-0x1.622497fd12df8p-23));
        y = y.fma(z, constant(0x1.ba29d49a8d0f7p-20));
        y = y.fma(z, constant(-0x1.f4d6e3d73802p-17));
        y = y.fma(z, constant(0x1.f9a35d6366c6dp-14));
        y = y.fma(z, constant(-0x1.c02db5bf4fdf2p-11));
        y = y.fma(z, constant(0x1.565bcd17e7affp-8));
        y = y.fma(z, constant(-0x1.b82ce312c9046p-6));
        y = y.fma(z, constant(0x1.ce2f21a043b39p-4));
        y = y.fma(z, constant(-0x1.812746b037a02p-2));
        y = y.fma(z, constant(0x1.06eba8214db69p-3));
        return y;
    }

    /// `e^(x²)·erfc(x)` of `t = (x - 3)/(x + 3)` for x from ½ to where erfc is 0, within 2⁻⁵⁵ of
    /// it.
    static DoubleVector erfcScaled(DoubleVector t) {
        DoubleVector y = constant(-0x1.6f5ab47fec94bp-29);
        y = y.fma(t, constant(0x1.50af24a89411cp-28));
        y = y.fma(t, constant(0x1.b792c522b1571p-28));
        y = y.fma(t, constant(-0x1.f7b430517b03ap-27));
        y = y.fma(t, constant(-0x1.8576e1e7ebfa9p-27));
        y = y.fma(t, constant(0x1.2f1e28239c9d8p-26));
        y = y.fma(t, constant(0x1.81ed49dd05996p-25));
        y = y.fma(t, constant(0x1.24333f01fa8fap-26));
        y = y.fma(t, constant(-0x1.f10af6fc56f8cp-23));
        y = y.fma(t, constant(-0x1.365509e49fac5p-22));
        y = y.fma(t, constant(0x1.4fb3ba5acdee6p-20));
        y = y.fma(t, constant(0x1.1c5c7db364841p-19));
        y = y.fma(t, constant(-0x1.0bae172046e43p-17));
        y = y.fma(t, constant(-0x1.af84c6e59c8b6p-17));
        y = y.fma(t, constant(0x1.0cac0f259b528p-14));
        y = y.fma(t, constant(0x1.7ba0f5122a737p-15));
        y = y.fma(t, constant(-0x1.39084bc107c03p-11));
        y = y.fma(t, constant(0x1.73101e872e5c2p-11));
        y = y.fma(t, constant(0x1.17c838ed16d98p-8));
        y = y.fma(t, constant(-0x1.8fa58eb5dca6ap-6));
        y = y.fma(t, constant(0x1.258b13b0189b7p-4));
        y = y.fma(t, constant(-0x1.336ffbef08b47p-3));
        y = y.fma(t, constant(0x1.f6ff20410595p-3));
        y = y.fma(t, constant(-0x1.4e102b9cf8513p-2));
        y = y.fma(t, constant(0x1.6e9827d229d2dp-3));
        return y;
    }

    /// `log Γ(y) / ((y - 1)·(y - 2))` of `u = y - 3/2` for y from 1 to 2, within 2⁻⁵⁴ of it.
    static DoubleVector lgammaScaled(DoubleVector u) {
        DoubleVector y = constant(-0x1.0467902760469p-17);
        y = y.fma(u, constant(0x1.9759e019683dp-17));
        y = y.fma(u, constant(-0x1.18598e23bb974p-17));
        y = y.fma(u, constant(0x1.ba730a9784e07p-17));
        y = y.fma(u, constant(-0x1.c85e4bc95846cp-16));
        y = y.fma(u, constant(0x1.68f13e0fbb796p-15));
        y = y.fma(u, constant(-0x1.156abea920aefp-14));
        y = y.fma(u, constant(0x1.b9e43433855c2p-14));
        y = y.fma(u, constant(-0x1.623f109df00eep-13));
        y = y.fma(u, constant(0x1.1c7e3a261c9ebp-12));
        y = y.fma(u, constant(-0x1.cb44dee9facp-12));
        y = y.fma(u, constant(0x1.750a7900f071ep-11));
        y = y.fma(u, constant(-0x1.313e8a3ddad6fp-10));
        y = y.fma(u, constant(0x1.f814bab49d011p-10));
        y = y.fma(u, constant(-0x1.a5035232a7d25p-9));
        y = y.fma(u, constant(0x1.64f0664c4f943p-8));
        y = y.fma(u, constant(-0x1.34dbda14971e2p-7));
        y = y.fma(u, constant(0x1.133423527f1f2p-6));
        y = y.fma(u, constant(-0x1.007aa83cee1acp-5));
        y = y.fma(u, constant(0x1.01af62a2929cp-4));
        y = y.fma(u, constant(-0x1.2aed059bd608ap-3));
        y = y.fma(u, constant(0x1.eeb95b094c191p-2));
        return y;
    }
}
