package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Sees the gradient of a tensor when a backward pass has computed it, and may replace it.
@FunctionalInterface
public interface GradientHook {
    /// The gradient to go on with, of the same shape; null for the one given, which must not be
    /// written to.
    @Nullable Tensor apply(Tensor gradient);
}
