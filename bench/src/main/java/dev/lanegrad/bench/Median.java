package dev.lanegrad.bench;

import java.util.stream.DoubleStream;

/// What every table shows of its samples.
public final class Median {
    private Median() {}

    /// The one in the middle, or the mean of the two there; NaN of none.
    public static double of(DoubleStream samples) {
        double[] ascending = samples.sorted().toArray();
        int n = ascending.length;
        return n == 0 ? Double.NaN : (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
    }
}
