package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.List;

/// Adam: steps by the mean of the gradients over the root of the mean of their squares, as
/// `torch.optim.Adam`.
public final class Adam extends AdamSteps {
    private Adam(Builder builder) {
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
    /// decay 0.
    public static final class Builder extends Options<Builder> {
        private Builder() {
            super(0, false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Adam build() {
            return new Adam(this);
        }
    }
}
