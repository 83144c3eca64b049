package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What an optimizer remembers between steps, laid out and named as PyTorch's `state_dict()`.
///
/// @param state by a parameter's position in the order of the groups: its tensors, for example
///   `momentum_buffer`
/// @param paramGroups the options of each group, and its parameters' positions under `params`
public record OptimizerState(
        SequencedMap<Integer, SequencedMap<String, Tensor>> state,
        List<SequencedMap<String, @Nullable Object>> paramGroups) {
    private static final String STATE = "state";
    private static final String PARAM_GROUPS = "param_groups";

    /// The dict that PyTorch has: `state` and `param_groups`. [dev.lanegrad.io.Pth] writes it.
    public SequencedMap<String, Object> toMap() {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put(STATE, state);
        map.put(PARAM_GROUPS, paramGroups);
        return map;
    }

    /// What a dict of PyTorch's form says, as [dev.lanegrad.io.Pth] reads it. Entries of a
    /// parameter that are null are left out.
    ///
    /// @throws IllegalArgumentException if it is of another form
    public static OptimizerState of(Map<?, ?> map) {
        SequencedMap<Integer, SequencedMap<String, Tensor>> state = new LinkedHashMap<>();
        map(STATE, map.get(STATE))
                .forEach((position, own) -> {
                    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
                    map("the state of parameter " + position, own)
                            .forEach((name, value) -> {
                                if (value != null) {
                                    tensors.put(String.valueOf(name), tensor(name, value));
                                }
                            });
                    state.put(position(position), tensors);
                });
        if (!(map.get(PARAM_GROUPS) instanceof List<?> list)) {
            throw new IllegalArgumentException("optimizer state: param_groups is no list");
        }
        List<SequencedMap<String, @Nullable Object>> groups = new ArrayList<>();
        for (Object entry : list) {
            groups.add(group(map("a group", entry)));
        }
        return new OptimizerState(state, groups);
    }

    private static SequencedMap<String, @Nullable Object> group(Map<?, ?> entry) {
        SequencedMap<String, @Nullable Object> group = new LinkedHashMap<>();
        entry.forEach((name, value) ->
                group.put(
                        String.valueOf(name),
                        "params".equals(name) && value instanceof List<?> positions
                                ? positions.stream().map(OptimizerState::position).toList()
                                : value));
        return group;
    }

    private static Map<?, ?> map(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("optimizer state: " + what + " is no dict");
    }

    private static Tensor tensor(@Nullable Object name, Object value) {
        return switch (value) {
            case Tensor t -> t;
            case Number n -> Tensor.scalar(n.floatValue()); // steps, before PyTorch 1.12
            default ->
                    throw new IllegalArgumentException(
                            "optimizer state: " + name + " is neither a tensor nor a number");
        };
    }

    private static int position(@Nullable Object value) {
        if (value instanceof Number n && n.longValue() == n.intValue()) {
            return n.intValue();
        }
        throw new IllegalArgumentException(
                "optimizer state: " + value + " is no position of a parameter");
    }
}
