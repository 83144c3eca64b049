package dev.lanegrad.nn;

import dev.lanegrad.Checkpoint;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Modules one after another, each taking what the one before gives, as `torch.nn.Sequential`.
/// Children are named by their position.
public final class Sequential extends Module {
    /// The modules in the order in which they run.
    public Sequential(Module... modules) {
        setChildren(List.of(modules));
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

    /// Adds a module at the end; returns this sequence.
    public Sequential append(Module module) {
        module(Integer.toString(size()), module);
        return this;
    }

    /// Takes out the module at position `i`; those behind it move up. Returns it.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public Module remove(int i) {
        List<Module> modules = new ArrayList<>(children());
        Module removed = modules.remove(i < 0 ? i + size() : i);
        setChildren(modules);
        return removed;
    }

    /// As [#forward(Tensor)] in this number of segments, of which all but the last keep nothing but
    /// their input and are computed again in backward, as `checkpoint_sequential`.
    ///
    /// @throws IllegalArgumentException if there are not 1 to as many segments as modules
    public Tensor checkpointed(int segments, Tensor x) {
        List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        children().forEach(module -> steps.add(module::call));
        return Checkpoint.sequential(steps, segments, x);
    }

    @Override
    public Tensor forward(Tensor x) {
        List<Module> modules = children();
        Tensor y = x;
        for (int i = 0; i < modules.size(); ) {
            int together = together(modules, i);
            Tensor fused = together == 1 ? null : fused(modules.subList(i, i + together), y);
            y = fused == null ? modules.get(i).call(y) : fused;
            i += fused == null ? 1 : together;
        }
        return y;
    }

    /// How many modules from `i` on [Fusion] may run together.
    private static int together(List<Module> modules, int i) {
        Module next = i + 1 < modules.size() ? modules.get(i + 1) : null;
        if (modules.get(i) instanceof BatchNorm) {
            return Fusion.isLimit(next) ? 2 : 1;
        }
        if (!(modules.get(i) instanceof Conv2d) || !(next instanceof BatchNorm2d)) {
            return 1;
        }
        Module last = i + 2 < modules.size() ? modules.get(i + 2) : null;
        return Fusion.isLimit(last) ? 3 : 2;
    }

    private static @Nullable Tensor fused(List<Module> modules, Tensor x) {
        Module first = modules.get(0);
        Module second = modules.get(1);
        if (first instanceof BatchNorm) {
            return Fusion.rectified(first, second, x, null);
        }
        Module activation = modules.size() == 3 ? modules.get(2) : null;
        return Fusion.inOnePass(first, second, null, activation, x);
    }
}
