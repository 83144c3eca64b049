package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Parameters that share the options of their optimizer, which are named as in PyTorch
/// (`weight_decay`) and may change from step to step.
public final class ParamGroup {
    private final List<Tensor> params;
    private final SequencedMap<String, @Nullable Object> options = new LinkedHashMap<>();

    ParamGroup(List<Tensor> params) {
        this.params = new ArrayList<>(params);
    }

    /// The parameters.
    public List<Tensor> params() {
        return Collections.unmodifiableList(params);
    }

    /// The learning rate.
    public double lr() {
        return number("lr");
    }

    /// Sets the learning rate; returns this group.
    public ParamGroup lr(Number lr) {
        return set("lr", lr);
    }

    /// The value of an option: a number, a truth value, a text or null.
    ///
    /// @throws IllegalArgumentException if the optimizer has no such option
    public @Nullable Object get(String option) {
        checkKnown(option);
        return options.get(option);
    }

    /// Sets an option, or gives the group its `name`; returns this group.
    ///
    /// @throws IllegalArgumentException if the optimizer has no such option
    public ParamGroup set(String option, @Nullable Object value) {
        if (!option.equals("name")) {
            checkKnown(option);
        }
        options.put(option, value);
        return this;
    }

    double number(String option) {
        return ((Number) Objects.requireNonNull(get(option))).doubleValue();
    }

    boolean flag(String option) {
        return (Boolean) Objects.requireNonNull(get(option));
    }

    /// The options in the order of the optimizer's defaults.
    SequencedMap<String, @Nullable Object> options() {
        return options;
    }

    void putAll(Map<String, ? extends @Nullable Object> values) {
        options.putAll(values);
    }

    private void checkKnown(String option) {
        if (!options.containsKey(option)) {
            throw new IllegalArgumentException(
                    "group: no option " + option + "; there are " + options.keySet());
        }
    }

    /// One line an option, by name.
    String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(options)
                .forEach((name, value) ->
                        text.append("    ")
                                .append(name)
                                .append(": ")
                                .append(PythonText.of(value))
                                .append('\n'));
        return text.toString();
    }
}
