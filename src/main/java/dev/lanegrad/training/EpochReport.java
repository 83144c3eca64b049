package dev.lanegrad.training;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How one pass over the training examples went.
///
/// @param epoch from 1
/// @param seconds of training, validation aside
/// @param examples learned from
/// @param lr learning rate of the first group at the end
/// @param training `loss` and metrics over the training examples, while they were learned from
/// @param validation the same over the validation examples afterwards; empty without
/// @param best whether the value that is watched was the best so far
public record EpochReport(
        int epoch,
        double seconds,
        int examples,
        double lr,
        SequencedMap<String, Double> training,
        SequencedMap<String, Double> validation,
        boolean best) {
    /// The values by name for logs: `epoch`, `seconds`, `examples`, `lr`, those of training, and
    /// those of validation with `val_` before their names.
    public SequencedMap<String, Number> values() {
        SequencedMap<String, Number> values = new LinkedHashMap<>();
        values.put("epoch", epoch);
        values.put("seconds", seconds);
        values.put("examples", examples);
        values.put("lr", lr);
        values.putAll(training);
        validation.forEach((name, value) -> values.put("val_" + name, value));
        return values;
    }
}
