package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// How far the cosine of two vectors is from 1 where the target is 1, and above a margin where it
/// is −1, as `torch.nn.CosineEmbeddingLoss`.
public final class CosineEmbeddingLoss extends PairLoss {
    private final double margin;
    private final LossReduction reduction;

    /// Margin 0, the mean of all pairs.
    public CosineEmbeddingLoss() {
        this(0, LossReduction.MEAN);
    }

    /// @param margin what the cosine of a pair that does not belong together may be
    public CosineEmbeddingLoss(double margin, LossReduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return input1.cosineEmbeddingLoss(input2, target, margin, reduction);
    }
}
