package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// By how much other classes come nearer to the target's score than a margin, as
/// `torch.nn.MultiMarginLoss`.
public final class MultiMarginLoss extends Loss {
    private final int p;
    private final double margin;
    private final @Nullable Tensor weight;
    private final LossReduction reduction;

    /// Margin 1, not squared, the mean of all samples.
    public MultiMarginLoss() {
        this(1, 1, null, LossReduction.MEAN);
    }

    /// As [#MultiMarginLoss(int, double, Tensor, LossReduction)] without weights.
    public MultiMarginLoss(int p, double margin, LossReduction reduction) {
        this(p, margin, null, reduction);
    }

    /// @param p 1, or 2 for squares
    /// @param weight of each class as a target, `[C]`, or null for ones
    public MultiMarginLoss(int p, double margin, @Nullable Tensor weight, LossReduction reduction) {
        this.p = p;
        this.margin = margin;
        this.weight = weight == null ? null : buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.multiMarginLoss(target, p, margin, now(weight), reduction);
    }
}
