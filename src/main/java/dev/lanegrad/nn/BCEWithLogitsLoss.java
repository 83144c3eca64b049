package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The binary cross-entropy of logits, as `torch.nn.BCEWithLogitsLoss`.
public final class BCEWithLogitsLoss extends Loss {
    private final @Nullable Tensor weight;
    private final @Nullable Tensor posWeight;
    private final LossReduction reduction;

    /// The mean of all elements.
    public BCEWithLogitsLoss() {
        this(null, null, LossReduction.MEAN);
    }

    /// @param weight of each loss, or null for ones
    /// @param posWeight weight of the positive class, or null for 1
    public BCEWithLogitsLoss(
            @Nullable Tensor weight, @Nullable Tensor posWeight, LossReduction reduction) {
        this.weight = weight == null ? null : buffer("weight", weight);
        this.posWeight = posWeight == null ? null : buffer("pos_weight", posWeight);
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.binaryCrossEntropyWithLogits(target, now(weight), now(posWeight), reduction);
    }
}
