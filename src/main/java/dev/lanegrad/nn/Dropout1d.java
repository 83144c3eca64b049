package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// As [Dropout], but drops whole channels of sequences `[N, C, L]` or `[C, L]`, as
/// `torch.nn.Dropout1d`.
public final class Dropout1d extends RandomZeros {
    /// With p = 0.5.
    public Dropout1d() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout1d(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout1d(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.dim() == 2
                ? x.unsqueeze(0).featureDropout(p, isTraining()).squeeze(0)
                : x.featureDropout(p, isTraining());
    }
}
