package dev.lanegrad.training;

import dev.lanegrad.Tensor;

/// A number for how well outputs fit targets, collected batch by batch.
public interface Metric {
    /// Forgets what was collected.
    void reset();

    /// Collects a batch.
    ///
    /// @param output of the network, without history
    void add(Tensor output, Tensor target);

    /// The number for all that was collected since the last [#reset()]; NaN for nothing.
    double value();

    /// Whether a higher value is better.
    default boolean risesWhenBetter() {
        return true;
    }
}
