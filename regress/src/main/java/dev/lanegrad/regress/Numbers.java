package dev.lanegrad.regress;

import java.util.Arrays;
import java.util.Locale;

/// Medians, and how numbers are written.
public final class Numbers {
    private static final String[] PREFIXES = {"ps", "ns", "µs", "ms", "s"};
    private static final double THOUSAND = 1000;

    private Numbers() {}

    /// The middle of `x`, or the mean of the two middle ones; NaN of none.
    public static double median(double... x) {
        if (x.length == 0) {
            return Double.NaN;
        }
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// A ratio as a change: `+5.2 %`.
    public static String change(double ratio) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
    }

    /// A time of an operation in nanoseconds; `unit` is JMH's, `us/op`. NaN of other units.
    public static double nanos(double value, String unit) {
        return switch (unit) {
            case "ns/op" -> value;
            case "us/op" -> value * 1e3;
            case "ms/op" -> value * 1e6;
            case "s/op" -> value * 1e9;
            case "min/op" -> value * 60e9;
            default -> Double.NaN;
        };
    }

    /// A time of an operation with four digits in a fitting unit.
    public static String time(double value, String unit) {
        double scaled = nanos(value, unit) * 1e3;
        if (Double.isNaN(scaled)) {
            return String.format(Locale.ROOT, "%.4g %s", value, unit);
        }
        int prefix = 0;
        while (scaled >= THOUSAND && prefix < PREFIXES.length - 1) {
            scaled /= THOUSAND;
            prefix++;
        }
        int digits = scaled >= 100 ? 1 : scaled >= 10 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f %s", scaled, PREFIXES[prefix]);
    }
}
