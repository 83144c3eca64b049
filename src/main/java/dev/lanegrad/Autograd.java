package dev.lanegrad;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Switches for recording, and gradients as values.
public final class Autograd {
    private Autograd() {}

    /// A mode that lasts until it is closed; on the thread that opened it.
    public interface Mode extends AutoCloseable {
        /// Restores what was before.
        @Override
        void close();
    }

    /// Stops recording on this thread until the mode is closed.
    public static Mode noGrad() {
        return setGradEnabled(false);
    }

    /// Records again, inside [#noGrad()].
    public static Mode enableGrad() {
        return setGradEnabled(true);
    }

    /// Switches recording on or off on this thread until the mode is closed.
    public static Mode setGradEnabled(boolean enabled) {
        Modes modes = Modes.current();
        boolean before = modes.grad;
        modes.grad = enabled;
        return () -> modes.grad = before;
    }

    /// Stops recording on this thread until the mode is closed, for good: tensors made meanwhile
    /// are inference tensors, which keep no version and never take part in recorded operations.
    public static Mode inferenceMode() {
        return inferenceMode(true);
    }

    /// Switches inference mode on, or off within it.
    public static Mode inferenceMode(boolean enabled) {
        Modes modes = Modes.current();
        boolean inference = modes.inference;
        boolean grad = modes.grad;
        modes.inference = enabled;
        modes.grad = enabled ? false : inference || grad;
        return () -> {
            modes.inference = inference;
            modes.grad = grad;
        };
    }

    /// Whether this thread is in inference mode.
    public static boolean isInferenceModeEnabled() {
        return Modes.current().inference;
    }

    /// Looks for the operation whose backward fails or makes a NaN, on this thread until the mode
    /// is closed: operations remember where they were called, and the exception says so. Slow.
    public static Mode detectAnomaly() {
        return detectAnomaly(true);
    }

    /// As [#detectAnomaly()].
    ///
    /// @param checkNan whether a NaN in a gradient is an error
    public static Mode detectAnomaly(boolean checkNan) {
        return Anomaly.detect(checkNan);
    }

    /// Whether operations on this thread are recorded.
    public static boolean isGradEnabled() {
        return Modes.current().grad;
    }

    /// Runs `action` without recording.
    public static <T extends @Nullable Object> T noGrad(Supplier<T> action) {
        try (var _ = noGrad()) {
            return action.get();
        }
    }

    /// Runs `action` without recording.
    public static void noGrad(Runnable action) {
        try (var _ = noGrad()) {
            action.run();
        }
    }

    /// Runs `action` with recording.
    public static <T extends @Nullable Object> T enableGrad(Supplier<T> action) {
        try (var _ = enableGrad()) {
            return action.get();
        }
    }

    /// The gradients of `output`, a single value, with respect to `inputs`; leaves keep theirs.
    ///
    /// @throws IllegalStateException if an input was not used in the graph
    public static Tensor[] grad(Tensor output, Tensor... inputs) {
        return required(grad(new Tensor[] {output}, inputs, null, false, false, false));
    }

    /// The gradients of `outputs`, weighted by `gradOutputs`, with respect to `inputs`.
    ///
    /// @param gradOutputs one per output; null, or null in a place, for a single value
    /// @param retainGraph keeps what the operations saved, for another backward
    /// @param createGraph records the computation, so that the gradients have gradients too
    /// @param allowUnused returns null for an input that was not used, instead of throwing
    public static @Nullable Tensor[] grad(
            Tensor[] outputs,
            Tensor[] inputs,
            @Nullable Tensor @Nullable [] gradOutputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused) {
        if (inputs.length == 0) {
            throw new IllegalArgumentException("`inputs` argument to `grad()` cannot be empty.");
        }
        Tensor[] gradients = seeds(outputs, gradOutputs);
        for (Tensor input : inputs) {
            if (!input.requiresGrad()) {
                throw new IllegalStateException(
                        "One of the differentiated Tensors does not require grad");
            }
        }
        @Nullable Tensor[] found =
                Engine.grad(outputs, gradients, inputs, retainGraph || createGraph, createGraph);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null && !allowUnused) {
                throw new IllegalStateException(
                        "The differentiated Tensor at index "
                                + i
                                + " appears to not have been used in the graph. Set"
                                + " allow_unused=True if this is the desired behavior.");
            }
        }
        return found;
    }

    /// As [#grad(Tensor[], Tensor[], Tensor[], boolean, boolean, boolean)], with zeros for inputs
    /// that were not used, as PyTorch's `materialize_grads`.
    public static Tensor[] gradOrZeros(
            Tensor[] outputs,
            Tensor[] inputs,
            @Nullable Tensor @Nullable [] gradOutputs,
            boolean retainGraph,
            boolean createGraph) {
        @Nullable Tensor[] found =
                grad(outputs, inputs, gradOutputs, retainGraph, createGraph, true);
        Tensor[] all = new Tensor[found.length];
        for (int i = 0; i < all.length; i++) {
            Tensor g = found[i];
            all[i] = g == null ? Tensor.zerosLike(inputs[i]) : g;
        }
        return all;
    }

    /// Computes the gradients of `roots`, weighted by `gradients`, and adds them to the leaves'.
    ///
    /// @param gradients one per root; null, or null in a place, for a single value
    /// @param retainGraph keeps what the operations saved, for another backward
    /// @param createGraph records the computation of the gradients, so that they have gradients too
    /// @param inputs the only tensors to get a gradient, leaves or not; null for all leaves
    public static void backward(
            Tensor[] roots,
            @Nullable Tensor @Nullable [] gradients,
            boolean retainGraph,
            boolean createGraph,
            Tensor @Nullable [] inputs) {
        if (inputs != null && inputs.length == 0) {
            throw new IllegalArgumentException(
                    "`inputs` argument to `backward()` cannot be empty.");
        }
        Tensor[] seeds = seeds(roots, gradients);
        if (inputs != null) {
            for (Tensor input : inputs) {
                input.retainGrad();
            }
        }
        Engine.backward(roots, seeds, inputs, retainGraph || createGraph, createGraph);
    }

    /// Computes the gradients of `roots`, single values, and adds them to the leaves'.
    public static void backward(Tensor... roots) {
        backward(roots, null, false, false, null);
    }

    private static Tensor[] seeds(Tensor[] roots, @Nullable Tensor @Nullable [] gradients) {
        if (gradients != null && gradients.length != roots.length) {
            throw new IllegalArgumentException(
                    "backward: got %d tensors and %d gradients"
                            .formatted(roots.length, gradients.length));
        }
        Tensor[] seeds = new Tensor[roots.length];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = seed(roots[i], gradients == null ? null : gradients[i], i);
        }
        return seeds;
    }

    private static Tensor[] required(@Nullable Tensor[] found) {
        Tensor[] all = new Tensor[found.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = java.util.Objects.requireNonNull(found[i]);
        }
        return all;
    }

    static void backward(
            Tensor root, @Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        Tensor seed = seed(root, gradient, 0);
        Engine.backward(
                new Tensor[] {root},
                new Tensor[] {seed},
                null,
                retainGraph || createGraph,
                createGraph);
    }

    private static Tensor seed(Tensor root, @Nullable Tensor gradient, int i) {
        if (!root.requiresGrad()) {
            throw new IllegalStateException(
                    "element "
                            + i
                            + " of tensors does not require grad and does not have a grad_fn");
        }
        if (gradient == null) {
            if (root.numel() != 1) {
                throw new IllegalStateException(
                        "backward: needs a scalar or an explicit gradient, but the shape is "
                                + root.shape()
                                + " (grad can be implicitly created only for scalar outputs)");
            }
            return Creation.fullLike(root, 1);
        }
        if (!gradient.shape().equals(root.shape())) {
            throw new IllegalArgumentException(
                    "Mismatch in shape: grad_output["
                            + i
                            + "] has a shape of "
                            + TensorText.size(gradient.shape().toArray())
                            + " and output["
                            + i
                            + "] has a shape of "
                            + TensorText.size(root.shape().toArray())
                            + ".");
        }
        if (!gradient.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "backward: the gradient must be floating point, but is " + gradient.dtype());
        }
        return gradient;
    }

    static void checkAssignable(Tensor t, Tensor gradient) {
        if (gradient == t) {
            throw new IllegalArgumentException("can't assign Variable as its own grad");
        }
        if (gradient.dtype() != t.dtype()) {
            throw new IllegalArgumentException(
                    "attempting to assign a gradient with dtype '%s' to a tensor with dtype '%s'. The gradient must match the tensor's dtype"
                            .formatted(gradient.dtype(), t.dtype()));
        }
        if (!gradient.shape().equals(t.shape())) {
            throw new IllegalArgumentException(
                    "attempting to assign a gradient of size '%s' to a tensor of size '%s'. Please ensure that the gradient and the tensor are the same size"
                            .formatted(gradient.shape(), t.shape()));
        }
    }
}
