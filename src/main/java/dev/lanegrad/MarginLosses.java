package dev.lanegrad;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Losses that vanish where a margin is kept, and losses of distances.
public sealed interface MarginLosses permits Tensor {
    /// `log(1 + e^(−t·x))` for targets t of 1 and −1, as `F.soft_margin_loss`.
    ///
    /// @throws IllegalArgumentException if the shapes differ
    default Tensor softMarginLoss(Tensor target, LossReduction reduction) {
        return PairLosses.SOFT_MARGIN.applyToEqual((Tensor) this, target, reduction);
    }

    /// `max(0, −t·(x − other) + margin)`: x is to be greater where t is 1, less where it is −1, as
    /// `F.margin_ranking_loss`.
    default Tensor marginRankingLoss(
            Tensor other, Tensor target, double margin, LossReduction reduction) {
        Tensor x = (Tensor) this;
        return reduction.of(target.neg().mul(x.sub(other)).add(margin).clampMin(0));
    }

    /// x where the target is 1, `max(0, margin − x)` where it is −1, as `F.hinge_embedding_loss`.
    default Tensor hingeEmbeddingLoss(Tensor target, double margin, LossReduction reduction) {
        Tensor x = (Tensor) this;
        Tensor apart = x.rsub(margin).clampMin(0);
        return reduction.of(apart.where(target.ne(1), 0.0).add(x.where(target.ne(-1), 0.0)));
    }

    /// `1 − cos(x, other)` where the target is 1, `max(0, cos(x, other) − margin)` where it is −1,
    /// as `F.cosine_embedding_loss`; the vectors lie along the last axis.
    ///
    /// @param other of this tensor's shape, `[N, D]` or `[D]`
    /// @param target `[N]`, or a single value for `[D]`
    /// @throws IllegalArgumentException if the axes do not fit
    default Tensor cosineEmbeddingLoss(
            Tensor other, Tensor target, double margin, LossReduction reduction) {
        Tensor x = (Tensor) this;
        if (target.dim() > 1 || x.dim() != target.dim() + 1 || other.dim() != x.dim()) {
            throw new IllegalArgumentException(
                    "cosineEmbeddingLoss: 0D or 1D target tensor expected, and inputs with one axis"
                            + " more (inputs "
                            + x.shape()
                            + " and "
                            + other.shape()
                            + ", target "
                            + target.shape()
                            + ")");
        }
        double eps = 1e-12;
        Tensor squares = x.mul(x).sum(-1).add(eps).mul(other.mul(other).sum(-1).add(eps));
        Tensor cos = x.mul(other).sum(-1).div(squares.sqrt());
        Tensor like = cos.rsub(1).where(target.eq(1), 0.0);
        Tensor unlike = cos.sub(margin).clampMin(0).where(target.eq(-1), 0.0);
        return reduction.of(like.add(unlike));
    }

    /// `max(0, margin + ‖x − positive‖ − ‖x − negative‖)` with p-norms along the last axis, as
    /// `F.triplet_margin_loss`.
    ///
    /// @param p the norm, 2 by default in PyTorch
    /// @param eps added to each difference, 1e-6 by default in PyTorch
    /// @param swap whether the distance of `positive` and `negative` counts where it is the smaller
    ///   one of the two to `negative`
    default Tensor tripletMarginLoss(
            Tensor positive,
            Tensor negative,
            double margin,
            double p,
            double eps,
            boolean swap,
            LossReduction reduction) {
        Tensor x = (Tensor) this;
        int[] last = {-1};
        Tensor near = x.sub(positive).add(eps).norm(p, last, false);
        Tensor far = x.sub(negative).add(eps).norm(p, last, false);
        if (swap) {
            Tensor swapped = positive.sub(negative).add(eps).norm(p, last, false);
            far = far.where(far.le(swapped), swapped);
        }
        return reduction.of(near.add(margin).sub(far).clampMin(0));
    }

    /// `max(0, margin + distance(x, positive) − distance(x, negative))`, as
    /// `F.triplet_margin_with_distance_loss`.
    ///
    /// @param distance of two tensors, one value for each triplet
    /// @param margin above 0
    /// @param swap whether the distance of `positive` and `negative` counts where it is the smaller
    ///   one of the two to `negative`
    /// @throws IllegalArgumentException if the margin is not above 0 or the numbers of axes differ
    default Tensor tripletMarginWithDistanceLoss(
            Tensor positive,
            Tensor negative,
            BinaryOperator<Tensor> distance,
            double margin,
            boolean swap,
            LossReduction reduction) {
        Tensor x = (Tensor) this;
        String op = "tripletMarginWithDistanceLoss";
        if (!(margin > 0)) {
            throw new IllegalArgumentException(
                    op + ": margin must be greater than 0, got " + margin);
        }
        if (positive.dim() != x.dim() || negative.dim() != x.dim()) {
            throw new IllegalArgumentException(
                    "%s: anchor, positive and negative must have as many axes (%s, %s, %s)"
                            .formatted(op, x.shape(), positive.shape(), negative.shape()));
        }
        Tensor near = distance.apply(x, positive);
        Tensor far = distance.apply(x, negative);
        Tensor least = swap ? far.minimum(distance.apply(positive, negative)) : far;
        return reduction.of(near.add(margin).sub(least).clampMin(0));
    }

    /// The mean over the labels of `−t·log σ(x) − (1 − t)·log σ(−x)`, as
    /// `F.multilabel_soft_margin_loss`; the labels lie along the last axis.
    ///
    /// @param weight of each label, or null for ones
    default Tensor multilabelSoftMarginLoss(
            Tensor target, @Nullable Tensor weight, LossReduction reduction) {
        Tensor x = (Tensor) this;
        Tensor hits = target.mul(x.logsigmoid());
        Tensor losses = hits.add(target.rsub(1).mul(x.neg().logsigmoid())).neg();
        Tensor weighted = weight == null ? losses : losses.mul(weight);
        return reduction.of(weighted.sum(-1).div(x.size(-1)));
    }

    /// `Σ max(0, 1 − x[t] + x[c]) / C` over the labels t of a row and the classes c that are none
    /// of them, as `F.multilabel_margin_loss`.
    ///
    /// @param target int64 of this tensor's shape, `[N, C]` or `[C]`: the labels of each row, ended
    ///   by −1 if there are fewer than classes
    /// @throws IndexOutOfBoundsException if there is no class of a label's number
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor multilabelMarginLoss(Tensor target, LossReduction reduction) {
        return MultilabelMargin.apply((Tensor) this, target, reduction);
    }

    /// `Σ max(0, margin − x[t] + x[c])ᵖ / C` over the classes c other than the target t, as
    /// `F.multi_margin_loss`.
    ///
    /// @param target int64, the class of each row of `[N, C]`, or of `[C]`
    /// @param p 1 or 2
    /// @param weight of each class as a target, or null for ones
    /// @throws IndexOutOfBoundsException if there is no class of a target's number
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor multiMarginLoss(
            Tensor target, int p, double margin, @Nullable Tensor weight, LossReduction reduction) {
        return MultiMargin.apply((Tensor) this, target, p, margin, weight, reduction);
    }
}
