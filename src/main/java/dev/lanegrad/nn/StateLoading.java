package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Copies a state dict into a module, all of it or nothing.
final class StateLoading {
    private StateLoading() {}

    static IncompatibleKeys load(Module module, Map<String, Tensor> given, boolean strict) {
        Map<String, Tensor> state = new LinkedHashMap<>(given);
        runPreHooks(module, state, "");
        List<String> missing = new ArrayList<>();
        Set<String> unexpected = new LinkedHashSet<>(state.keySet());
        List<String> mismatches = new ArrayList<>();
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        ModuleTree.state(
                "",
                module,
                (path, owner, name, target) -> {
                    unexpected.remove(path);
                    Tensor source = state.get(path);
                    if (source == null) {
                        if (!owner.isOptional(name)) {
                            missing.add(path);
                        }
                    } else if (!source.shape().equals(target.shape())) {
                        mismatches.add(mismatch(path, source, target));
                    } else {
                        copies.put(target, source.detach());
                    }
                });
        IncompatibleKeys keys = new IncompatibleKeys(missing, List.copyOf(unexpected));
        List<String> faults = new ArrayList<>();
        if (strict) {
            addKeys(faults, "Missing", keys.missingKeys());
            addKeys(faults, "Unexpected", keys.unexpectedKeys());
        }
        faults.addAll(mismatches);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "Error(s) in loading state_dict for "
                            + module.typeName()
                            + ":\n\t"
                            + String.join("\n\t", faults));
        }
        try (var _ = Autograd.noGrad()) {
            copies.forEach(Tensor::copy_);
        }
        runPostHooks(module, keys);
        return keys;
    }

    // ------------------------------------------------------------ hooks

    static void runStateDictHooks(Module module, Map<String, Tensor> state, String prefix) {
        module.namedChildren()
                .forEach((name, child) -> runStateDictHooks(child, state, prefix + name + "."));
        ModuleHooks hooks = module.hooksIfAny();
        if (hooks != null) {
            hooks.stateDict.forEach(hook -> hook.accept(module, state, prefix));
        }
    }

    private static void runPreHooks(Module module, Map<String, Tensor> state, String prefix) {
        ModuleHooks hooks = module.hooksIfAny();
        if (hooks != null) {
            hooks.loadStateDictPre.forEach(hook -> hook.accept(module, state, prefix));
        }
        module.namedChildren()
                .forEach((name, child) -> runPreHooks(child, state, prefix + name + "."));
    }

    private static void runPostHooks(Module module, IncompatibleKeys keys) {
        module.children().forEach(child -> runPostHooks(child, keys));
        ModuleHooks hooks = module.hooksIfAny();
        if (hooks != null) {
            hooks.loadStateDictPost.forEach(hook -> hook.accept(module, keys));
        }
    }

    // ------------------------------------------------------------ faults

    private static void addKeys(List<String> faults, String kind, List<String> keys) {
        if (!keys.isEmpty()) {
            faults.add(
                    keys.stream()
                            .map(key -> "\"" + key + "\"")
                            .collect(
                                    Collectors.joining(
                                            ", ", kind + " key(s) in state_dict: ", ". ")));
        }
    }

    private static String mismatch(String path, Tensor source, Tensor target) {
        return "size mismatch for %s: copying a param with shape Size(%s) from checkpoint, the shape in current model is Size(%s)."
                .formatted(path, source.shape(), target.shape());
    }
}
