package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// In training drops elements so that the mean and variance of what [SELU] returns are kept; in
/// evaluation does nothing. As `torch.nn.AlphaDropout`.
public final class AlphaDropout extends RandomZeros {
    /// With p = 0.5.
    public AlphaDropout() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public AlphaDropout(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public AlphaDropout(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.alphaDropout(p, isTraining());
    }
}
