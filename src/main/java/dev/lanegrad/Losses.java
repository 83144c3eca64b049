package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Losses of predictions against targets, and the softmax they go with.
///
/// `reduction` says what becomes of the losses of the single elements: mean, sum, or themselves.
public sealed interface Losses permits Tensor {
    // ------------------------------------------------------------ softmax

    /// `eˣ / Σ eˣ` along `axis`, as `torch.softmax`.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor softmax(int axis) {
        return Softmaxes.softmax((Tensor) this, axis);
    }

    /// The logarithm of [#softmax], as `torch.log_softmax`.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor logSoftmax(int axis) {
        return Softmaxes.logSoftmax((Tensor) this, axis);
    }

    // ------------------------------------------------------------ classes

    /// The mean cross-entropy, as [#crossEntropy(Tensor, Tensor, long, LossReduction, double)].
    default Tensor crossEntropy(Tensor target) {
        return crossEntropy(target, null, -100, LossReduction.MEAN, 0);
    }

    /// The cross-entropy without weights or smoothing, as [#crossEntropy(Tensor, Tensor, long,
    /// LossReduction, double)].
    default Tensor crossEntropy(Tensor target, LossReduction reduction) {
        return crossEntropy(target, null, -100, reduction, 0);
    }

    /// The cross-entropy of logits `[N, C]`, `[N, C, ...]` or `[C]` against the classes, as
    /// `F.cross_entropy`.
    ///
    /// @param target int64 numbers of classes, of this tensor's shape without axis C; or the
    ///   probability of each class, of this tensor's shape and type
    /// @param weight `[C]`, the weight of each class, or null for ones
    /// @param ignoreIndex elements with this target count nothing, and not in the mean; −100 by
    ///   default in PyTorch
    /// @param labelSmoothing from 0 to 1: how much of the target's probability goes to all classes
    ///   alike
    /// @throws IndexOutOfBoundsException if there is no class of a target's number
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor crossEntropy(
            Tensor target,
            @Nullable Tensor weight,
            long ignoreIndex,
            LossReduction reduction,
            double labelSmoothing) {
        return CrossEntropyLoss.apply(
                (Tensor) this, target, weight, ignoreIndex, reduction, labelSmoothing);
    }
}
