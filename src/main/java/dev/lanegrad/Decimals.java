package dev.lanegrad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Python formats them: the binary value is taken exactly and rounded once, half to
/// even. (`String.format` rounds half up.)
final class Decimals {
    private Decimals() {}

    /// Python's `{:.{digits}f}`.
    static String fixed(double x, int digits) {
        if (!Double.isFinite(x)) {
            return nonFinite(x);
        }
        return sign(x)
                + new BigDecimal(Math.abs(x))
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /// Python's `{:.{digits}e}`: one digit before the point, at least two in the exponent.
    static String scientific(double x, int digits) {
        if (!Double.isFinite(x)) {
            return nonFinite(x);
        }
        BigDecimal value =
                new BigDecimal(Math.abs(x))
                        .round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        String significant = value.unscaledValue().toString();
        int exponent = significant.length() - 1 - value.scale();
        StringBuilder text = new StringBuilder(sign(x)).append(significant.charAt(0));
        if (digits > 0) {
            text.append('.').append(significant, 1, significant.length());
            text.repeat('0', digits + 1 - significant.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            text.append('0');
        }
        return text.append(Math.abs(exponent)).toString();
    }

    /// `-` also for negative zero and for what rounds to it.
    private static String sign(double x) {
        return Double.doubleToRawLongBits(x) < 0 ? "-" : "";
    }

    private static String nonFinite(double x) {
        return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
    }
}
