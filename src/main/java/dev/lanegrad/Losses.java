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

    /// The softmax of `−x` along `axis`, as `F.softmin`.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor softmin(int axis) {
        return ((Tensor) this).neg().softmax(axis);
    }

    /// `log Σ eˣ` over `axis`, as `torch.logsumexp`.
    default Tensor logsumexp(int axis) {
        return logsumexp(new int[] {axis}, false);
    }

    /// `log Σ eˣ` over `axes` without overflow, as `torch.logsumexp`.
    default Tensor logsumexp(int[] axes, boolean keepdim) {
        return Softmaxes.logSumExp((Tensor) this, axes, keepdim);
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

    /// The mean negative log-likelihood, as [#nllLoss(Tensor, Tensor, long, LossReduction)].
    default Tensor nllLoss(Tensor target) {
        return nllLoss(target, null, -100, LossReduction.MEAN);
    }

    /// The negative of the target's element in each row of logarithms `[N, C]`, `[N, C, ...]` or
    /// `[C]`, as `F.nll_loss`; the arguments are those of [#crossEntropy(Tensor, Tensor, long,
    /// LossReduction, double)].
    ///
    /// @throws IndexOutOfBoundsException if there is no class of a target's number
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor nllLoss(
            Tensor target, @Nullable Tensor weight, long ignoreIndex, LossReduction reduction) {
        return NegativeLogLikelihood.apply((Tensor) this, target, weight, ignoreIndex, reduction);
    }

    // ------------------------------------------------------------ probabilities

    /// The mean binary cross-entropy of probabilities, as `F.binary_cross_entropy`.
    default Tensor binaryCrossEntropy(Tensor target) {
        return binaryCrossEntropy(target, null, LossReduction.MEAN);
    }

    /// `−t·log x − (1 − t)·log(1 − x)` with logarithms of at least −100, as
    /// `F.binary_cross_entropy`.
    ///
    /// @param target probabilities, of this tensor's shape
    /// @param weight of each loss, or null for ones
    /// @throws IllegalArgumentException if a probability is not in 0 to 1, or the shapes differ
    default Tensor binaryCrossEntropy(
            Tensor target, @Nullable Tensor weight, LossReduction reduction) {
        PairLosses.checkProbabilities("binaryCrossEntropy", "input", (Tensor) this);
        PairLosses.checkProbabilities("binaryCrossEntropy", "target", target);
        return PairLosses.binaryCrossEntropy(weight).applyToEqual((Tensor) this, target, reduction);
    }

    /// The mean binary cross-entropy of logits, as `F.binary_cross_entropy_with_logits`.
    default Tensor binaryCrossEntropyWithLogits(Tensor target) {
        return binaryCrossEntropyWithLogits(target, null, null, LossReduction.MEAN);
    }

    /// `−p·t·log σ(x) − (1 − t)·log(1 − σ(x))`, as `F.binary_cross_entropy_with_logits`.
    ///
    /// @param target probabilities, of this tensor's shape
    /// @param weight of each loss, or null for ones
    /// @param posWeight p, the weight of the positive class, or null for 1
    /// @throws IllegalArgumentException if the shapes differ
    default Tensor binaryCrossEntropyWithLogits(
            Tensor target,
            @Nullable Tensor weight,
            @Nullable Tensor posWeight,
            LossReduction reduction) {
        return PairLosses.binaryCrossEntropyWithLogits(weight, posWeight)
                .applyToEqual((Tensor) this, target, reduction);
    }

    /// The divergence `t·(log t − x)` of the target's distribution from this one, given as
    /// logarithms x, as `F.kl_div`. The usual reduction is [LossReduction#BATCH_MEAN].
    ///
    /// @param target probabilities, 0 being allowed; or their logarithms if `logTarget`
    default Tensor klDiv(Tensor target, LossReduction reduction, boolean logTarget) {
        Tensor x = (Tensor) this;
        if (logTarget) {
            return reduction.of(target.exp().mul(target.sub(x)));
        }
        Tensor entropy = target.mul(target.log()).maskedFill(target.eq(0), 0);
        return reduction.of(entropy.sub(target.mul(x)));
    }

    // ------------------------------------------------------------ sequences of labels

    /// How improbable it is that log-probabilities `[T, N, C]`, or `[T, C]` of one sample, spell
    /// the targets, as `F.ctc_loss`: connectionist temporal classification.
    ///
    /// The gradient is PyTorch's: it has the term `exp(this)`, which [#logSoftmax] takes out again,
    /// so that it is the derivative of the scores under one. The mean is over the samples, each
    /// divided by the length of its target.
    ///
    /// @param targets int64 classes, `[N, S]`, or all one after another
    /// @param inputLengths steps of each sample, at most T
    /// @param targetLengths labels of each sample
    /// @param blank the class that stands between labels
    /// @param zeroInfinity whether a sample too short for its target counts 0 instead of infinity
    /// @throws IllegalArgumentException if shapes, lengths or classes do not fit
    default Tensor ctcLoss(
            Tensor targets,
            int[] inputLengths,
            int[] targetLengths,
            int blank,
            LossReduction reduction,
            boolean zeroInfinity) {
        Tensor x = (Tensor) this;
        if (x.dim() == 2) {
            Tensor one = targets.dim() == 1 ? targets.unsqueeze(0) : targets;
            Tensor loss =
                    x.unsqueeze(1)
                            .ctcLoss(
                                    one,
                                    inputLengths,
                                    targetLengths,
                                    blank,
                                    reduction,
                                    zeroInfinity);
            return reduction == LossReduction.NONE ? loss.squeeze(0) : loss;
        }
        if (x.dim() != 3 || !x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "ctcLoss: needs floating point log-probabilities [T, N, C] or [T, C], but got "
                            + x.dtype()
                            + " "
                            + x.shape());
        }
        Alignments ways =
                Alignments.of(x, targets, inputLengths, targetLengths, blank, zeroInfinity);
        Tensor y = ways.losses(x.detach());
        Tensor each =
                Tape.records(x) ? Tape.record(y, new CtcLossBackward0(ways, Saved.of(x)), x) : y;
        if (reduction == LossReduction.MEAN) {
            Tensor lengths = Tensor.of(targetLengths).clamp(1, Integer.MAX_VALUE).to(x.dtype());
            return each.div(lengths).mean();
        }
        return reduction.of(each);
    }

    record CtcLossBackward0(Alignments ways, Saved x) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(
                    0,
                    g.recording()
                            ? ways.recordedGradient(g.gy(), x.get())
                            : ways.gradient(g.gy(), x.get()));
        }
    }
}
