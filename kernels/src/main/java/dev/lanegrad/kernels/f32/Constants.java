package dev.lanegrad.kernels.f32;

/// What differs between the precisions beyond the words: bit patterns of the format.
final class Constants {
    /// The sign bit of a number.
    static final int SIGN = 0x8000_0000;

    /// All bits but the sign.
    static final int MAGNITUDE = 0x7fff_ffff;

    /// From here on every number is whole: 2²³.
    static final float WHOLE = 0x1p23f;

    private Constants() {}
}
