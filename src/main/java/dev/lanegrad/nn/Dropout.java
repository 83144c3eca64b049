package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// In training sets each element to 0 with probability p and divides the others by 1 − p; in
/// evaluation does nothing. As `torch.nn.Dropout`.
public final class Dropout extends RandomZeros {
    /// With p = 0.5.
    public Dropout() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout(Number p, boolean inplace) {
        super(p, inplace);
    }

    @Override
    Tensor drop(Tensor x, double p) {
        return x.dropout(p, isTraining());
    }
}
