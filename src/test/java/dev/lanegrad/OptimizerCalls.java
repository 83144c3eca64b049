package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lanegrad.PythonCall.NotImplemented;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.OptimizerState;
import dev.lanegrad.optim.RecordedOptimizers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Optimizers and schedulers in recorded programs.
final class OptimizerCalls {
    private OptimizerCalls() {}

    /// What a step of `torch.optim` makes.
    static Object make(JsonNode step, Map<String, @Nullable Object> variables) {
        String kind = step.get("op").asText().replaceFirst(".*\\.", "");
        JsonNode first = step.get("args").get(0);
        try {
            if (step.get("op").asText().contains("lr_scheduler")) {
                if (!(variables.get(first.path("ref").asText()) instanceof Optimizer o)) {
                    throw new NotImplemented("a scheduler of " + first);
                }
                return kind.equals("ReduceLROnPlateau")
                        ? RecordedOptimizers.plateau(plain(step.path("kw")), o)
                        : RecordedOptimizers.scheduler(kind, plain(step.path("kw")), o);
            }
            Map<String, Tensor> params = new HashMap<>();
            variables.forEach((name, value) -> {
                if (value instanceof Tensor t) {
                    params.put(name, t);
                }
            });
            return RecordedOptimizers.create(kind, step.path("kw"), groups(first), params);
        } catch (RecordedOptimizers.NotImplemented e) {
            throw new NotImplemented(String.valueOf(e.getMessage()));
        }
    }

    /// The options as trajectories have them, numbers being numbers.
    private static JsonNode plain(JsonNode kw) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> e : kw.properties()) {
            JsonNode value = e.getValue();
            if (value.has("float")) {
                options.put(e.getKey(), Reference.number(value.get("float")));
            } else {
                options.set(e.getKey(), value);
            }
        }
        return options;
    }

    /// The groups as trajectories have them: parameters by name, and options.
    private static JsonNode groups(JsonNode list) {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : list.path("list")) {
            if (element.has("ref")) {
                names.add(element.get("ref").asText());
            } else {
                groups.add(group(element.path("dict")));
            }
        }
        if (!names.isEmpty() || groups.isEmpty()) {
            groups.addObject().set("params", names);
        }
        return groups;
    }

    private static ObjectNode group(JsonNode entries) {
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        for (JsonNode entry : entries) {
            if (entry.get(0).asText().equals("params")) {
                ArrayNode names = group.putArray("params");
                entry.get(1).path("list").forEach(e -> names.add(e.path("ref").asText()));
            } else {
                group.set(entry.get(0).asText(), entry.get(1));
            }
        }
        return group;
    }

    /// A call of an optimizer's method.
    static @Nullable Object call(String op, Optimizer o, List<@Nullable Object> arguments) {
        if (op.equals(".add_param_group")
                && arguments.get(0) instanceof Map<?, ?> group
                && group.get("params") instanceof List<?> members) {
            o.addParamGroup(members.stream().map(Tensor.class::cast).toList());
            return null;
        }
        if (op.equals(".load_state_dict") && arguments.get(0) instanceof Map<?, ?> saved) {
            o.loadStateDict(state(saved));
            return null;
        }
        throw new NotImplemented(op + " of an optimizer");
    }

    /// Saved options of groups, without any state.
    private static OptimizerState state(Map<?, ?> saved) {
        List<SequencedMap<String, @Nullable Object>> groups = new ArrayList<>();
        if (!(saved.get("state") instanceof Map<?, ?> state && state.isEmpty())
                || !(saved.get("param_groups") instanceof List<?> entries)) {
            throw new NotImplemented("a state " + saved);
        }
        for (Object entry : entries) {
            SequencedMap<String, @Nullable Object> group = new LinkedHashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(entry))
                    .forEach((key, value) -> group.put((String) key, value));
            groups.add(group);
        }
        return new OptimizerState(new LinkedHashMap<>(), groups);
    }
}
