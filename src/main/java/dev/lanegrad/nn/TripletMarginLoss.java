package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// By how much an anchor is not nearer to a positive example than to a negative one by a margin, as
/// `torch.nn.TripletMarginLoss`.
public final class TripletMarginLoss extends PairLoss {
    private final double margin;
    private final double p;
    private final double eps;
    private final boolean swap;
    private final LossReduction reduction;

    /// Margin 1 of Euclidean distances, the mean of all triplets.
    public TripletMarginLoss() {
        this(1, 2, 1e-6, false, LossReduction.MEAN);
    }

    /// @param p of the norm that measures distances
    /// @param eps added to differences
    /// @param swap whether the positive example stands for the anchor where it is nearer to the
    ///   negative one
    public TripletMarginLoss(
            double margin, double p, double eps, boolean swap, LossReduction reduction) {
        this.margin = margin;
        this.p = p;
        this.eps = eps;
        this.swap = swap;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return anchor.tripletMarginLoss(positive, negative, margin, p, eps, swap, reduction);
    }
}
