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

    /// The determinants of matrices `[..., n, n]`, as `torch.linalg.det`.
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
            Tensor gy = g.gy().unsqueeze(-1).unsqueeze(-1);
            Tensor det = y.get();
            if (det.detach().eq(0).any().isTrue()) {
                g.put(0, Cofactors.of(a.get(), g.recording()).mul(gy));
                return;
            }
            Tensor factor = det.unsqueeze(-1).unsqueeze(-1).mul(gy);
            g.put(0, a.get().inv().transpose(-2, -1).mul(factor));
        }
    }

    /// The signs of the determinants of matrices `[..., n, n]` and the logarithms of their sizes,
    /// as `torch.linalg.slogdet`; of a singular one 0 and −∞, and it has no gradient.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    default Tensor[] slogdet() {
        Tensor a = (Tensor) this;
        Tensor[] y = Factors.slogdet(a);
        if (Tape.records(a)) {
            Tape.recordAll(y, new LinalgSlogdetBackward0(Saved.of(a)), a);
        }
        return y;
    }

    /// The sign does not change, where it is differentiable.
    record LinalgSlogdetBackward0(Saved a) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy(1).unsqueeze(-1).unsqueeze(-1);
            g.put(0, a.get().inv().transpose(-2, -1).mul(gy));
        }
    }

    /// The logarithms of the determinants of matrices `[..., n, n]`, as `torch.logdet`: −∞ for 0,
    /// NaN for a negative one.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    default Tensor logdet() {
        Tensor[] y = slogdet();
        return Tensor.where(y[0].detach().eq(-1), Creation.number(Double.NaN), y[1]);
    }

    // ------------------------------------------------------------ qr

    /// Orthogonal columns Q `[..., m, k]` and an upper triangular R `[..., k, n]`, k the smaller of
    /// m and n, whose product is this `[..., m, n]`, as `torch.linalg.qr`: with LAPACK's signs.
    ///
    /// @throws IllegalArgumentException if there are less than two axes, or the elements are not
    ///   floating point
    default Tensor[] qr() {
        Tensor a = (Tensor) this;
        Tensor[] y = Factors.qr(a);
        if (Tape.records(a)) {
            Tape.recordAll(
                    y, new LinalgQrBackward0(Saved.of(a), Saved.of(y[0]), Saved.of(y[1])), a);
        }
        return y;
    }

    /// The columns beyond the m-th of a wide matrix are `Q·R` of the first ones' Q.
    record LinalgQrBackward0(Saved a, Saved q, Saved r) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor orthogonal = q.get();
            Tensor upper = r.get();
            int m = orthogonal.size(-2);
            int n = upper.size(-1);
            if (m >= n) {
                g.put(0, ofTall(g.gy(0), g.gy(1), orthogonal, upper));
                return;
            }
            Tensor ofRest = g.gy(1).narrow(-1, m, (long) n - m);
            Tensor rest = a.get().narrow(-1, m, (long) n - m);
            Tensor gq = g.gy(0).add(rest.matmul(ofRest.transpose(-2, -1)));
            Tensor first = ofTall(gq, g.gy(1).narrow(-1, 0, m), orthogonal, upper.narrow(-1, 0, m));
            g.put(0, Tensor.cat(java.util.List.of(first, orthogonal.matmul(ofRest)), -1));
        }

        private static Tensor ofTall(Tensor gq, Tensor gr, Tensor q, Tensor r) {
            Tensor inner = gr.matmul(r.transpose(-2, -1)).sub(q.transpose(-2, -1).matmul(gq));
            Tensor symmetric = inner.triu(0).add(inner.triu(1).transpose(-2, -1));
            Tensor sum = q.matmul(symmetric).add(gq);
            return r.solve(sum.transpose(-2, -1)).transpose(-2, -1);
        }
    }
}
