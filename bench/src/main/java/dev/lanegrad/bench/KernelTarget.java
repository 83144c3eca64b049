package dev.lanegrad.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What a row of the kernels' table is to reach.
///
/// @param what it is a share or a multiple of
/// @param alone the least that one thread is to reach; 0: nothing
/// @param shared the least that several are to
/// @param unit behind the numbers
/// @param figure what was reached; NaN if it was not measured
record KernelTarget(
        String what, double alone, double shared, String unit, ToDoubleFunction<Reached> figure) {
    /// A row and the table that it is in.
    ///
    /// @param row the row
    /// @param table all rows
    record Reached(KernelRow row, KernelTable.Run table) {}

    /// Percent of the peak measured beside the row.
    static KernelTarget peak(int percent) {
        return peak(percent, percent);
    }

    static KernelTarget peak(int alone, int shared) {
        return new KernelTarget(
                "of the peak", alone, shared, " %", r -> r.table().ours(r.row()).share(r.row()));
    }

    /// Times as fast as the fastest peer; of convolutions, as the faster layout of libtorch.
    static KernelTarget times(double times) {
        return new KernelTarget(
                "the fastest peer", times, times, " times", r -> r.table().timesFastest(r.row()));
    }

    /// Percent of the bandwidth of reading large arrays.
    static KernelTarget bandwidth(int percent) {
        return new KernelTarget(
                "of reading",
                percent,
                percent,
                " %",
                r -> 100 * r.table().gigabytes(r.row()) / r.table().readBandwidth());
    }

    /// Percent of the share of the peak that another shape reaches.
    static KernelTarget shareOf(String shape, int percent) {
        return new KernelTarget(
                "of " + shape, percent, percent, " %", r -> r.table().percentOf(r.row(), shape));
    }

    /// Whether there is anything to reach.
    boolean counts(int threads) {
        return least(threads) > 0;
    }

    double least(int threads) {
        return threads == 1 ? alone : shared;
    }

    /// Whether it is reached.
    boolean isMet(Reached reached) {
        return figure.applyAsDouble(reached) >= least(reached.table().threads());
    }

    /// For people.
    String say(Reached reached) {
        double is = figure.applyAsDouble(reached);
        return String.format(
                Locale.ROOT,
                "target %s%s %s: %s",
                plain(least(reached.table().threads())),
                unit,
                what,
                Double.isNaN(is)
                        ? "not measured"
                        : plain(is) + (isMet(reached) ? ", met" : ", missed"));
    }

    private static String plain(double x) {
        return x >= 10
                ? String.format(Locale.ROOT, "%.0f", x)
                : String.format(Locale.ROOT, "%.2f", x);
    }
}
