package dev.lanegrad;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is called when a backward pass comes through a node: first the hooks of the tensors that
/// are the node's outputs, then those that keep their gradients, then the node's own around its
/// derivative.
///
/// Hooks run outside the pass's reuse of memory: what they are given, they may keep.
final class NodeHooks {
    private record TensorHook(int outputNr, GradientHook hook) {}

    private final Hooks<TensorHook> ofTensors = new Hooks<>();
    private final List<Tensor> retaining = new CopyOnWriteArrayList<>();
    final Hooks<Node.Prehook> before = new Hooks<>();
    final Hooks<Node.Hook> after = new Hooks<>();
    final Hooks<Consumer<Tensor>> afterAccumulation = new Hooks<>();

    RemovableHandle addTensorHook(int outputNr, GradientHook hook) {
        return ofTensors.add(new TensorHook(outputNr, hook));
    }

    void retain(Tensor t) {
        retaining.add(t);
    }

    void forget(Tensor t) {
        retaining.removeIf(other -> other == t);
    }

    /// Runs the hooks of the output tensors, which may replace their gradients.
    void runTensorHooks(@Nullable Tensor[] gradients) {
        for (TensorHook entry : ofTensors) {
            Tensor g = gradients[entry.outputNr()];
            if (g != null) {
                Tensor replaced = outside(() -> entry.hook().apply(lent(g)));
                if (replaced != null) {
                    checkReplacement(entry.hook(), g, replaced);
                    gradients[entry.outputNr()] = lent(replaced);
                }
            }
        }
        for (Tensor t : retaining) {
            Tensor g = gradients[t.outputNr()];
            if (g != null) {
                outside(() -> {
                    Tensor kept = t.grad;
                    t.grad = kept == null ? lent(g).clone() : kept.add(g);
                    return t;
                });
            }
        }
    }

    /// Runs the node's own hooks before its derivative.
    void runBefore(@Nullable Tensor[] gradients) {
        for (Node.Prehook hook : before) {
            @Nullable Tensor[] given = lent(gradients);
            replace(hook, gradients, outside(() -> hook.apply(given)));
        }
    }

    /// Runs the node's own hooks after its derivative.
    void runAfter(@Nullable Tensor[] inputs, @Nullable Tensor[] outputs) {
        for (Node.Hook hook : after) {
            @Nullable Tensor[] results = lent(inputs);
            @Nullable Tensor[] given = lent(outputs);
            replace(hook, inputs, outside(() -> hook.apply(results, given)));
        }
    }

    void runAfterAccumulation(Tensor leaf) {
        for (Consumer<Tensor> hook : afterAccumulation) {
            outside(() -> {
                hook.accept(leaf);
                return leaf;
            });
        }
    }

    private static void replace(
            Object hook, @Nullable Tensor[] gradients, @Nullable Tensor @Nullable [] replaced) {
        if (replaced == null) {
            return;
        }
        if (replaced.length != gradients.length) {
            throw new IllegalStateException(
                    "hook '%s' has returned an incorrect number of values (got %d, but expected %d)"
                            .formatted(name(hook), replaced.length, gradients.length));
        }
        for (int i = 0; i < gradients.length; i++) {
            Tensor before = gradients[i];
            Tensor after = replaced[i];
            if (before != null && after != null) {
                checkReplacement(hook, before, after);
            }
            gradients[i] = after == null ? null : lent(after);
        }
    }

    private static void checkReplacement(Object hook, Tensor before, Tensor after) {
        if (!before.shape().equals(after.shape())) {
            throw new IllegalStateException(
                    "hook '" + name(hook) + "' has changed the size of value");
        }
        if (before.dtype() != after.dtype()) {
            throw new IllegalStateException(
                    "hook '%s' has changed the type of value (was %s got %s)"
                            .formatted(name(hook), before.typeName(), after.typeName()));
        }
    }

    private static String name(Object hook) {
        Class<?> type = hook.getClass();
        return type.isHidden() || type.isAnonymousClass() ? "<lambda>" : type.getSimpleName();
    }

    /// A gradient that others than the pass may hold from now on.
    static Tensor lent(Tensor gradient) {
        gradient.storage().escape();
        return gradient;
    }

    private static @Nullable Tensor[] lent(@Nullable Tensor[] gradients) {
        for (Tensor g : gradients) {
            if (g != null) {
                lent(g);
            }
        }
        return Arrays.copyOf(gradients, gradients.length);
    }

    /// Code of the user inside a backward pass.
    interface UserCode<T extends @Nullable Object> {
        T run();
    }

    /// Runs code of the user; the pass does not count what that allocates as its own.
    static <T extends @Nullable Object> T outside(UserCode<T> code) {
        Modes modes = Modes.current();
        Engine engine = modes.engine;
        modes.engine = null;
        try {
            return code.run();
        } finally {
            modes.engine = engine;
        }
    }
}
