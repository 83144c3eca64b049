package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.List;

/// Adam with weight decay taken from the parameters themselves, as `torch.optim.AdamW`.
public final class AdamW extends AdamSteps {
    private AdamW(Builder builder) {
        super(builder);
    }

    /// Of no parameters yet.
    public static Builder builder() {
        return new Builder();
    }

    /// Of these parameters, in one group.
    public static Builder builder(List<Tensor> params) {
        return builder().group(params);
    }

    /// The options; unset ones are as in PyTorch, `lr` 1e-3, betas 0.9 and 0.999, eps 1e-8, weight
    /// decay 1e-2.
    public static final class Builder extends Options<Builder> {
        private Builder() {
            super(1e-2, true);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public AdamW build() {
            return new AdamW(this);
        }
    }
}
