package dev.lanegrad;

import java.util.function.Consumer;

/// What is called when a backward pass comes by a tensor.
public sealed interface GradientHooks permits Tensor {
    /// Calls `hook` with the gradient of this tensor whenever a backward pass has computed it, in
    /// the order of registration; what a hook returns is the gradient that the next one sees.
    ///
    /// The hook belongs to what this tensor is now: not to what a later write in place makes of it.
    ///
    /// @throws IllegalStateException if no gradient is required
    default RemovableHandle registerHook(GradientHook hook) {
        Edge edge = ((Tensor) this).gradientEdge();
        if (edge == null) {
            throw new IllegalStateException(
                    "cannot register a hook on a tensor that doesn't require gradient");
        }
        return edge.node().hooksToAddTo().addTensorHook(edge.outputNr(), hook);
    }

    /// Calls `hook` with this leaf whenever a backward pass has added to its gradient.
    ///
    /// @throws IllegalStateException if this is no leaf or requires no gradient
    default RemovableHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
        Edge edge = ((Tensor) this).gradientEdge();
        if (edge == null) {
            throw new IllegalStateException(
                    "cannot register a hook on a tensor that doesn't require gradient");
        }
        if (!edge.node().isAccumulation()) {
            throw new IllegalStateException(
                    "post accumulate grad hooks cannot be registered on non-leaf tensors");
        }
        return edge.node().hooksToAddTo().afterAccumulation.add(hook);
    }
}
