package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The negative logarithm of the target's probability, of logarithms, as `torch.nn.NLLLoss`.
public final class NLLLoss extends Loss {
    private final @Nullable Tensor weight;
    private final long ignoreIndex;
    private final LossReduction reduction;

    /// The mean over the batch.
    public NLLLoss() {
        this(builder());
    }

    private NLLLoss(Builder b) {
        weight = b.weight == null ? null : buffer("weight", b.weight);
        ignoreIndex = b.ignoreIndex;
        reduction = b.reduction;
    }

    /// With PyTorch's defaults until set.
    public static Builder builder() {
        return new Builder();
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder {
        private @Nullable Tensor weight;
        private long ignoreIndex = -100;
        private LossReduction reduction = LossReduction.MEAN;

        private Builder() {}

        /// The weight of each class, `[C]`.
        public Builder weight(Tensor weight) {
            this.weight = weight;
            return this;
        }

        /// Targets of this number count nothing.
        public Builder ignoreIndex(long index) {
            ignoreIndex = index;
            return this;
        }

        /// What is made of the losses of the samples.
        public Builder reduction(LossReduction reduction) {
            this.reduction = reduction;
            return this;
        }

        /// The loss.
        public NLLLoss build() {
            return new NLLLoss(this);
        }
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.nllLoss(target, now(weight), ignoreIndex, reduction);
    }
}
