package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Modules in a row that their parent calls one by one, as `torch.nn.ModuleList`. Children are
/// named by their position.
public final class ModuleList extends Module implements Iterable<Module> {
    /// These modules.
    public ModuleList(Module... modules) {
        this(List.of(modules));
    }

    /// These modules.
    public ModuleList(List<? extends Module> modules) {
        setChildren(modules);
    }

    /// The module at position `i`; negative positions count from the end.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public Module get(int i) {
        return children().get(i < 0 ? i + size() : i);
    }

    /// Number of modules.
    public int size() {
        return children().size();
    }

    /// Adds a module at the end; returns this list.
    public ModuleList append(Module module) {
        module(Integer.toString(size()), module);
        return this;
    }

    @Override
    public Iterator<Module> iterator() {
        return children().iterator();
    }

    /// A list does not say what to do with its modules.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "Module [ModuleList] is missing the required \"forward\" function");
    }

    /// Equal texts one after another become one: `(0-2): 3 x Linear(...)`.
    @Override
    public String toString() {
        List<String> texts = children().stream().map(Module::toString).toList();
        if (texts.isEmpty()) {
            return typeName() + "()";
        }
        List<String> blocks = new ArrayList<>();
        for (int i = 0, end; i < texts.size(); i = end) {
            String text = texts.get(i);
            end = i + 1;
            while (end < texts.size() && texts.get(end).equals(text)) {
                end++;
            }
            blocks.add(
                    end - i == 1
                            ? "(%d): %s".formatted(i, text)
                            : "(%d-%d): %d x %s".formatted(i, end - 1, end - i, text));
        }
        return typeName() + block(String.join("\n", blocks));
    }
}
