package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// The input itself where the target is 1, and how far it is below a margin where it is −1, as
/// `torch.nn.HingeEmbeddingLoss`.
public final class HingeEmbeddingLoss extends Loss {
    private final double margin;
    private final LossReduction reduction;

    /// Margin 1, the mean of all elements.
    public HingeEmbeddingLoss() {
        this(1, LossReduction.MEAN);
    }

    /// @param margin what distances of pairs that do not belong together should exceed
    public HingeEmbeddingLoss(double margin, LossReduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.hingeEmbeddingLoss(target, margin, reduction);
    }
}
