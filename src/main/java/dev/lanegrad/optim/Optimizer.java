package dev.lanegrad.optim;

import dev.lanegrad.Autograd;
import dev.lanegrad.Hooks;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.OptimizerSteps;
import dev.lanegrad.RemovableHandle;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.StepRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves parameters along their gradients, as `torch.optim.Optimizer`.
///
/// Parameters come in groups, each with its own options. A parameter without a gradient is passed
/// over entirely: no decay, no momentum, no state.
public abstract class Optimizer {
    private final SequencedMap<String, @Nullable Object> defaults;
    private final List<ParamGroup> groups = new ArrayList<>();
    private final IdentityHashMap<Tensor, SequencedMap<String, Tensor>> states =
            new IdentityHashMap<>();

    private final Hooks<Consumer<Optimizer>> before = new Hooks<>();
    private final Hooks<Consumer<Optimizer>> after = new Hooks<>();

    Optimizer(Builder<?> builder) {
        defaults = new LinkedHashMap<>(builder.defaults);
        require(!builder.groups.isEmpty(), "optimizer got an empty parameter list");
        builder.groups.forEach(g -> addParamGroup(g.params, g.overrides));
    }

    private record Group(List<Tensor> params, Consumer<ParamGroup> overrides) {}

    /// What an optimizer is made from: groups of parameters, and the options of those that set no
    /// others.
    ///
    /// Options are numbers as Python has them: an Integer prints as `0`, a Double as `0.0`.
    ///
    /// @param <B> the builder itself
    public abstract static class Builder<B extends Builder<B>> {
        private final SequencedMap<String, @Nullable Object> defaults = new LinkedHashMap<>();
        private final List<Group> groups = new ArrayList<>();

        Builder() {}

        abstract B self();

        /// A group of parameters with the optimizer's options.
        public B group(List<Tensor> params) {
            return group(params, _ -> {});
        }

        /// A group of parameters with options of its own, as in `g -> g.lr(1e-3)`.
        public B group(List<Tensor> params, Consumer<ParamGroup> overrides) {
            groups.add(new Group(params, overrides));
            return self();
        }

        /// The learning rate.
        public B lr(Number lr) {
            return option("lr", lr);
        }

        final B option(String name, @Nullable Object value) {
            defaults.put(name, value);
            return self();
        }

        final @Nullable Object option(String name) {
            return defaults.get(name);
        }
    }

    // ------------------------------------------------------------ parameters

    /// Adds a group of parameters with the optimizer's options.
    ///
    /// @throws IllegalArgumentException if there is none, one is not a leaf, or one is in a group
    public final void addParamGroup(List<Tensor> params) {
        addParamGroup(params, _ -> {});
    }

    /// Adds a group of parameters with options of its own, as in `g -> g.lr(1e-3)`.
    ///
    /// @throws IllegalArgumentException as [#addParamGroup(List)], or if an option is invalid
    public final void addParamGroup(List<Tensor> params, Consumer<ParamGroup> overrides) {
        ParamGroup group = new ParamGroup(params, defaults, overrides);
        check(group);
        require(!params.isEmpty(), "optimizer got an empty parameter list");
        Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
        groups.forEach(g -> known.addAll(g.params()));
        for (Tensor p : params) {
            require(p.isLeaf(), "can't optimize a non-leaf Tensor");
            require(known.add(p), "some parameters appear in more than one parameter group");
        }
        groups.add(group);
    }

    /// The groups; their options may be changed between steps.
    public final List<ParamGroup> paramGroups() {
        return Collections.unmodifiableList(groups);
    }

    /// Forgets the gradients of all parameters.
    public final void zeroGrad() {
        groups.forEach(g -> g.params().forEach(p -> p.grad(null)));
    }

    // ------------------------------------------------------------ steps

    /// Moves every parameter that has a gradient.
    ///
    /// @throws IllegalArgumentException if this optimizer needs a closure: [LBFGS]
    public final void step() {
        moveBetweenHooks(null);
    }

    /// As [#step()], after calling `closure`, which forgets the gradients, computes the loss and
    /// its gradients, and returns the loss; so does this method. It may be called several times.
    public final Tensor step(Supplier<Tensor> closure) {
        Tensor loss =
                moveBetweenHooks(() -> {
                    try (var _ = Autograd.enableGrad()) {
                        return closure.get();
                    }
                });
        return Objects.requireNonNull(loss);
    }

    private @Nullable Tensor moveBetweenHooks(@Nullable Supplier<Tensor> closure) {
        before.forEach(hook -> hook.accept(this));
        Tensor loss;
        try (var _ = Autograd.noGrad()) {
            loss = move(closure);
        }
        after.forEach(hook -> hook.accept(this));
        return loss;
    }

    /// Moves all parameters; not recorded.
    @Nullable Tensor move(@Nullable Supplier<Tensor> closure) {
        Tensor loss = closure == null ? null : closure.get();
        for (ParamGroup group : groups) {
            for (Tensor p : group.params()) {
                Tensor gradient = OptimizerSteps.gradient(p);
                if (gradient != null) {
                    try (var _ = Lanegrad.scope()) { // the next parameter reuses the memory
                        update(p, gradient, group);
                    }
                }
            }
        }
        return loss;
    }

    /// Calls `hook` before every step.
    public final RemovableHandle registerStepPreHook(Consumer<Optimizer> hook) {
        return before.add(hook);
    }

    /// Calls `hook` after every step.
    public final RemovableHandle registerStepPostHook(Consumer<Optimizer> hook) {
        return after.add(hook);
    }

    /// Moves one parameter; not recorded, in a scope of its own.
    abstract void update(Tensor w, Tensor gradient, ParamGroup group);

    /// Refuses invalid options, with PyTorch's sentence.
    abstract void check(ParamGroup group);

    /// What the optimizer remembers of a parameter, by PyTorch's name.
    final SequencedMap<String, Tensor> state(Tensor w) {
        return states.computeIfAbsent(w, _ -> new LinkedHashMap<>());
    }

    static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    /// Refuses a negative option; `name` is PyTorch's for it.
    static void nonNegative(ParamGroup group, String option, String name) {
        require(group.number(option) >= 0, "Invalid " + name + ": " + group.text(option));
    }

    /// Counts a step of `w`, from 1 on.
    final int count(Tensor w) {
        Tensor step = state(w).computeIfAbsent("step", _ -> Tensor.scalar(0f).keep()).add_(1);
        return ((Number) step.item()).intValue();
    }

    /// What the optimizer remembers of `w` under that name, zeros to begin with.
    final Tensor zeros(Tensor w, String name) {
        return state(w).computeIfAbsent(name, _ -> empty(name, w).zero_());
    }

    /// The shape of what is remembered under that name: as a rule a number for every element.
    Shape remembered(String name, Tensor w) {
        return w.shape();
    }

    /// Laid out as `w` if of its shape.
    private Tensor empty(String name, Tensor w) {
        Shape shape = remembered(name, w);
        Tensor y =
                shape.equals(w.shape()) ? Tensor.emptyLike(w) : Tensor.zeros(shape).to(w.dtype());
        return y.keep();
    }

    /// A step by a rule that remembers two numbers of each parameter.
    static void move(
            Tensor w, Tensor gradient, Tensor a, Tensor b, StepRule rule, ParamGroup group) {
        double decay = group.number("weight_decay");
        boolean decoupled =
                group.has("decoupled_weight_decay") && group.flag("decoupled_weight_decay");
        OptimizerSteps.step(
                rule.getClass().getSimpleName(),
                w,
                gradient,
                a,
                b,
                rule,
                decoupled ? 1 - group.lr() * decay : 1,
                decoupled ? 0 : decay,
                group.flag("maximize"));
    }

    // ------------------------------------------------------------ state

    /// What a saved state holds of `w`.
    SequencedMap<String, Tensor> saved(Tensor w) {
        SequencedMap<String, Tensor> own = states.get(w);
        return own == null ? new LinkedHashMap<>() : new LinkedHashMap<>(own);
    }

    /// What the optimizer remembers; the tensors are its own, not copies.
    public final OptimizerState stateDict() {
        SequencedMap<Integer, SequencedMap<String, Tensor>> state = new LinkedHashMap<>();
        List<SequencedMap<String, @Nullable Object>> options = new ArrayList<>();
        int position = 0;
        for (ParamGroup group : groups) {
            List<Integer> positions = new ArrayList<>();
            for (Tensor p : group.params()) {
                SequencedMap<String, Tensor> own = saved(p);
                if (!own.isEmpty()) {
                    state.put(position, own);
                }
                positions.add(position++);
            }
            SequencedMap<String, @Nullable Object> entry = new LinkedHashMap<>(group.options());
            entry.put("params", positions);
            options.add(entry);
        }
        return new OptimizerState(state, options);
    }

    /// Takes over the options and copies of the tensors of `saved`, which an optimizer of as many
    /// parameters in the same groups gave.
    ///
    /// @throws IllegalArgumentException if groups, parameters or shapes differ; then nothing has
    ///   changed
    public final void loadStateDict(OptimizerState saved) {
        List<SequencedMap<String, @Nullable Object>> entries = saved.paramGroups();
        require(
                entries.size() == groups.size(),
                "loaded state dict has a different number of parameter groups");
        IdentityHashMap<Tensor, SequencedMap<String, Tensor>> loaded = new IdentityHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Tensor> params = groups.get(i).params();
            require(
                    entries.get(i).get("params") instanceof List<?> positions
                            && positions.size() == params.size(),
                    "loaded state dict contains a parameter group that doesn't match the size of"
                            + " optimizer's group");
            List<?> positions = (List<?>) entries.get(i).get("params");
            for (int j = 0; positions != null && j < positions.size(); j++) {
                SequencedMap<String, Tensor> own = saved.state().get(positions.get(j));
                if (own != null) {
                    loaded.put(params.get(j), copy(own, params.get(j)));
                }
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            SequencedMap<String, @Nullable Object> options = new LinkedHashMap<>(entries.get(i));
            options.remove("params");
            groups.get(i).load(options);
        }
        states.clear();
        states.putAll(loaded);
        restored();
    }

    /// Called when a saved state has been taken over.
    void restored() {}

    /// Copies in the type and layout of `w`; single values as they are.
    SequencedMap<String, Tensor> copy(SequencedMap<String, Tensor> own, Tensor w) {
        SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
        own.forEach((name, t) -> {
            boolean single = t.dim() == 0;
            require(
                    single || t.shape().equals(remembered(name, w)),
                    "loaded state dict: %s is %s but the parameter %s"
                            .formatted(name, t.shape(), w.shape()));
            Tensor y = single ? Tensor.emptyLike(t).keep() : empty(name, w);
            copies.put(name, y.copy_(t.detach()));
        });
        return copies;
    }

    // ------------------------------------------------------------ text

    /// The options of every group, as PyTorch prints them.
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(getClass().getSimpleName()).append(" (");
        for (int i = 0; i < groups.size(); i++) {
            text.append("\nParameter Group ").append(i).append('\n').append(groups.get(i).text());
        }
        return text.append(')').toString();
    }
}
