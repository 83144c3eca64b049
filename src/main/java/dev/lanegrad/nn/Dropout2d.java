package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// As [Dropout], but drops whole channels of images `[N, C, H, W]`, as `torch.nn.Dropout2d`.
public final class Dropout2d extends RandomZeros {
    /// With p = 0.5.
    public Dropout2d() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout2d(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout2d(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.featureDropout(p, isTraining());
    }
}
