package dev.lanegrad.nn;

import dev.lanegrad.StandIns;
import dev.lanegrad.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Walks through a module and all below.
final class ModuleTree {
    private ModuleTree() {}

    /// A parameter or persistent buffer and where it belongs.
    @FunctionalInterface
    interface StateVisitor {
        void visit(String path, Module owner, String name, Tensor tensor);
    }

    /// Each module once, by path, parents first.
    static SequencedMap<String, Module> modules(Module root) {
        SequencedMap<String, Module> named = new LinkedHashMap<>();
        collect("", root, named, identitySet());
        return named;
    }

    private static void collect(
            String path, Module module, Map<String, Module> named, Set<Module> seen) {
        if (seen.add(module)) {
            named.put(path, module);
            module.namedChildren()
                    .forEach((name, child) -> collect(join(path, name), child, named, seen));
        }
    }

    /// Each of the modules' own tensors of a kind once, by path.
    static SequencedMap<String, Tensor> tensors(
            Module root, Function<Module, Map<String, Tensor>> own) {
        Set<Tensor> seen = identitySet();
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        modules(root)
                .forEach((path, module) ->
                        own.apply(module)
                                .forEach((name, t) -> {
                                    if (seen.add(t)) {
                                        named.put(join(path, name), t);
                                    }
                                }));
        return named;
    }

    /// Every place of the state, in PyTorch's order; a tensor in two places is visited twice.
    static void state(String path, Module module, StateVisitor visitor) {
        module.ownState().forEach((name, t) -> visitor.visit(join(path, name), module, name, t));
        module.namedChildren().forEach((name, child) -> state(join(path, name), child, visitor));
    }

    /// Runs `use` with what is given in the place of the tensors at these paths, a tensor in two
    /// places being found at both. Warns of tensors that are a user's module's own and were not
    /// read through `now`.
    ///
    /// @throws IllegalArgumentException naming every path that there is not
    static <T extends @Nullable Object> T with(
            Module root, Map<String, Tensor> given, Supplier<T> use) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        Map<Tensor, String> ofUsers = new LinkedHashMap<>();
        places("", root, own, ofUsers);
        if (!own.keySet().containsAll(given.keySet())) {
            throw new IllegalArgumentException(
                    "functionalCall: %s has no parameter or buffer %s; it has %s"
                            .formatted(
                                    root.typeName(),
                                    given.keySet().stream()
                                            .filter(path -> !own.containsKey(path))
                                            .collect(Collectors.joining(", ")),
                                    String.join(", ", own.keySet())));
        }
        Map<Tensor, Tensor> all = new LinkedHashMap<>();
        given.forEach((path, t) -> all.put(own.get(path), t));
        return StandIns.run(all, use, ofUsers);
    }

    private static void places(
            String path, Module module, Map<String, Tensor> all, Map<Tensor, String> ofUsers) {
        boolean users = !module.getClass().getName().startsWith("dev.lanegrad.nn.");
        module.ownTensors()
                .forEach((name, t) -> {
                    all.put(join(path, name), t);
                    if (users) {
                        ofUsers.put(t, join(path, name));
                    }
                });
        module.namedChildren()
                .forEach((name, child) -> places(join(path, name), child, all, ofUsers));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
