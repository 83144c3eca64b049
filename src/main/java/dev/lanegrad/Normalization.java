package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Normalizations: a mean taken away, a standard deviation divided by.
public sealed interface Normalization permits Tensor {
    // ------------------------------------------------------------ batchNorm

    /// Each channel of `[N, C]`, `[N, C, L]` or `[N, C, H, W]` normalized over all other axes, as
    /// `F.batch_norm`: `(x − mean) / √(variance + eps) · weight + bias`.
    ///
    /// In training, and where running statistics are missing, mean and variance are the batch's
    /// own, and in training the running statistics move towards them: `running := (1 −
    /// momentum)·running + momentum·batch`, the variance being the unbiased one. Otherwise mean and
    /// variance are the running ones, as constants. Results lie with the channels innermost in
    /// memory.
    ///
    /// @param runningMean `[C]` or null; written to in training
    /// @param runningVar `[C]` or null; written to in training
    /// @param weight `[C]`, or null for ones
    /// @param bias `[C]`, or null for zeros
    /// @param training whether the batch's own statistics are used
    /// @param momentum how far running statistics move, 0.1 by default in PyTorch
    /// @param eps added to the variance, 1e-5 by default in PyTorch
    /// @throws IllegalArgumentException if the shapes or types do not fit, or there is only one
    ///   value in each channel in training
    default Tensor batchNorm(
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training,
            double momentum,
            double eps) {
        return BatchNormalization.apply(
                (Tensor) this, runningMean, runningVar, weight, bias, training, momentum, eps);
    }
}
