package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// As [Dropout], but drops whole channels of volumes `[N, C, D, H, W]` or `[C, D, H, W]`, as
/// `torch.nn.Dropout3d`.
public final class Dropout3d extends RandomZeros {
    /// With p = 0.5.
    public Dropout3d() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout3d(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout3d(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.dim() == 4
                ? x.unsqueeze(0).featureDropout(p, isTraining()).squeeze(0)
                : x.featureDropout(p, isTraining());
    }
}
