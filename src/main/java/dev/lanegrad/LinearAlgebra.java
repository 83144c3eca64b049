package dev.lanegrad;

/// Equations, factors and distances. What is factored is factored in double precision.
public sealed interface LinearAlgebra permits Tensor {
    // ------------------------------------------------------------ cholesky

    /// The lower triangular L with `L·Lᵀ` this symmetric positive definite matrix `[..., n, n]`, as
    /// `torch.linalg.cholesky`. Only the lower triangle is read.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    /// @throws ArithmeticException if one is not positive definite
    default Tensor cholesky() {
        Tensor a = (Tensor) this;
        Tensor y = Factors.cholesky(a);
        return Tape.records(a) ? Tape.record(y, new LinalgCholeskyExBackward0(Saved.of(y)), a) : y;
    }

    record LinalgCholeskyExBackward0(Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor l = y.get();
            Tensor half = l.transpose(-2, -1).matmul(g.gy()).tril(0);
            Tensor symmetric = half.add(half.tril(-1).transpose(-2, -1));
            Tensor right = symmetric.matmul(l.inv());
            g.put(0, l.transpose(-2, -1).solve(right).mul(0.5));
        }
    }

    // ------------------------------------------------------------ solve, inv, det

    /// X with `this·X = other`, as `torch.linalg.solve`: this `[..., n, n]`, the other `[..., n,
    /// k]` or `[n]`.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit
    /// @throws ArithmeticException if a matrix is singular
    default Tensor solve(Tensor other) {
        Tensor a = (Tensor) this;
        if (other.dim() == 1) {
            return a.solve(other.unsqueeze(1)).squeeze(1);
        }
        Tensor x = Factors.solve(a, other);
        return Tape.records(a, other)
                ? Tape.record(x, new LinalgSolveExBackward0(Saved.of(a), Saved.of(x)), a, other)
                : x;
    }

    record LinalgSolveExBackward0(Saved a, Saved x) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gb = a.get().transpose(-2, -1).solve(g.gy());
            g.put(1, gb);
            if (g.needs(0)) {
                g.put(0, gb.matmul(x.get().transpose(-2, -1)).neg());
            }
        }
    }

    /// The inverse of matrices `[..., n, n]`, as `torch.linalg.inv`.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    /// @throws ArithmeticException if one is singular
    default Tensor inv() {
        Tensor a = (Tensor) this;
        Factors.checkSquare("inv", a);
        Tensor y = Factors.solve(a, Tensor.eye(a.size(-1)).to(a.dtype()));
        return Tape.records(a) ? Tape.record(y, new LinalgInvExBackward0(Saved.of(y)), a) : y;
    }

    record LinalgInvExBackward0(Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor transposed = y.get().transpose(-2, -1);
            g.put(0, transposed.matmul(g.gy()).matmul(transposed).neg());
        }
    }

    /// The determinants of matrices `[..., n, n]`, as `torch.linalg.det`; the gradient of a
    /// singular matrix cannot be computed.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    default Tensor det() {
        Tensor a = (Tensor) this;
        Tensor y = Factors.det(a);
        return Tape.records(a)
                ? Tape.record(y, new LinalgDetBackward0(Saved.of(a), Saved.of(y)), a)
                : y;
    }

    record LinalgDetBackward0(Saved a, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor factor = g.gy().mul(y.get()).unsqueeze(-1).unsqueeze(-1);
            g.put(0, a.get().inv().transpose(-2, -1).mul(factor));
        }
    }

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

    // ------------------------------------------------------------ addmv, bilinear

    /// `beta·this + alpha·matrix·vector`, as `torch.addmv`.
    default Tensor addmv(Tensor matrix, Tensor vector, double beta, double alpha) {
        Tensor x = (Tensor) this;
        MatrixShapes.check("addmv", matrix, vector, 2, 1);
        if (!x.shape().expandsTo(Shape.of(matrix.size(0)))) {
            throw new IllegalArgumentException(
                    "addmv: shape %s does not broadcast to [%d] (%s · %s)"
                            .formatted(x.shape(), matrix.size(0), matrix.shape(), vector.shape()));
        }
        Tensor y = matrix.detach().mv(vector.detach()).mul(alpha);
        y = beta == 0 ? y : y.add(x.detach(), beta);
        return Tape.records(x, matrix, vector)
                ? Tape.record(
                        y,
                        new AddmvBackward0(Saved.of(matrix), Saved.of(vector), beta, alpha),
                        x,
                        matrix,
                        vector)
                : y;
    }

    /// `this + matrix·vector`
    default Tensor addmv(Tensor matrix, Tensor vector) {
        return addmv(matrix, vector, 1, 1);
    }

    record AddmvBackward0(Saved matrix, Saved vector, double beta, double alpha)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().mul(beta));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().mul(alpha).unsqueeze(1).mul(vector.get()));
            }
            if (g.needs(2)) {
                g.put(2, matrix.get().t().mv(g.gy()).mul(alpha));
            }
        }
    }

    /// `Σᵢⱼ thisᵢ·weight[o, i, j]·otherⱼ + bias` for each output o, as `F.bilinear`: this `[...,
    /// i]`, the other `[..., j]`, weight `[o, i, j]`, bias `[o]` or null.
    default Tensor bilinear(
            Tensor other, Tensor weight, @org.jspecify.annotations.Nullable Tensor bias) {
        Tensor a = (Tensor) this;
        boolean fits =
                weight.dim() == 3
                        && a.dim() == other.dim()
                        && a.dim() > 0
                        && a.size(-1) == weight.size(1)
                        && other.size(-1) == weight.size(2);
        if (!fits) {
            throw new IllegalArgumentException(
                    "bilinear: inputs %s and %s do not fit weight %s"
                            .formatted(a.shape(), other.shape(), weight.shape()));
        }
        long[] sizes = a.shape().toArray();
        sizes[sizes.length - 1] = weight.size(0);
        Tensor y =
                Trilinear.apply(
                                a.reshape(-1, a.size(-1)),
                                weight,
                                other.reshape(-1, other.size(-1)))
                        .reshape(sizes);
        return bias == null ? y : y.add(bias);
    }

    /// `Σᵢⱼ a[b, i]·w[o, i, j]·c[b, j]`
    final class Trilinear {
        private Trilinear() {}

        private static Tensor apply(Tensor a, Tensor w, Tensor c) {
            Tensor y = value(a.detach(), w.detach(), c.detach());
            return Tape.records(a, w, c)
                    ? Tape.record(
                            y,
                            new TrilinearBackward0(Saved.of(a), Saved.of(w), Saved.of(c)),
                            a,
                            w,
                            c)
                    : y;
        }

        private static Tensor value(Tensor a, Tensor w, Tensor c) {
            return Einsum.apply("bi,oij,bj->bo", a, w, c);
        }
    }

    record TrilinearBackward0(Saved a, Saved w, Saved c) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, Einsum.apply("bo,oij,bj->bi", g.gy(), w.get(), c.get()));
            }
            if (g.needs(1)) {
                g.put(1, Einsum.apply("bo,bi,bj->oij", g.gy(), a.get(), c.get()));
            }
            if (g.needs(2)) {
                g.put(2, Einsum.apply("bo,oij,bi->bj", g.gy(), w.get(), a.get()));
            }
        }
    }
}
