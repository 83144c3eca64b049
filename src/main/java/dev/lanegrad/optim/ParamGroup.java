package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Parameters that share the options of their optimizer, which are named as in PyTorch
/// (`weight_decay`) and may change from step to step.
public final class ParamGroup {
    private final List<Tensor> params;
    private final Map<String, @Nullable Object> defaults;
    private final SequencedMap<String, @Nullable Object> options = new LinkedHashMap<>();

    /// Options set by `overrides` come first in order, as in PyTorch.
    ParamGroup(
            List<Tensor> params,
            SequencedMap<String, @Nullable Object> defaults,
            Consumer<ParamGroup> overrides) {
        this.params = List.copyOf(params);
        this.defaults = defaults;
        overrides.accept(this);
        defaults.forEach((name, value) -> {
            if (!options.containsKey(name)) {
                options.put(name, value);
            }
        });
    }

    /// The parameters.
    public List<Tensor> params() {
        return params;
    }

    /// The learning rate.
    public double lr() {
        return number("lr");
    }

    /// Sets the learning rate; returns this group.
    public ParamGroup lr(Number lr) {
        return set("lr", lr);
    }

    /// The value of an option: a number, a truth value, a list of numbers, a text or null.
    ///
    /// @throws IllegalArgumentException if there is no such option
    public @Nullable Object get(String option) {
        if (options.containsKey(option)) {
            return options.get(option);
        }
        if (!defaults.containsKey(option)) {
            throw unknown(option);
        }
        return defaults.get(option);
    }

    /// Sets an option, or gives the group its `name`; returns this group.
    ///
    /// @throws IllegalArgumentException if the optimizer has no such option
    public ParamGroup set(String option, @Nullable Object value) {
        if (!option.equals("name") && !defaults.containsKey(option)) {
            throw unknown(option);
        }
        options.put(option, value);
        return this;
    }

    private IllegalArgumentException unknown(String option) {
        return new IllegalArgumentException(
                "group: no option " + option + "; there are " + defaults.keySet());
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /// Sets an option that the optimizer itself does not have.
    void note(String option, Object value) {
        options.put(option, value);
    }

    /// The learning rate before any schedule; noted, as PyTorch does, as the option `initial_lr`.
    double initialLr() {
        options.putIfAbsent("initial_lr", options.get("lr"));
        return number("initial_lr");
    }

    double number(String option) {
        return ((Number) Objects.requireNonNull(get(option))).doubleValue();
    }

    /// One of the numbers of a list, as `betas`.
    double number(String option, int i) {
        return ((Number) Objects.requireNonNull(element(option, i))).doubleValue();
    }

    /// Sets the momentum, or the first of the betas; returns this group.
    ///
    /// @throws IllegalArgumentException if the optimizer has neither
    ParamGroup momentum(double momentum) {
        if (defaults.containsKey("betas")) {
            return set("betas", List.of(momentum, number("betas", 1)));
        }
        if (!defaults.containsKey("momentum")) {
            throw new IllegalArgumentException(
                    "optimizer must support momentum or beta1 with `cycle_momentum` option"
                            + " enabled");
        }
        return set("momentum", momentum);
    }

    /// How Python prints an option.
    String text(String option) {
        return PythonText.of(get(option));
    }

    /// How Python prints one of the elements of a list.
    String text(String option, int i) {
        return PythonText.of(element(option, i));
    }

    private @Nullable Object element(String option, int i) {
        return ((List<?>) Objects.requireNonNull(get(option))).get(i);
    }

    boolean flag(String option) {
        return (Boolean) Objects.requireNonNull(get(option));
    }

    SequencedMap<String, @Nullable Object> options() {
        return Collections.unmodifiableSequencedMap(options);
    }

    /// Takes over options from a saved state.
    void load(SequencedMap<String, @Nullable Object> saved) {
        options.putAll(saved);
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
