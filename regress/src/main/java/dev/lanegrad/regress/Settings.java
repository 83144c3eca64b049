package dev.lanegrad.regress;

import java.util.Arrays;
import java.util.List;

/// How a run measures and judges.
///
/// @param pairs of processes for each case in the first look
/// @param confirm pairs of the second look
/// @param threshold the least slowdown that counts as a regression, 0.03 for 3 %
/// @param alpha the chance of any false alarm in the second look
/// @param unit what is compared
/// @param iteration which of a process' iterations stand for it
/// @param turns what the two processes of a pair take turns by
/// @param together whether one process measures all cases of a side: fast, less independent
/// @param bench regular expression of the cases' ids
/// @param jvm options for every process
/// @param jmh options for JMH
public record Settings(
        int pairs,
        int confirm,
        double threshold,
        double alpha,
        Unit unit,
        Iteration iteration,
        Turns turns,
        boolean together,
        String bench,
        List<String> jvm,
        List<String> jmh) {

    /// How often the processes of a pair take turns.
    public enum Turns {
        /// With each iteration: both are there at once, and one stands still while the other
        /// measures.
        ITERATION,
        /// One process after the other.
        PROCESS
    }

    /// What a process' figure is.
    public enum Unit {
        /// The time of an operation.
        TIME,
        /// The time of an operation times the machine's peak beside it: what the clock does cancels
        /// out.
        PEAK
    }

    /// Which iterations stand for a process.
    public enum Iteration {
        /// All, each beside its neighbour of the other process: a pair's ratio is the median of its
        /// iterations' ratios. What the machine does for longer than an iteration cancels out.
        PAIRED,
        /// The middle one.
        MEDIAN,
        /// The fastest, which neighbours disturbed least (Chen and Revels, Robust benchmarking in
        /// noisy environments, 2016); blind to what happens now and then only.
        FASTEST;

        /// One number for a process.
        double of(double... x) {
            return this == FASTEST ? Arrays.stream(x).min().orElse(Double.NaN) : Numbers.median(x);
        }

        /// The logarithm of head by base.
        double logRatio(double[] base, double[] head) {
            if (this != PAIRED || base.length != head.length) {
                return Math.log(of(head) / of(base));
            }
            double[] logs = new double[base.length];
            Arrays.setAll(logs, i -> Math.log(head[i] / base[i]));
            return Numbers.median(logs);
        }
    }

    /// Pairs of a look.
    int pairs(int look) {
        return look == 1 ? pairs : confirm;
    }
}
