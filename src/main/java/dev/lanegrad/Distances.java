package dev.lanegrad;

/// Products of vectors that stand at right angles, and distances between them.
public sealed interface Distances permits Tensor {
    // ------------------------------------------------------------ cross, dist, cdist

    /// The products of vectors of three elements along an axis, orthogonal to both, as
    /// `torch.linalg.cross`; the others broadcast.
    ///
    /// @throws IllegalArgumentException if the axis has not three elements
    default Tensor cross(Tensor other, int axis) {
        Tensor a = (Tensor) this;
        int at = a.shape().axis(axis, "cross");
        if (a.dim() != other.dim() || a.dim() == 0 || a.size(at) != 3 || other.size(at) != 3) {
            throw new IllegalArgumentException(
                    "cross: axis %d must have 3 elements (%s × %s)"
                            .formatted(at, a.shape(), other.shape()));
        }
        Tensor y = product(a.detach(), other.detach(), at);
        return Tape.records(a, other)
                ? Tape.record(
                        y, new LinalgCrossBackward0(at, Saved.of(a), Saved.of(other)), a, other)
                : y;
    }

    private static Tensor product(Tensor a, Tensor b, int axis) {
        return a.roll(-1, axis).mul(b.roll(1, axis)).sub(a.roll(1, axis).mul(b.roll(-1, axis)));
    }

    record LinalgCrossBackward0(int axis, Saved a, Saved b) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, b.get().cross(g.gy(), axis));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().cross(a.get(), axis));
            }
        }
    }

    /// The p-norm of `this − other`, as `torch.dist`.
    default Tensor dist(Tensor other, double p) {
        Tensor a = (Tensor) this;
        Tensor y = a.detach().sub(other.detach()).norm(p);
        return Tape.records(a, other)
                ? Tape.record(
                        y,
                        new DistBackward0(Saved.of(a), Saved.of(other), Saved.of(y), p),
                        a,
                        other)
                : y;
    }

    record DistBackward0(Saved a, Saved b, Saved y, double p) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor apart = a.get().sub(b.get());
            Tensor slope = Moments.normSlope(g.gy(), apart, y.get(), p, new int[0]);
            g.put(0, slope);
            if (g.needs(1)) {
                g.put(1, slope.neg());
            }
        }
    }

    /// The p-norms of the differences of all rows of `[..., m, d]` from all rows of `[..., n, d]`:
    /// `[..., m, n]`, as `torch.cdist`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    default Tensor cdist(Tensor other, double p) {
        Tensor a = (Tensor) this;
        if (a.dim() < 2 || other.dim() < 2 || a.size(-1) != other.size(-1)) {
            throw new IllegalArgumentException(
                    "cdist: needs rows of one length, but got %s and %s"
                            .formatted(a.shape(), other.shape()));
        }
        Tensor y = apart(a.detach(), other.detach()).norm(p, new int[] {-1}, false);
        return Tape.records(a, other)
                ? Tape.record(
                        y,
                        new CdistBackward0(Saved.of(a), Saved.of(other), Saved.of(y), p),
                        a,
                        other)
                : y;
    }

    /// The Euclidean distances of all rows.
    default Tensor cdist(Tensor other) {
        return cdist(other, 2);
    }

    private static Tensor apart(Tensor a, Tensor b) {
        return a.unsqueeze(-2).sub(b.unsqueeze(-3));
    }

    record CdistBackward0(Saved a, Saved b, Saved y, double p) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor apart = apart(a.get(), b.get());
            Tensor slope = Moments.normSlope(g.gy(), apart, y.get(), p, new int[] {-1});
            if (g.needs(0)) {
                g.put(0, slope.sum(-2));
            }
            if (g.needs(1)) {
                g.put(1, slope.sum(-3).neg());
            }
        }
    }

    // ------------------------------------------------------------ pairwiseDistance

    /// The p-norms of `this − other + eps` along the last axis, as `F.pairwise_distance`.
    default Tensor pairwiseDistance(Tensor other, double p, double eps, boolean keepdim) {
        return ((Tensor) this).sub(other).add(eps).norm(p, new int[] {-1}, keepdim);
    }

    /// The Euclidean distances along the last axis, 1e-6 being added to each difference.
    default Tensor pairwiseDistance(Tensor other) {
        return pairwiseDistance(other, 2, 1e-6, false);
    }

    // ------------------------------------------------------------ cosineSimilarity

    /// The cosines of the angles of vectors along an axis, as `F.cosine_similarity`; the two
    /// broadcast, and the axis is left out.
    ///
    /// @param eps the least length that counts
    default Tensor cosineSimilarity(Tensor other, int axis, double eps) {
        return unit((Tensor) this, axis, eps).mul(unit(other, axis, eps)).sum(axis);
    }

    private static Tensor unit(Tensor x, int axis, double eps) {
        return x.div(x.norm(2, new int[] {axis}, true).clampMin(eps));
    }
}
