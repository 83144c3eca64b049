package dev.lanegrad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The limits of a floating point type, as `torch.finfo`.
///
/// @param dtype the type
/// @param resolution the decimal that the type tells apart from 1 with certainty
/// @param max the largest number; the smallest is its negative
/// @param eps the distance from 1 to the next number
/// @param smallestNormal the smallest positive number with full precision
public record FloatInfo(
        DType dtype, double resolution, double max, double eps, double smallestNormal) {
    /// The limits of `dtype`.
    ///
    /// @throws IllegalArgumentException if it is not floating point
    public static FloatInfo of(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> new FloatInfo(dtype, 1e-6, Float.MAX_VALUE, 0x1p-23, Float.MIN_NORMAL);
            case FLOAT64 ->
                    new FloatInfo(dtype, 1e-15, Double.MAX_VALUE, 0x1p-52, Double.MIN_NORMAL);
            case FLOAT16 -> new FloatInfo(dtype, 1e-3, 65504, 0x1p-10, 0x1p-14);
            case BFLOAT16 -> new FloatInfo(dtype, 1e-2, 0x1.fep127, 0x1p-7, Float.MIN_NORMAL);
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                    throw new IllegalArgumentException(
                            "finfo: " + dtype + " is not floating point, use IntegerInfo");
        };
    }

    /// For example `finfo(resolution=1e-06, min=-3.40282e+38, ...)`.
    @Override
    public String toString() {
        return "finfo(resolution=%s, min=%s, max=%s, eps=%s, smallest_normal=%s, tiny=%s, dtype=%s)"
                .formatted(
                        six(resolution),
                        six(-max),
                        six(max),
                        six(eps),
                        six(smallestNormal),
                        six(smallestNormal),
                        dtype);
    }

    /// Six digits, as C's `%g`.
    private static String six(double x) {
        BigDecimal d =
                new BigDecimal(x)
                        .round(new MathContext(6, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        int exponent = d.precision() - d.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return d.toPlainString();
        }
        String sign = exponent < 0 ? "-" : "+";
        return "%se%s%02d".formatted(d.movePointLeft(exponent), sign, Math.abs(exponent));
    }
}
