package dev.lanegrad.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What was measured for a row at a size; pairs of samples of ours and a peer's that follow each
/// other.
///
/// @param form how the peer gets its output: `out` into memory it was given, `new` into memory it
///   allocates, empty without a peer
/// @param problem why there is nothing to compare, empty if there is
/// @param ours nanoseconds an operation, a sample each
/// @param theirs as `ours`, empty without a peer
record OperationFigures(
        String group,
        String name,
        double target,
        int elements,
        String form,
        String problem,
        List<Double> ours,
        List<Double> theirs) {
    static OperationFigures none(OperationRow row, int elements, String form, String problem) {
        return new OperationFigures(
                row.group(),
                row.name(),
                row.target(),
                elements,
                form,
                problem,
                new ArrayList<>(),
                new ArrayList<>());
    }

    void add(OperationFigures another) {
        ours.addAll(another.ours);
        theirs.addAll(another.theirs);
    }

    boolean compares() {
        return !theirs.isEmpty();
    }

    boolean met() {
        return ratio() >= target;
    }

    double oursMicros() {
        return Median.of(ours.stream().mapToDouble(v -> v)) / 1e3;
    }

    double theirsMicros() {
        return Median.of(theirs.stream().mapToDouble(v -> v)) / 1e3;
    }

    /// How many times as fast ours is: the median over the pairs of samples.
    double ratio() {
        return Median.of(
                IntStream.range(0, ours.size()).mapToDouble(i -> theirs.get(i) / ours.get(i)));
    }
}
