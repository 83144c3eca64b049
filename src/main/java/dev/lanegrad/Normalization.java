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

    // ------------------------------------------------------------ by sample

    /// Each sample normalized over its last axes, as `F.layer_norm`: `(x − mean) / √(variance +
    /// eps) · weight + bias`.
    ///
    /// @param normalizedShape the sizes of those axes
    /// @param weight of this shape, or null for ones
    /// @param bias of this shape, or null for zeros
    /// @param eps added to the variance, 1e-5 by default in PyTorch
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor layerNorm(
            Shape normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        return LayerNormalization.layer((Tensor) this, normalizedShape, weight, bias, eps);
    }

    /// Each sample divided by its root mean square over its last axes, as `F.rms_norm`.
    ///
    /// @param normalizedShape the sizes of those axes
    /// @param weight of this shape, or null for ones
    /// @param eps added to the mean square
    default Tensor rmsNorm(Shape normalizedShape, @Nullable Tensor weight, double eps) {
        Tensor x = (Tensor) this;
        int[] axes = new int[normalizedShape.dim()];
        java.util.Arrays.setAll(axes, i -> i - axes.length);
        Tensor y = x.mul(x.square().mean(axes, true).add(eps).rsqrt());
        return weight == null ? y : y.mul(weight);
    }

    /// Each sample of `[N, C, ...]` normalized over groups of its channels, as `F.group_norm`.
    ///
    /// @param groups divides the number of channels
    /// @param weight `[C]`, or null for ones
    /// @param bias `[C]`, or null for zeros
    /// @param eps added to the variance, 1e-5 by default in PyTorch
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor groupNorm(
            int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        return LayerNormalization.group((Tensor) this, groups, weight, bias, eps);
    }

    /// Each channel of each sample of `[N, C, L]` or `[N, C, H, W]` normalized, as
    /// `F.instance_norm`; the arguments are those of [#batchNorm].
    ///
    /// @param useInputStats whether the input's own statistics are used, not the running ones
    /// @throws IllegalArgumentException if the shapes or types do not fit, or there is only one
    ///   pixel
    default Tensor instanceNorm(
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean useInputStats,
            double momentum,
            double eps) {
        return InstanceNormalization.apply(
                (Tensor) this, runningMean, runningVar, weight, bias, useInputStats, momentum, eps);
    }

    // ------------------------------------------------------------ by neighbours

    /// Each channel of `[N, C, ...]` divided by the power of what is around it, as
    /// `F.local_response_norm`: `x / (k + alpha·mean)^beta`, the mean being that of the squares of
    /// `size` channels around x, missing ones counting as 0.
    default Tensor localResponseNorm(int size, double alpha, double beta, double k) {
        Tensor x = (Tensor) this;
        if (x.dim() < 3 || size < 1) {
            throw new IllegalArgumentException(
                    "localResponseNorm: input needs at least 3 axes, size must be positive (input "
                            + x.shape()
                            + ", size "
                            + size
                            + ")");
        }
        int n = x.size(0);
        int channels = x.size(1);
        int pixels = n * channels == 0 ? 0 : x.numel() / (n * channels);
        Tensor means =
                x.mul(x)
                        .reshape(n, 1, channels, pixels)
                        .avgPool2d(
                                new int[] {size, 1},
                                new int[] {1},
                                new int[] {size / 2, 0},
                                false,
                                true,
                                0)
                        .narrow(2, 0, channels);
        return x.div(means.reshape(x.shape()).mul(alpha).add(k).pow(beta));
    }

    /// Each vector along `axis` divided by its p-norm, or by `eps` if that is greater, as
    /// `F.normalize`.
    default Tensor normalize(double p, int axis, double eps) {
        Tensor x = (Tensor) this;
        return x.div(x.norm(p, new int[] {axis}, true).clampMin(eps).expand(x.shape()));
    }

    /// Each vector along axis 1 divided by its Euclidean norm, as `F.normalize`.
    default Tensor normalize() {
        return normalize(2, 1, 1e-12);
    }
}
