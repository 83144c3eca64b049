package dev.lanegrad.regress.report;

import java.util.ArrayList;
import java.util.List;

/// Maps values to pixels, decades being equally long.
///
/// @param low the value at `from`
/// @param high the value at `to`
/// @param from a pixel
/// @param to a pixel
record LogScale(double low, double high, double from, double to) {
    private static final double[] STEPS = {1, 2, 5};

    double at(double value) {
        double share = Math.log(value / low) / Math.log(high / low);
        return from + share * (to - from);
    }

    /// 1, 2 and 5 times powers of ten within the scale.
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
            for (double step : STEPS) {
                double tick = step * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /// A tick as text: no exponent, no needless zeros.
    static String label(double tick) {
        return tick >= 1 ? Html.format("%.0f", tick) : Html.format("%.2g", tick);
    }
}
