package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.RemovableHandle;
import dev.lanegrad.StandIns;
import dev.lanegrad.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A part of a network, as `torch.nn.Module`: it has parameters, buffers and other modules as
/// children, each under a name, in the order of their registration.
///
/// ```java
/// final class Mlp extends Module {
///     private final Child hidden = module("hidden", new Linear(784, 128));
///     private final Child output = module("output", new Linear(128, 10));
///
///     @Override
///     public Tensor forward(Tensor x) {
///         return output.forward(hidden.forward(x).relu());
///     }
/// }
/// ```
///
/// Not for use by several threads at once while it is being changed; [#forward(Tensor)] in
/// evaluation mode changes nothing.
public abstract class Module {
    private record Buffer(Tensor tensor, boolean persistent) {}

    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Buffer> buffers = new LinkedHashMap<>();
    private final SequencedMap<String, Child> children = new LinkedHashMap<>();
    private @Nullable ModuleHooks hooks;
    private @Nullable Module parent;
    private String nameInParent = "";
    private boolean training = true;
    private boolean frozen;

    /// A module without parts, in training mode.
    protected Module() {}

    /// A child's place in its parent. Which module sits there may [change][#replace(String,
    /// Module)]; calls go to the one that does now.
    public static final class Child {
        private Module module;

        private Child(Module module) {
            this.module = module;
        }

        /// The module that sits here now.
        public Module get() {
            return module;
        }

        /// What the module that sits here now makes of `x`, with its hooks.
        public Tensor forward(Tensor x) {
            return module.call(x);
        }

        @Override
        public String toString() {
            return module.toString();
        }
    }

    // ------------------------------------------------------------ calls and hooks

    /// What this module makes of `x`, with its hooks; [#forward(Tensor)] leaves out its own, though
    /// not those of its children.
    public final Tensor call(Tensor x) {
        if (!Autograd.isPlaceWanted()) {
            return callHere(x);
        }
        try (var _ = Autograd.place(path())) {
            return callHere(x);
        }
    }

    private Tensor callHere(Tensor x) {
        ModuleHooks h = hooks;
        return h == null ? forward(x) : h.call(this, x);
    }

    /// Whether a call runs nothing but [#forward(Tensor)].
    final boolean isUnwatched() {
        ModuleHooks h = hooks;
        return h == null || !h.watchCalls();
    }

    /// The names from the outermost module to this one; the kind of this one if it has no parent.
    private String path() {
        Module above = parent;
        return above == null
                ? typeName()
                : (above.parent == null ? "" : above.path() + ".") + nameInParent;
    }

    /// What this module makes of `x` with other tensors in the place of parameters and buffers of
    /// this module and all below, as `torch.func.functional_call`; those that are not named are its
    /// own. The module stays as it is, except that its own buffers change as in every call; calls
    /// on several threads, and within each other, do not meet.
    ///
    /// Modules of one's own take part if their forward reads its tensors through
    /// [now][#now(Tensor)]; a [warning][dev.lanegrad.Lanegrad#onWarning] names what they do not.
    ///
    /// @param parametersAndBuffers by path
    /// @throws IllegalArgumentException naming every path that nothing here has
    public final Tensor functionalCall(Map<String, Tensor> parametersAndBuffers, Tensor x) {
        return functionalCall(parametersAndBuffers, () -> call(x));
    }

    /// As [#functionalCall(Map, Tensor)] for any use of this module, for example a forward of
    /// several inputs.
    public final <T extends @Nullable Object> T functionalCall(
            Map<String, Tensor> parametersAndBuffers, Supplier<T> use) {
        return ModuleTree.with(this, parametersAndBuffers, use);
    }

    /// Calls `hook` before every forward of this module.
    public final RemovableHandle registerForwardPreHook(ModuleHooks.ForwardPre hook) {
        return hooks().forwardPre.add(hook);
    }

    /// Calls `hook` after every forward of this module, after the hooks that are there already.
    public final RemovableHandle registerForwardHook(ModuleHooks.Forward hook) {
        return hooks().forward.add(hook);
    }

    /// As [#registerForwardHook(ModuleHooks.Forward)], before the hooks that are there already if
    /// `prepend`.
    public final RemovableHandle registerForwardHook(ModuleHooks.Forward hook, boolean prepend) {
        return hooks().forward.add(hook, prepend);
    }

    /// Calls `hook` in every backward pass when the gradient of this module's output is computed.
    public final RemovableHandle registerFullBackwardPreHook(ModuleHooks.BackwardPre hook) {
        return hooks().backwardPre.add(hook);
    }

    /// Calls `hook` in every backward pass when the gradient of this module's input is computed; if
    /// that requires none, when that of the output is.
    public final RemovableHandle registerFullBackwardHook(ModuleHooks.Backward hook) {
        return hooks().backward.add(hook);
    }

    /// Calls `hook` with every [state dict][#stateDict()] that this module is part of, children
    /// before parents, as `register_state_dict_post_hook`; it may add, replace and remove.
    public final RemovableHandle registerStateDictHook(ModuleHooks.StateDict hook) {
        return hooks().stateDict.add(hook);
    }

    /// Calls `hook` with a copy of every state that is about to be loaded into this module or one
    /// above it, parents before children, as `register_load_state_dict_pre_hook`; it may add,
    /// replace and remove, for example rename what an older version has written.
    public final RemovableHandle registerLoadStateDictPreHook(ModuleHooks.StateDict hook) {
        return hooks().loadStateDictPre.add(hook);
    }

    /// Calls `hook` after every load of a state into this module or one above it, children before
    /// parents, as `register_load_state_dict_post_hook`.
    public final RemovableHandle registerLoadStateDictPostHook(ModuleHooks.StateDictLoaded hook) {
        return hooks().loadStateDictPost.add(hook);
    }

    /// The hooks, if there ever was one.
    final @Nullable ModuleHooks hooksIfAny() {
        return hooks;
    }

    private ModuleHooks hooks() {
        ModuleHooks h = hooks == null ? new ModuleHooks() : hooks;
        hooks = h;
        return h;
    }

    // ------------------------------------------------------------ for subclasses

    /// What this module makes of `x`.
    public abstract Tensor forward(Tensor x);

    /// Registers a child module under `name`, and returns its place, through which
    /// [#forward(Tensor)] calls it.
    ///
    /// @throws IllegalArgumentException if the name is empty, has a point, or is taken
    protected final Child module(String name, Module module) {
        checkName("module", name);
        Child child = new Child(module);
        children.put(name, child);
        module.parent = this;
        module.nameInParent = name;
        return child;
    }

    /// Registers a parameter under `name`: the elements of `values` in a tensor that requires a
    /// gradient, which is returned.
    ///
    /// @throws IllegalArgumentException if the name is empty, has a point, or is taken
    protected final Tensor parameter(String name, Tensor values) {
        checkName("parameter", name);
        Tensor p = values.parameter().keep();
        parameters.put(name, p);
        return p;
    }

    /// Registers a tensor that is part of the state but no parameter, under `name`; returns it. It
    /// takes the place of a buffer that has the name already.
    ///
    /// @throws IllegalArgumentException if the name is empty, has a point, or is that of a
    ///   parameter or module
    protected final Tensor buffer(String name, Tensor tensor) {
        return buffer(name, tensor, true);
    }

    /// As [#buffer(String, Tensor)]; the state dict leaves out a buffer that is not `persistent`.
    protected final Tensor buffer(String name, Tensor tensor, boolean persistent) {
        checkName("buffer", name);
        buffers.put(name, new Buffer(tensor.keep(), persistent));
        return tensor;
    }

    /// An own parameter or buffer as it is to be computed with now: inside [#functionalCall] what
    /// was given in its place, otherwise itself.
    protected static <T extends @Nullable Tensor> T now(T own) {
        return StandIns.of(own);
    }

    /// What the text of this module says between its parentheses, before its children: empty here.
    protected String extraRepr() {
        return "";
    }

    /// The name of this kind of module in texts: that of its class.
    protected String typeName() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? "Module" : name;
    }

    /// Whether a state without an entry for this own parameter or buffer is complete nevertheless.
    boolean isOptional(String name) {
        return false;
    }

    private void checkName(String kind, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(kind + " name can't be empty string \"\"");
        }
        if (name.contains(".")) {
            throw new IllegalArgumentException(
                    kind + " name can't contain \".\" (" + typeName() + ", name " + name + ")");
        }
        if (parameters.containsKey(name)
                || (buffers.containsKey(name) && !kind.equals("buffer"))
                || children.containsKey(name)) {
            throw new IllegalArgumentException("attribute '" + name + "' already exists");
        }
    }

    // ------------------------------------------------------------ parts

    /// The parameters of this module and all below, each once.
    public final List<Tensor> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /// The parameters of this module and all below, each once, by path.
    public final SequencedMap<String, Tensor> namedParameters() {
        return ModuleTree.tensors(this, m -> m.parameters);
    }

    /// The buffers of this module and all below, each once.
    public final List<Tensor> buffers() {
        return List.copyOf(namedBuffers().values());
    }

    /// The buffers of this module and all below, each once, by path.
    public final SequencedMap<String, Tensor> namedBuffers() {
        return ModuleTree.tensors(this, m -> m.ownBuffers(true));
    }

    /// The modules directly below this one, by name.
    public final SequencedMap<String, Module> namedChildren() {
        SequencedMap<String, Module> named = new LinkedHashMap<>();
        children.forEach((name, child) -> named.put(name, child.module));
        return named;
    }

    /// The modules directly below this one.
    public final List<Module> children() {
        return List.copyOf(namedChildren().values());
    }

    /// This module and all below, each once, parents first.
    public final List<Module> modules() {
        return List.copyOf(namedModules().values());
    }

    /// This module (its path is empty) and all below, each once, by path, parents first.
    public final SequencedMap<String, Module> namedModules() {
        return ModuleTree.modules(this);
    }

    /// The module at a path such as `layer4.1.conv2`; this one for the empty path.
    ///
    /// @throws IllegalArgumentException if there is none
    public final Module get(String path) {
        return path.isEmpty() ? this : child("get", path).module;
    }

    /// Puts `module` in the place of the one at `path`, as `model.fc = module` in PyTorch; returns
    /// the one that was there.
    ///
    /// @throws IllegalArgumentException if there is none
    public final Module replace(String path, Module module) {
        Child child = child("replace", path);
        Module before = child.module;
        child.module = module;
        return before;
    }

    private Child child(String op, String path) {
        int point = path.lastIndexOf('.');
        Module parent = point < 0 ? this : child(op, path.substring(0, point)).module;
        Child child = parent.children.get(path.substring(point + 1));
        if (child == null) {
            throw new IllegalArgumentException(
                    "%s: %s has no module %s; its modules are %s"
                            .formatted(op, parent.typeName(), path, parent.children.keySet()));
        }
        return child;
    }

    /// Calls `action` with every module below this one and then with this one itself, as
    /// `Module.apply`; returns this module.
    public final Module apply(Consumer<? super Module> action) {
        children.values().forEach(child -> child.module.apply(action));
        action.accept(this);
        return this;
    }

    // ------------------------------------------------------------ state

    /// The parameters and persistent buffers of this module and all below, by path, in PyTorch's
    /// order, as tensors without history that share their elements with the module's.
    public final SequencedMap<String, Tensor> stateDict() {
        SequencedMap<String, Tensor> state = new LinkedHashMap<>();
        ModuleTree.state("", this, (path, _, _, t) -> state.put(path, t.detach()));
        StateLoading.runStateDictHooks(this, state, "");
        return state;
    }

    /// As [#loadStateDict(Map, boolean)], strictly.
    public final IncompatibleKeys loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, true);
    }

    /// Copies the values of `state` into the parameters and buffers that have these paths,
    /// converting their type.
    ///
    /// Everything is checked first: on an error nothing has changed.
    ///
    /// @param strict whether every path must be in `state`, and no other
    /// @return the paths that were missing in `state`, and those that nothing here has
    /// @throws IllegalArgumentException naming every missing and every unexpected path, if
    ///   `strict`, and every difference of shapes
    public final IncompatibleKeys loadStateDict(Map<String, Tensor> state, boolean strict) {
        return StateLoading.load(this, state, strict);
    }

    private Map<String, Tensor> ownBuffers(boolean all) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        buffers.forEach((name, b) -> {
            if (all || b.persistent) {
                own.put(name, b.tensor);
            }
        });
        return own;
    }

    /// This module's own parameters and persistent buffers, by name.
    final Map<String, Tensor> ownState() {
        Map<String, Tensor> own = new LinkedHashMap<>(parameters);
        own.putAll(ownBuffers(false));
        return own;
    }

    /// This module's own parameters and buffers, by name.
    final Map<String, Tensor> ownTensors() {
        Map<String, Tensor> own = new LinkedHashMap<>(parameters);
        own.putAll(ownBuffers(true));
        return own;
    }

    /// Converts floating point parameters, their gradients and buffers to this type, in place;
    /// returns this module. Parameters stay the same tensors, so an optimizer keeps them.
    ///
    /// @throws IllegalArgumentException if the type is not floating point
    public final Module to(DType dtype) {
        if (!dtype.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "to: only accepts floating point dtypes, but got desired dtype=" + dtype);
        }
        try (var _ = Autograd.noGrad()) {
            for (Tensor p : parameters()) {
                Tensor gradient = p.grad();
                convert(p, dtype);
                p.grad(gradient == null ? null : gradient.to(dtype).keep());
            }
            buffers().forEach(b -> convert(b, dtype));
        }
        return this;
    }

    private static void convert(Tensor t, DType dtype) {
        if (t.dtype().isFloatingPoint() && t.dtype() != dtype) {
            t.data(t.detach().to(dtype).keep());
        }
    }

    // ------------------------------------------------------------ modes

    /// Switches this module and all below to training mode; returns it.
    public final Module train() {
        return train(true);
    }

    /// Switches this module and all below to evaluation mode; returns it.
    public final Module eval() {
        return train(false);
    }

    /// Switches this module and all below to training (true) or evaluation mode; returns it. What
    /// is [frozen][#freeze()] stays in evaluation mode.
    public Module train(boolean mode) {
        training = mode && !frozen;
        children.values().forEach(child -> child.module.train(mode));
        return this;
    }

    /// Whether this module is in training mode.
    public final boolean isTraining() {
        return training;
    }

    /// Sets whether the parameters of this module and all below require gradients, as
    /// `Module.requires_grad_`; returns it.
    public final Module requiresGrad(boolean required) {
        parameters().forEach(p -> p.requiresGrad(required));
        return this;
    }

    /// Stops all that training changes in this module and all below: parameters require no gradient
    /// and lose the one they have, so that no optimizer moves them, and the modules stay in
    /// evaluation mode whatever [#train()] says, so that running statistics stand still. Modules
    /// put in place later are not frozen. Returns this module.
    public final Module freeze() {
        requiresGrad(false);
        zeroGrad();
        modules().forEach(m -> m.frozen = true);
        return eval();
    }

    /// Takes [#freeze()] back, and switches to training mode; returns this module.
    public final Module unfreeze() {
        requiresGrad(true);
        modules().forEach(m -> m.frozen = false);
        return train();
    }

    /// Forgets the gradients of all parameters.
    public final void zeroGrad() {
        parameters().forEach(p -> p.grad(null));
    }

    // ------------------------------------------------------------ text

    /// The module and all below as PyTorch prints them.
    @Override
    public String toString() {
        String extra = extraRepr();
        if (children.isEmpty()) {
            return typeName() + (extra.contains("\n") ? block(extra) : "(" + extra + ")");
        }
        String parts =
                children.entrySet().stream()
                        .map(e -> "(" + e.getKey() + "): " + e.getValue())
                        .collect(Collectors.joining("\n"));
        return typeName() + block(extra.isEmpty() ? parts : extra + "\n" + parts);
    }

    static String block(String lines) {
        return "(\n  " + lines.replace("\n", "\n  ") + "\n)";
    }

    /// For the containers that name their children by position.
    final void setChildren(List<? extends Module> modules) {
        children.clear();
        modules.forEach(m -> module(Integer.toString(children.size()), m));
    }
}
