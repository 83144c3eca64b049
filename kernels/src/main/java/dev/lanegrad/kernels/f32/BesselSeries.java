package dev.lanegrad.kernels.f32;

/// Chebyshev coefficients of [Bessel], those of the highest order first, as far as this precision
/// needs them.
///
/// The other precision needs more terms: its file is written, too.
final class BesselSeries {
    private BesselSeries() {}

    /// `e^-x·I0(x)` of `x/4 - 1` for x from 0 to 8.
    static final float[] I0_SMALL = {
        0x1.6d903ap-29f,
        -0x1.beaf68p-27f,
        0x1.03b76ap-24f,
        -0x1.1ec638p-22f,
        0x1.2bf24ap-20f,
        -0x1.2866fcp-18f,
        0x1.13f58cp-16f,
        -0x1.e2b266p-15f,
        0x1.8b51b8p-13f,
        -0x1.2e2fd2p-11f,
        0x1.adc758p-10f,
        -0x1.1b65e2p-8f,
        0x1.59962p-7f,
        -0x1.84e9fp-6f,
        0x1.93e8acp-5f,
        -0x1.84b704p-4f,
        0x1.5f7ac8p-3f,
        -0x1.37febcp-2f,
        0x1.5a84eap-1f
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

    /// `e^-x·I1(x)/x` of `x/4 - 1` for x from 0 to 8.
    static final float[] I1_SMALL = {
        -0x1.0361b2p-29f,
        0x1.4258ep-27f,
        -0x1.7dd3e2p-25f,
        0x1.ae344cp-23f,
        -0x1.cc0798p-21f,
        0x1.d1c4eep-19f,
        -0x1.bd5f9cp-17f,
        0x1.911b54p-15f,
        -0x1.533caep-13f,
        0x1.0c95dcp-11f,
        -0x1.8cc62p-10f,
        0x1.106534p-8f,
        -0x1.5a29f8p-7f,
        0x1.951e3ep-6f,
        -0x1.b1bbc6p-5f,
        0x1.a46daep-4f,
        -0x1.694d1p-3f,
        0x1.02a638p-2f
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
