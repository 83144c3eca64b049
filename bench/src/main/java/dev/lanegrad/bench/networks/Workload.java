package dev.lanegrad.bench.networks;

/// What a row measures, ready to run.
interface Workload {
    /// Runs one step.
    ///
    /// @return values that tell whether two libraries did the same: scores, or a loss
    float[] step();

    /// The first step, which may tell more than the others.
    default float[] first() {
        return step();
    }

    /// Steps of one call of [#step], if it is too short to time alone or has several callers.
    default int steps() {
        return 1;
    }
}
