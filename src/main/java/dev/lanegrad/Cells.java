package dev.lanegrad;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts of the elements that a printed tensor shows, in logical order, padded on the left to
/// one width.
///
/// @param width characters of a column; a text may be longer, since PyTorch does not count zeros,
///   infinities and NaN
record Cells(List<String> texts, int width) {
    private static final double LARGEST_RATIO = 1000;
    private static final double LARGEST_FIXED = 1e8;
    private static final double SMALLEST_FIXED = 1e-4;

    private enum Notation {
        WHOLE,
        FIXED,
        SCIENTIFIC;

        String text(double x, int digits) {
            return switch (this) {
                case WHOLE -> Decimals.fixed(x, 0) + (Double.isFinite(x) ? "." : "");
                case FIXED -> Decimals.fixed(x, digits);
                case SCIENTIFIC -> Decimals.scientific(x, digits);
            };
        }
    }

    static Cells ofIntegers(long[] values) {
        return ofTexts(Arrays.stream(values).mapToObj(Long::toString).toList());
    }

    static Cells ofBooleans(long[] values) {
        return ofTexts(Arrays.stream(values).mapToObj(v -> v != 0 ? "True" : "False").toList());
    }

    /// The finite values other than zero choose the notation and the width.
    static Cells ofFloats(double[] values, PrintOptions options) {
        double[] counted =
                Arrays.stream(values).filter(v -> Double.isFinite(v) && v != 0).toArray();
        Notation notation = notation(counted, options.sciMode());
        int digits = options.precision();
        int width =
                Arrays.stream(counted)
                        .mapToInt(v -> notation.text(v, digits).length())
                        .reduce(1, Math::max);
        return new Cells(
                Arrays.stream(values)
                        .mapToObj(v -> padded(notation.text(v, digits), width))
                        .toList(),
                width);
    }

    private static Notation notation(double[] values, @Nullable Boolean sciMode) {
        if (values.length == 0) {
            return Notation.WHOLE;
        }
        if (sciMode != null ? sciMode : isWideRange(values)) {
            return Notation.SCIENTIFIC;
        }
        boolean whole = Arrays.stream(values).allMatch(v -> v == Math.rint(v));
        return whole ? Notation.WHOLE : Notation.FIXED;
    }

    private static boolean isWideRange(double[] values) {
        double max = Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
        double min = Arrays.stream(values).map(Math::abs).reduce(max, Math::min);
        return max / min > LARGEST_RATIO || max > LARGEST_FIXED || min < SMALLEST_FIXED;
    }

    private static Cells ofTexts(List<String> texts) {
        int width = texts.stream().mapToInt(String::length).reduce(1, Math::max);
        return new Cells(texts.stream().map(t -> padded(t, width)).toList(), width);
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
