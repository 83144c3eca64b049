package dev.lanegrad.kernels.f64;

/// What differs between the precisions beyond the words: bit patterns of the format, numbers split
/// so that products with small whole numbers are exact, and the ranges of functions.
final class Constants {
    /// The sign bit of a number.
    static final long SIGN = 0x8000_0000_0000_0000L;

    /// All bits but the sign.
    static final long MAGNITUDE = 0x7fff_ffff_ffff_ffffL;

    /// Position of the exponent: the number of bits behind the point.
    static final int FRACTION = 52;

    /// From here on every number is whole: 2^FRACTION.
    static final double WHOLE = 0x1p52;

    /// Added and subtracted again it rounds to a whole number, which meanwhile is in the lowest
    /// bits.
    static final double ROUND = 0x1.8p52;

    static final long ROUND_BITS = 0x4338_0000_0000_0000L;

    /// ROUND plus the exponent's bias: added to n it leaves the exponent bits of 2^n lowest.
    static final double ROUND_BIASED = 0x1.8p52 + 1023;

    /// Bits of 1.
    static final long ONE_BITS = 0x3ff0_0000_0000_0000L;

    /// Number of bits of a number.
    static final int BITS = 64;

    /// Bits of √½.
    static final long SQRT_HALF_BITS = 0x3fe6_a09e_667f_3bcdL;

    /// The smallest number with all its digits.
    static final double MIN_NORMAL = 0x1p-1022;

    /// Half an ulp of 1: what 1 swallows.
    static final double HALF_ULP = 0x1p-53;

    /// log 2, its upper part short.
    static final double LN2_HIGH = 0x1.62e42fefa3p-1;

    static final double LN2_LOW = 0x1.3de6af278ece6p-42;

    /// log₁₀ 2, its upper part short.
    static final double LOG10_2_HIGH = 0x1.34413509f7p-2;

    static final double LOG10_2_LOW = 0x1.3fde623e2566bp-43;

    /// What log₂ e and log₁₀ e have beyond this precision.
    static final double LOG2_E_LOW = 0x1.777d0ffda0d24p-56;

    static final double LOG10_E_LOW = 0x1.95355baaafad3p-57;

    /// Below and above, e^x is 0 and infinite; below the third, e^x - 1 is -1.
    static final double EXP_MIN = -746;

    static final double EXP_MAX = 710;

    /// Up to this size of x, e^x has all its digits.
    static final double EXP_NORMAL = 708;

    static final double EXPM1_MIN = -38;

    /// Up to this size of x, 1 + 2^n is exact for the whole n next to x/log 2; beyond, the square
    /// of e^-|x| is nothing beside 1.
    static final double SIGMOID_NEAR = 36;

    /// The same for 2^x.
    static final double EXP2_MIN = -1076;

    static final double EXP2_MAX = 1025;

    /// What log 2 and ⅔ have beyond this precision.
    static final double LN2_REST = 0x1.abc9e3b39803fp-56;

    static final double TWO_THIRDS_LOW = 0x1.5555555555555p-55;

    /// Powers of two that bring very large and very small numbers to where squares have all digits.
    static final double HYPOT_DOWN = 0x1p-600;

    static final double HYPOT_UP = 0x1p600;

    /// Numbers of exponents below -STEP are reached in two steps, the second one 2^(1 - STEP).
    static final double STEP = 512;

    static final double TWICE_STEP_POWER = 0x1p-511;

    /// Above, `x² + 1` and `x²` are the same to all digits.
    static final double LARGE = 0x1p60;

    /// Quotients up to here are rounded to a neighbour of the right whole number at worst.
    static final double QUOTIENT = 0x1p49;

    /// Below, two terms of an odd power series have all digits.
    static final double TWO_TERMS = 0x1p-13;

    /// Above, erfc is 0.
    static final double ERFC_MAX = 27.3;

    /// Above, tanh is 1.
    static final double TANH_MAX = 20;

    /// π/2 in three parts, the first two so short that multiples of them are exact.
    static final double HALF_PI_1 = 0x1.921fb544p0;

    static final double HALF_PI_2 = 0x1.0b4611a6p-34;

    static final double HALF_PI_3 = 0x1.3198a2e037073p-69;

    /// Angles beyond need more digits of π than those.
    static final double FAR = 0x1p20;

    /// What π/2 and 3π/4 have beyond this precision.
    static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;

    static final double THREE_QUARTER_PI_LOW = 0x1.a79394c9e8a0ap-54;

    private Constants() {}
}
