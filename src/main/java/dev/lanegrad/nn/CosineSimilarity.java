package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The cosine of the angle of vectors, as `torch.nn.CosineSimilarity`.
public final class CosineSimilarity extends Module {
    private final int axis;
    private final double eps;

    /// Of vectors along axis 1.
    public CosineSimilarity() {
        this(1, 1e-8);
    }

    /// @param axis along which the vectors lie
    /// @param eps the least length that counts
    public CosineSimilarity(int axis, double eps) {
        this.axis = axis;
        this.eps = eps;
    }

    /// A similarity needs something to be similar to.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "CosineSimilarity: needs two inputs (input " + x.shape() + ")");
    }

    /// The cosines, without the axis of the vectors; the inputs broadcast.
    public Tensor forward(Tensor x1, Tensor x2) {
        return x1.cosineSimilarity(x2, axis, eps);
    }
}
