package dev.lanegrad.kernels.f64;

/// What differs between the precisions beyond the words: bit patterns of the format.
final class Constants {
    /// The sign bit of a number.
    static final long SIGN = 0x8000_0000_0000_0000L;

    /// All bits but the sign.
    static final long MAGNITUDE = 0x7fff_ffff_ffff_ffffL;

    /// From here on every number is whole: 2⁵².
    static final double WHOLE = 0x1p52;

    private Constants() {}
}
