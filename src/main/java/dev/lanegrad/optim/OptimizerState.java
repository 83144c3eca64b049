package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What an optimizer remembers between steps, laid out and named as PyTorch's `state_dict()`.
///
/// @param state by a parameter's position in the order of the groups: its tensors, for example
///   `momentum_buffer`
/// @param paramGroups the options of each group, and its parameters' positions under `params`
public record OptimizerState(
        SequencedMap<Integer, SequencedMap<String, Tensor>> state,
        List<SequencedMap<String, @Nullable Object>> paramGroups) {}
