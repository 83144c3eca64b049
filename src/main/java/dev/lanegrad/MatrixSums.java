package dev.lanegrad;

/// Sums of a tensor and of products of matrices and vectors.
public sealed interface MatrixSums permits Tensor {
    // ------------------------------------------------------------ addmv

    /// `beta·this + alpha·matrix·vector`, as `torch.addmv`.
    default Tensor addmv(Tensor matrix, Tensor vector, double beta, double alpha) {
        Tensor x = (Tensor) this;
        MatrixShapes.check("addmv", matrix, vector, 2, 1);
        MatrixShapes.checkSum("addmv", x, Shape.of(matrix.size(0)), matrix, vector);
        Tensor y = sum(x, matrix.detach().mv(vector.detach()), beta, alpha);
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

    // ------------------------------------------------------------ addr

    /// `beta·this + alpha·a·bᵀ` of two vectors, as `torch.addr`; this tensor broadcasts to `[m,
    /// n]`, and is not read if beta is 0.
    ///
    /// @throws IllegalArgumentException if an operand is no vector, or the shapes do not fit
    default Tensor addr(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = (Tensor) this;
        MatrixShapes.checkOuter("addr", a, b);
        MatrixShapes.checkSum("addr", x, Shape.of(a.size(0), b.size(0)), a, b);
        Tensor y = sum(x, a.detach().unsqueeze(1).mul(b.detach()), beta, alpha);
        return Tape.records(x, a, b)
                ? Tape.record(y, new AddrBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b)
                : y;
    }

    /// `this + a·bᵀ`
    default Tensor addr(Tensor a, Tensor b) {
        return addr(a, b, 1, 1);
    }

    record AddrBackward0(Saved a, Saved b, double beta, double alpha) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, scaled(g.gy(), beta));
            }
            if (g.needs(1)) {
                g.put(1, scaled(g.gy().mv(b.get()), alpha));
            }
            if (g.needs(2)) {
                g.put(2, scaled(g.gy().t().mv(a.get()), alpha));
            }
        }
    }

    // ------------------------------------------------------------ baddbmm, addbmm

    /// `beta·this + alpha·a·b` for each pair of matrices `[batch, m, k]` and `[batch, k, n]`, as
    /// `torch.baddbmm`; this tensor broadcasts to `[batch, m, n]`, and is not read if beta is 0.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = (Tensor) this;
        MatrixShapes.check("baddbmm", a, b, 3, 3);
        MatrixShapes.checkSum("baddbmm", x, Shape.of(a.size(0), a.size(1), b.size(2)), a, b);
        Tensor y = sum(x, a.detach().bmm(b.detach()), beta, alpha);
        return Tape.records(x, a, b)
                ? Tape.record(
                        y, new BaddbmmBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b)
                : y;
    }

    /// `this + a·b` for each pair of matrices.
    default Tensor baddbmm(Tensor a, Tensor b) {
        return baddbmm(a, b, 1, 1);
    }

    record BaddbmmBackward0(Saved a, Saved b, double beta, double alpha) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, scaled(g.gy(), beta));
            }
            if (g.needs(1)) {
                g.put(1, scaled(g.gy().bmm(b.get().transpose(1, 2)), alpha));
            }
            if (g.needs(2)) {
                g.put(2, scaled(a.get().transpose(1, 2).bmm(g.gy()), alpha));
            }
        }
    }

    /// `beta·this + alpha·Σ a·b` over all pairs of matrices `[batch, m, k]` and `[batch, k, n]`, as
    /// `torch.addbmm`; this tensor broadcasts to `[m, n]`, and is not read if beta is 0.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor addbmm(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = (Tensor) this;
        MatrixShapes.check("addbmm", a, b, 3, 3);
        MatrixShapes.checkSum("addbmm", x, Shape.of(a.size(1), b.size(2)), a, b);
        Tensor y = sum(x, a.detach().bmm(b.detach()).sum(0), beta, alpha);
        return Tape.records(x, a, b)
                ? Tape.record(
                        y, new AddbmmBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b)
                : y;
    }

    /// `this + Σ a·b` over all pairs of matrices.
    default Tensor addbmm(Tensor a, Tensor b) {
        return addbmm(a, b, 1, 1);
    }

    record AddbmmBackward0(Saved a, Saved b, double beta, double alpha) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, scaled(g.gy(), beta));
            }
            if (g.needs(1)) {
                Tensor all = g.gy().unsqueeze(0).expand(batched(a.get()));
                g.put(1, scaled(all.bmm(b.get().transpose(1, 2)), alpha));
            }
            if (g.needs(2)) {
                Tensor all = g.gy().unsqueeze(0).expand(batched(a.get()));
                g.put(2, scaled(a.get().transpose(1, 2).bmm(all), alpha));
            }
        }

        private Shape batched(Tensor a) {
            return Shape.of(a.size(0), a.size(1), b.get().size(2));
        }
    }

    private static Tensor sum(Tensor x, Tensor product, double beta, double alpha) {
        Tensor y = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? y : y.add(x.detach(), beta);
    }

    private static Tensor scaled(Tensor gy, double factor) {
        return factor == 1 ? gy : gy.mul(factor);
    }
}
