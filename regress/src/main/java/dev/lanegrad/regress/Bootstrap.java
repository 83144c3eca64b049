package dev.lanegrad.regress;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// The center of a few numbers and how sure it is.
///
/// The center is the median of the means of any two (Hodges and Lehmann 1963), which one wild
/// number hardly moves. The interval is the bootstrap's of 95 %, widened for small samples as in
/// Hesterberg, What Teachers Should Know About the Bootstrap, The American Statistician 69 (2015);
/// the same numbers always get the same interval.
///
/// @param center of the numbers
/// @param low the interval's lower end
/// @param high the interval's upper end
record Bootstrap(double center, double low, double high) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 1;
    private static final double TAIL = 0.025;

    /// Of at least two numbers.
    static Bootstrap of(double... x) {
        if (x.length < 2) {
            throw new IllegalArgumentException("bootstrap: needs 2 numbers, but has " + x.length);
        }
        double[] centers = resample(x);
        double tail = expandedTail(x.length);
        return new Bootstrap(center(x), quantile(centers, tail), quantile(centers, 1 - tail));
    }

    /// The median of the means of all two, each with itself included.
    private static double center(double[] x) {
        double[] means = new double[x.length * (x.length + 1) / 2];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i; j < x.length; j++) {
                means[n++] = (x[i] + x[j]) / 2;
            }
        }
        return Numbers.median(means);
    }

    private static double[] resample(double[] x) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] centers = new double[RESAMPLES];
        double[] sample = new double[x.length];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < x.length; i++) {
                sample[i] = x[random.nextInt(x.length)];
            }
            centers[r] = center(sample);
        }
        Arrays.sort(centers);
        return centers;
    }

    /// The bootstrap's spread lacks a factor of `sqrt((n - 1) / n)`, and its tails those of
    /// Student's distribution.
    private static double expandedTail(int n) {
        double t = TDistribution.of(n - 1).inverseCumulativeProbability(TAIL);
        return NormalDistribution.of(0, 1)
                .cumulativeProbability(t * Math.sqrt((double) n / (n - 1)));
    }

    private static double quantile(double[] ascending, double q) {
        double at = q * (ascending.length - 1);
        int i = (int) at;
        int next = Math.min(i + 1, ascending.length - 1);
        return ascending[i] + (at - i) * (ascending[next] - ascending[i]);
    }
}
