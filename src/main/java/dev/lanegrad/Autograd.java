package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

    /// Whether this thread looks for the operation whose backward fails or makes a NaN.
    public static boolean isAnomalyEnabled() {
        return Anomaly.isSearching();
    }

    /// Names the part of the program that this thread is in until the mode is closed, for the
    /// errors that [#detectAnomaly()] finds and for [profiles][Lanegrad#profile(Runnable)]; modules
    /// do so with their paths.
    public static Mode place(String name) {
        Modes modes = Modes.current();
        String before = modes.place;
        modes.place = name;
        PlaceEvent event = new PlaceEvent();
        event.begin();
        return () -> {
            modes.place = before;
            event.path = name;
            event.commit();
        };
    }

    /// Whether anybody looks at the [place][#place(String)] that operations are called in.
    public static boolean isPlaceWanted() {
        return Anomaly.isSearching() || PlaceEvent.isOn();
    }

    /// Packs what operations on this thread keep for their backward, until the mode is closed, as
    /// `torch.autograd.graph.saved_tensors_hooks`: into a file, or into fewer bits. (There is no
    /// `save_on_cpu`: tensors have no other place to be saved from.)
    ///
    /// ```java
    /// try (var _ = Autograd.savedTensorsHooks(
    ///         t -> t.to(DType.BFLOAT16), packed -> packed.to(DType.FLOAT32))) {
    ///     loss = model.forward(x).crossEntropy(target);
    /// }
    /// loss.backward(); // unpacks, on whatever thread it runs
    /// ```
    ///
    /// Writes in place to a tensor after it was packed are not noticed. In [#forwardMode()] nothing
    /// is packed, since derivatives need the tangents, too.
    ///
    /// @param pack is called once for each tensor kept, without its history, which it must not
    ///   write to
    /// @param unpack is called whenever a derivative asks for it, and returns a tensor of the same
    ///   shape and type, with the values to compute with
    /// @param <P> what a tensor is packed into
    public static <P> Mode savedTensorsHooks(
            java.util.function.Function<Tensor, P> pack,
            java.util.function.Function<P, Tensor> unpack) {
        Modes modes = Modes.current();
        SavedHooks<?> before = modes.savedHooks;
        modes.savedHooks = new SavedHooks<>(pack, unpack);
        return () -> modes.savedHooks = before;
    }

    /// Calls `hook` once in every backward pass in which a gradient of one of `tensors` is
    /// computed: when all those are there that the pass computes, null standing for the others; as
    /// `torch.autograd.graph.register_multi_grad_hook`.
    ///
    /// @throws IllegalStateException if one of them requires no gradient
    public static RemovableHandle registerMultiGradHook(
            List<Tensor> tensors, Consumer<@Nullable Tensor[]> hook) {
        return MultiGradHook.register(tensors, hook);
    }

    // ------------------------------------------------------------ forward mode

    /// A tensor in forward mode, taken apart.
    ///
    /// @param primal its values, with their history but without the tangent
    /// @param tangent the derivative that it carries; null if it depends on no dual tensor
    public record Dual(Tensor primal, @Nullable Tensor tangent) {}

    /// Lets operations on this thread carry derivatives along with values until the mode is closed,
    /// as `torch.autograd.forward_ad.dual_level`.
    ///
    /// ```java
    /// try (var _ = Autograd.forwardMode()) {
    ///     Tensor y = f(Autograd.makeDual(x, v));
    ///     Tensor jv = Autograd.unpackDual(y).tangent(); // J·v
    /// }
    /// ```
    ///
    /// Levels nest: inside another level, [#makeDual] and [#unpackDual] are those of the innermost,
    /// and tangents have tangents at the levels outside, the derivatives of derivatives.
    ///
    /// The derivatives come from the rules that backward has, each applied and differentiated where
    /// the operation is: an operation costs several times its value, but nothing is kept for later.
    /// Tangents of tensors that require gradients have a history themselves, and a backward pass at
    /// a level carries tangents too, so that both modes mix. Modes without recording do not stop
    /// tangents; [Tensor#detach()] does.
    public static Mode forwardMode() {
        return ForwardMode.enter();
    }

    /// A view of `x` that carries `tangent` while this thread is at its innermost level of
    /// [#forwardMode()]; at others those of `x`.
    ///
    /// @param tangent of the shape and type of `x`
    /// @throws IllegalStateException outside of forward mode
    /// @throws IllegalArgumentException if `x` is not floating point or the tangent does not fit
    public static Tensor makeDual(Tensor x, Tensor tangent) {
        return ForwardMode.makeDual(x, tangent);
    }

    /// The values of `x` and its tangent at the innermost level.
    public static Dual unpackDual(Tensor x) {
        return ForwardMode.unpackDual(x);
    }

    // ------------------------------------------------------------ recording

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
        Tensor[] gradients = RootGradients.of(outputs, gradOutputs);
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

    /// The gradients for a batch of weights, as PyTorch's `is_grads_batched`: of the shapes of the
    /// inputs after `[B]`; null for an input that was not used. Each weight is a backward of its
    /// own.
    ///
    /// @param gradOutputs one per output, `[B, ...]`, with B ≥ 1
    /// @param retainGraph keeps what the operations saved, for another backward
    /// @param createGraph records the computation, so that the gradients have gradients too
    /// @throws IllegalArgumentException if there is not a weight for each output
    public static @Nullable Tensor[] gradBatched(
            Tensor[] outputs,
            Tensor[] inputs,
            Tensor[] gradOutputs,
            boolean retainGraph,
            boolean createGraph) {
        int batch = gradOutputs.length == 0 ? 0 : gradOutputs[0].size(0);
        List<@Nullable Tensor[]> rows = new ArrayList<>();
        for (int b = 0; b < batch; b++) {
            @Nullable Tensor[] weights = new Tensor[gradOutputs.length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = gradOutputs[k].select(0, b);
            }
            boolean retain = retainGraph || b < batch - 1;
            rows.add(grad(outputs, inputs, weights, retain, createGraph, true));
        }
        @Nullable Tensor[] all = new Tensor[inputs.length];
        for (int i = 0; i < all.length; i++) {
            List<Tensor> parts = new ArrayList<>();
            for (@Nullable Tensor[] row : rows) {
                Tensor part = row[i];
                if (part != null) {
                    parts.add(part);
                }
            }
            all[i] = parts.isEmpty() ? null : Tensor.stack(parts, 0);
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
        Tensor[] seeds = RootGradients.of(roots, gradients);
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

    private static Tensor[] required(@Nullable Tensor[] found) {
        Tensor[] all = new Tensor[found.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = java.util.Objects.requireNonNull(found[i]);
        }
        return all;
    }

    static void backward(
            Tensor root, @Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        Tensor seed = RootGradients.of(root, gradient, 0);
        Engine.backward(
                new Tensor[] {root},
                new Tensor[] {seed},
                null,
                retainGraph || createGraph,
                createGraph);
    }
}
