package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.Map;

/// Modules by name that their parent calls, as `torch.nn.ModuleDict`.
public final class ModuleDict extends Module {
    /// No modules yet.
    public ModuleDict() {}

    /// These modules, in the map's order.
    public ModuleDict(Map<String, ? extends Module> modules) {
        modules.forEach(this::put);
    }

    /// Adds a module under a new name; returns this dict. [#replace(String, Module)] puts another
    /// one under a name that is there.
    ///
    /// @throws IllegalArgumentException if the name is empty, has a point, or is taken
    public ModuleDict put(String name, Module module) {
        module(name, module);
        return this;
    }

    /// Number of modules.
    public int size() {
        return children().size();
    }

    /// A dict does not say what to do with its modules.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "Module [ModuleDict] is missing the required \"forward\" function");
    }
}
