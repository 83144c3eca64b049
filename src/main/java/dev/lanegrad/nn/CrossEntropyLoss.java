package dev.lanegrad.nn;

import dev.lanegrad.LossReduction;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The cross-entropy of scores against classes or their probabilities, as
/// `torch.nn.CrossEntropyLoss`.
public final class CrossEntropyLoss extends Loss {
    private final @Nullable Tensor weight;
    private final long ignoreIndex;
    private final LossReduction reduction;
    private final double labelSmoothing;

    /// The mean over the batch.
    public CrossEntropyLoss() {
        this(builder());
    }

    private CrossEntropyLoss(Builder b) {
        weight = b.weight == null ? null : buffer("weight", b.weight);
        ignoreIndex = b.ignoreIndex;
        reduction = b.reduction;
        labelSmoothing = b.labelSmoothing;
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
        private double labelSmoothing;

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

        /// From 0 to 1: how much of the target's probability goes to all classes alike.
        public Builder labelSmoothing(double smoothing) {
            labelSmoothing = smoothing;
            return this;
        }

        /// The loss.
        public CrossEntropyLoss build() {
            return new CrossEntropyLoss(this);
        }
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.crossEntropy(target, now(weight), ignoreIndex, reduction, labelSmoothing);
    }
}
