package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;

/// How far the first input fails to rank above the second where the target is 1, or below it where
/// it is −1, as `torch.nn.MarginRankingLoss`.
public final class MarginRankingLoss extends PairLoss {
    private final double margin;
    private final LossReduction reduction;

    /// Margin 0, the mean of all pairs.
    public MarginRankingLoss() {
        this(0, LossReduction.MEAN);
    }

    /// @param margin by which one must rank above the other
    public MarginRankingLoss(double margin, LossReduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return input1.marginRankingLoss(input2, target, margin, reduction);
    }
}
