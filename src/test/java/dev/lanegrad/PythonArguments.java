package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The arguments of a recorded call, as Java values: Integer, Double, Boolean, String, List, null,
/// or what a variable holds.
public final class PythonArguments {
    private final List<@Nullable Object> positional = new ArrayList<>();
    private final JsonNode keywords;
    private final Map<String, Object> variables;
    private final TreeSet<String> unread = new TreeSet<>();

    /// Of a recorded step.
    public PythonArguments(JsonNode step, Map<String, Object> variables) {
        this.variables = variables;
        this.keywords = step.path("kw");
        step.get("args").forEach(arg -> positional.add(value(arg)));
        keywords.fieldNames().forEachRemaining(unread::add);
    }

    /// The value of a recorded argument.
    @Nullable Object value(JsonNode node) {
        if (node.has("ref")) {
            return Objects.requireNonNull(variables.get(node.get("ref").asText()));
        }
        if (node.has("float")) {
            return Reference.number(node.get("float"));
        }
        for (String kind : List.of("tuple", "list")) {
            if (node.has(kind)) {
                return Reference.elements(node.get(kind)).map(this::value).toList();
            }
        }
        if (node.isObject()) {
            return node;
        }
        return node.isNull()
                ? null
                : node.isBoolean() ? node.asBoolean() : node.isInt() ? node.asInt() : node.asText();
    }

    /// Number of positional arguments.
    public int count() {
        return positional.size();
    }

    /// Whether there is an argument at this place or of this name.
    public boolean has(int place, String name) {
        return (place >= 0 && place < positional.size()) || keywords.has(name);
    }

    /// The argument at this place or of this name.
    public @Nullable Object get(int place, String name, @Nullable Object otherwise) {
        unread.remove(name);
        if (place >= 0 && place < positional.size()) {
            return positional.get(place);
        }
        return keywords.has(name) ? value(keywords.get(name)) : otherwise;
    }

    /// A number.
    public Number number(int place, String name, Number otherwise) {
        return (Number) Objects.requireNonNull(get(place, name, otherwise));
    }

    /// An integer.
    public int integer(int place, String name, int otherwise) {
        return number(place, name, otherwise).intValue();
    }

    /// A truth value.
    public boolean flag(int place, String name, boolean otherwise) {
        return (Boolean) Objects.requireNonNull(get(place, name, otherwise));
    }

    /// Keywords that nobody asked for.
    public TreeSet<String> unread() {
        return unread;
    }
}
