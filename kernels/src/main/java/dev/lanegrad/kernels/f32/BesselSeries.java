package dev.lanegrad.kernels.f32;

/// Coefficients of [Bessel], those of the highest order first, as far as this precision needs them:
/// of powers up to 8, of Chebyshev polynomials from there on.
///
/// The other precision needs more terms: its file is written, too.
final class BesselSeries {
    private BesselSeries() {}

    /// `I0(x)` of `(x/2)²` for x from 0 to 8: the first terms of its power series.
    static final float[] I0_SMALL = {
        0x1.3e22d8p-73f,
        0x1.e7255ap-66f,
        0x1.4197a8p-58f,
        0x1.69ca9cp-51f,
        0x1.560188p-44f,
        0x1.0b3132p-37f,
        0x1.522a44p-31f,
        0x1.522a44p-25f,
        0x1.02e85cp-19f,
        0x1.234568p-14f,
        0x1.c71c72p-10f,
        0x1.c71c72p-6f,
        0x1p-2f,
        0x1p0f,
        0x1p0f
    };

    /// `√x·e^-x·I0(x)` of `16/x - 1` for x from 8 on.
    static final float[] I0_LARGE = {
        0x1.d2c64ap-29f,
        0x1.856928p-26f,
        0x1.b8007ep-23f,
        0x1.8412bcp-19f,
        0x1.20fa38p-14f,
        0x1.b998cap-9f,
        0x1.9be62ap-1f
    };

    /// `I1(x)/(x/2)` of `(x/2)²` for x from 0 to 8: the first terms of its power series.
    static final float[] I1_SMALL = {
        0x1.53585cp-77f,
        0x1.165e7cp-69f,
        0x1.8bce58p-62f,
        0x1.e2637cp-55f,
        0x1.f17698p-48f,
        0x1.ab81eap-41f,
        0x1.2c9758p-34f,
        0x1.522a44p-28f,
        0x1.27e4fcp-22f,
        0x1.845c8ap-17f,
        0x1.6c16c2p-12f,
        0x1.c71c72p-8f,
        0x1.555556p-4f,
        0x1p-1f,
        0x1p0f
    };

    /// `√x·e^-x·I1(x)` of `16/x - 1` for x from 8 on.
    static final float[] I1_LARGE = {
        -0x1.0790bap-28f,
        -0x1.c4153ap-26f,
        -0x1.0dbfd2p-22f,
        -0x1.048df4p-18f,
        -0x1.cfd7f8p-14f,
        -0x1.3fda06p-7f,
        0x1.8ea18cp-1f
    };
}
