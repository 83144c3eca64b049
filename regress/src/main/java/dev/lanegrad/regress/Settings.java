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
/// @param iteration which of a process' iterations stands for it
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
        boolean together,
        String bench,
        List<String> jvm,
        List<String> jmh) {

    /// What a process' figure is.
    public enum Unit {
        /// The time of an operation.
        TIME,
        /// The time of an operation times the machine's peak beside it: what the clock does cancels
        /// out.
        PEAK
    }

    /// Which iteration stands for a process.
    public enum Iteration {
        /// The middle one.
        MEDIAN,
        /// The fastest, which neighbours disturbed least (Chen and Revels, Robust benchmarking in
        /// noisy environments, 2016); blind to what happens now and then only.
        FASTEST;

        double of(double... x) {
            return this == MEDIAN ? Numbers.median(x) : Arrays.stream(x).min().orElse(Double.NaN);
        }
    }

    /// Pairs of a look.
    int pairs(int look) {
        return look == 1 ? pairs : confirm;
    }
}
