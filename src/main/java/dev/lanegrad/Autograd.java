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
        Tensor[] gradients = new Tensor[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            gradients[i] = seed(outputs[i], gradOutputs == null ? null : gradOutputs[i], i);
        }
        for (Tensor input : inputs) {
            if (!input.requiresGrad()) {
                throw new IllegalStateException(
                        "One of the differentiated Tensors does not require grad");
            }
        }
        @Nullable Tensor[] found =
                Engine.grad(outputs, gradients, inputs, retainGraph || createGraph, createGraph);
        for (Tensor g : found) {
            if (g == null && !allowUnused) {
                throw new IllegalStateException(
                        "One of the differentiated Tensors appears to not have been used in the"
                                + " graph. Set allow_unused=True if this is the desired behavior.");
            }
        }
        return found;
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
                new Tensor[] {root}, new Tensor[] {seed}, retainGraph || createGraph, createGraph);
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
        if (gradient.dtype() != t.dtype()) {
            throw new IllegalArgumentException(
                    "assigned grad has data of a different type: grad is "
                            + gradient.dtype()
                            + " but the tensor is "
                            + t.dtype());
        }
        if (!gradient.shape().equals(t.shape())) {
            throw new IllegalArgumentException(
                    "assigned grad has data of a different size: grad is "
                            + gradient.shape()
                            + " but the tensor is "
                            + t.shape());
        }
    }
}
