package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import java.util.function.BinaryOperator;

/// By how much an anchor is not nearer to a positive example than to a negative one by a margin, as
/// measured by a function, as `torch.nn.TripletMarginWithDistanceLoss`.
public final class TripletMarginWithDistanceLoss extends PairLoss {
    private final BinaryOperator<Tensor> distance;
    private final double margin;
    private final boolean swap;
    private final LossReduction reduction;

    /// Margin 1 of Euclidean distances, the mean of all triplets.
    public TripletMarginWithDistanceLoss() {
        this((a, b) -> a.pairwiseDistance(b, 2, 1e-6, false), 1, false, LossReduction.MEAN);
    }

    /// @param distance of two tensors, one value for each triplet
    /// @param margin above 0
    /// @param swap whether the positive example stands for the anchor where it is nearer to the
    ///   negative one
    public TripletMarginWithDistanceLoss(
            BinaryOperator<Tensor> distance, double margin, boolean swap, LossReduction reduction) {
        this.distance = distance;
        this.margin = margin;
        this.swap = swap;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return anchor.tripletMarginWithDistanceLoss(
                positive, negative, distance, margin, swap, reduction);
    }
}
