package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// As [AlphaDropout], but drops whole channels of `[N, C, ...]`, as `torch.nn.FeatureAlphaDropout`.
public final class FeatureAlphaDropout extends RandomZeros {
    /// With p = 0.5.
    public FeatureAlphaDropout() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public FeatureAlphaDropout(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public FeatureAlphaDropout(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.featureAlphaDropout(p, isTraining());
    }
}
