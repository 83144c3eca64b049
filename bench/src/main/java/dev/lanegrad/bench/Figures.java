package dev.lanegrad.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The iterations of a benchmark over all its processes: the time of an operation, and the peak in
/// GFLOP/s measured around it.
record Figures(List<Double> nanos, List<Double> peaks) {
    static Figures none() {
        return new Figures(new ArrayList<>(), new ArrayList<>());
    }

    /// The median of GFLOP/s.
    double gflops(KernelRow row) {
        return Median.of(Arrays.stream(sorted(row.flop(), i -> 1)));
    }

    /// Percent of the peak beside each iteration, in ascending order.
    double[] shares(KernelRow row) {
        return sorted(row.flop(), i -> peaks.get(i) * row.partOfPeak() / 100);
    }

    /// The median of [#shares].
    double share(KernelRow row) {
        return Median.of(Arrays.stream(shares(row)));
    }

    /// For a file.
    Map<String, Object> json(KernelRow row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("gflops", gflops(row));
        map.put("percentOfPeak", share(row));
        map.put("nanos", nanos);
        map.put("peakGflops", peaks);
        return map;
    }

    private double[] sorted(double flop, IntToDoubleFunction unit) {
        return IntStream.range(0, nanos.size())
                .mapToDouble(i -> flop / nanos.get(i) / unit.applyAsDouble(i))
                .sorted()
                .toArray();
    }
}
