package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The p-norm of the difference of vectors, as `torch.nn.PairwiseDistance`.
public final class PairwiseDistance extends Module {
    private final double p;
    private final double eps;
    private final boolean keepdim;

    /// The Euclidean distance.
    public PairwiseDistance() {
        this(2, 1e-6, false);
    }

    /// @param eps added to the difference, which keeps derivatives finite
    /// @param keepdim whether the last axis stays, with size 1
    public PairwiseDistance(double p, double eps, boolean keepdim) {
        this.p = p;
        this.eps = eps;
        this.keepdim = keepdim;
    }

    /// The distance of `x` from zero.
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, Tensor.zerosLike(x));
    }

    /// The distance along the last axis, `[..., D]` and `[..., D]` to `[...]`.
    public Tensor forward(Tensor x1, Tensor x2) {
        return x1.pairwiseDistance(x2, p, eps, keepdim);
    }
}
