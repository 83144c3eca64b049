package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// By how much other classes come nearer to the target's score than a margin, as
/// `torch.nn.MultiMarginLoss`.
public final class MultiMarginLoss extends Loss {
    private final int p;
    private final double margin;
    private final LossReduction reduction;

    /// Margin 1, not squared, the mean of all samples.
    public MultiMarginLoss() {
        this(1, 1, LossReduction.MEAN);
    }

    /// @param p 1, or 2 for squares
    public MultiMarginLoss(int p, double margin, LossReduction reduction) {
        this.p = p;
        this.margin = margin;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.multiMarginLoss(target, p, margin, null, reduction);
    }
}
