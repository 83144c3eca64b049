package dev.lanegrad.regress;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What one process said about one case.
///
/// @param test the case
/// @param side whose process it was
/// @param look 1, or 2 where the first look could not clear the case
/// @param pair the number of the pair of processes within the look, from 0
/// @param unit of a score, `ns/op` or `ops/s`
/// @param scores of the measured iterations
/// @param peaks of the machine beside each iteration where the benchmark measures them, or empty
/// @param bytes allocated by an operation, in each iteration
/// @param probe speed of the machine just before the process, in GFLOP/s of [Probe]
/// @param skipped methods that the compiler gave up
/// @param deoptimizations of optimized code while the iterations were measured
/// @param facts what the benchmark said of itself, such as its vectors' width
public record Fork(
        @JsonProperty("case") Case test,
        Side side,
        int look,
        int pair,
        String unit,
        double[] scores,
        double[] peaks,
        double[] bytes,
        double probe,
        List<String> skipped,
        int deoptimizations,
        Map<String, String> facts) {

    /// The same in its place in the plan.
    Fork at(int look, int pair, double probe) {
        return new Fork(
                test,
                side,
                look,
                pair,
                unit,
                scores,
                peaks,
                bytes,
                probe,
                skipped,
                deoptimizations,
                facts);
    }

    /// The time of an operation in each iteration, in [#costUnit()].
    @JsonIgnore
    public double[] times() {
        boolean rate = unit.startsWith("ops/");
        return Arrays.stream(scores).map(s -> rate ? 1 / s : s).toArray();
    }

    /// `ns/op` for both `ns/op` and `ops/ns`.
    @JsonIgnore
    public String costUnit() {
        return unit.startsWith("ops/") ? unit.substring("ops/".length()) + "/op" : unit;
    }

    /// The times in operations that the machine could have done at its peak meanwhile: what is left
    /// when the clock moves. Empty where no peak was measured beside the iterations.
    @JsonIgnore
    public double[] timesAtPeak() {
        if (peaks.length != scores.length) {
            return new double[0];
        }
        double[] work = times();
        Arrays.setAll(work, i -> work[i] * peaks[i]);
        return work;
    }
}
