package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The binary cross-entropy of probabilities, as `torch.nn.BCELoss`.
public final class BCELoss extends Loss {
    private final @Nullable Tensor weight;
    private final LossReduction reduction;

    /// The mean of all elements.
    public BCELoss() {
        this(null, LossReduction.MEAN);
    }

    /// @param weight of each loss, or null for ones
    public BCELoss(@Nullable Tensor weight, LossReduction reduction) {
        this.weight = weight == null ? null : buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.binaryCrossEntropy(target, now(weight), reduction);
    }
}
