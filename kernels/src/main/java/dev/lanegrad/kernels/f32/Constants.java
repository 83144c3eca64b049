package dev.lanegrad.kernels.f32;

/// What differs between the precisions beyond the words: bit patterns of the format, numbers split
/// so that products with small whole numbers are exact, and the ranges of functions.
final class Constants {
    /// The sign bit of a number.
    static final int SIGN = 0x8000_0000;

    /// All bits but the sign.
    static final int MAGNITUDE = 0x7fff_ffff;

    /// Position of the exponent: the number of bits behind the point.
    static final int FRACTION = 23;

    /// From here on every number is whole: 2^FRACTION.
    static final float WHOLE = 0x1p23f;

    /// Added and subtracted again it rounds to a whole number, which meanwhile is in the lowest
    /// bits.
    static final float ROUND = 0x1.8p23f;

    static final int ROUND_BITS = 0x4b40_0000;

    /// ROUND plus the exponent's bias: added to n it leaves the exponent bits of 2^n lowest.
    static final float ROUND_BIASED = 0x1.8p23f + 127;

    /// Bits of 1.
    static final int ONE_BITS = 0x3f80_0000;

    /// Number of bits of a number.
    static final int BITS = 32;

    /// Bits of √½.
    static final int SQRT_HALF_BITS = 0x3f35_04f3;

    /// The smallest number with all its digits.
    static final float MIN_NORMAL = 0x1p-126f;

    /// Half an ulp of 1: what 1 swallows.
    static final float HALF_ULP = 0x1p-24f;

    /// log 2, its upper part short.
    static final float LN2_HIGH = 0x1.62e4p-1f;

    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /// log₁₀ 2, its upper part short.
    static final float LOG10_2_HIGH = 0x1.344p-2f;

    static final float LOG10_2_LOW = 0x1.3509f8p-18f;

    /// What log₂ e and log₁₀ e have beyond this precision.
    static final float LOG2_E_LOW = 0x1.4ae0cp-26f;

    static final float LOG10_E_LOW = -0x1.5b235ep-27f;

    /// Below and above, e^x is 0 and infinite; below the third, e^x - 1 is -1.
    static final float EXP_MIN = -104;

    static final float EXP_MAX = 89;

    /// Up to this size of x, e^x has all its digits.
    static final float EXP_NORMAL = 87;

    static final float EXPM1_MIN = -18;

    /// Up to this size of x, 1 + 2^n is exact for the whole n next to x/log 2; beyond, the square
    /// of e^-|x| is nothing beside 1.
    static final float SIGMOID_NEAR = 16;

    /// The same for 2^x.
    static final float EXP2_MIN = -151;

    static final float EXP2_MAX = 129;

    /// What log 2 and ⅔ have beyond this precision.
    static final float LN2_REST = -0x1.05c61p-29f;

    static final float TWO_THIRDS_LOW = -0x1.555556p-26f;

    /// Powers of two that bring very large and very small numbers to where squares have all digits.
    static final float HYPOT_DOWN = 0x1p-70f;

    static final float HYPOT_UP = 0x1p90f;

    /// Numbers of exponents below -STEP are reached in two steps, the second one 2^(1 - STEP).
    static final float STEP = 64;

    static final float TWICE_STEP_POWER = 0x1p-63f;

    /// Above, `x² + 1` and `x²` are the same to all digits.
    static final float LARGE = 0x1p30f;

    /// Quotients up to here are rounded to a neighbour of the right whole number at worst.
    static final float QUOTIENT = 0x1p20f;

    /// Below, two terms of an odd power series have all digits.
    static final float TWO_TERMS = 0x1p-6f;

    /// Above, erfc is 0.
    static final float ERFC_MAX = 10.2f;

    /// Above, tanh is 1.
    static final float TANH_MAX = 10;

    /// π/2 in three parts, the first two so short that multiples of them are exact.
    static final float HALF_PI_1 = 0x1.921fb6p0f;

    static final float HALF_PI_2 = -0x1.777a5cp-25f;

    static final float HALF_PI_3 = -0x1.ee59dap-50f;

    /// Angles beyond need more digits of π than those.
    static final float FAR = 0x1p20f;

    /// What π/2 and 3π/4 have beyond this precision.
    static final float HALF_PI_LOW = -0x1.777a5cp-25f;

    static final float THREE_QUARTER_PI_LOW = -0x1.99bc5cp-28f;

    private Constants() {}
}
