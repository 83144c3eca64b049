package dev.lanegrad;

/// Sums with products of matrices and vectors, written over this tensor, which is returned.
public sealed interface MatrixWrites permits Tensor {
    /// `this := beta·this + alpha·a·b`, as `Tensor.addmm_`.
    default Tensor addmm_(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = Write.allowed((Tensor) this, a, b);
        Write.copy("addmm_", x, x.detach().addmm(a.detach(), b.detach(), beta, alpha));
        return Write.record(x, MatrixProducts.AddmmBackward0.of(a, b, beta, alpha), x, a, b);
    }

    /// `this := this + a·b`
    default Tensor addmm_(Tensor a, Tensor b) {
        return addmm_(a, b, 1, 1);
    }

    /// `this := beta·this + alpha·matrix·vector`, as `Tensor.addmv_`.
    default Tensor addmv_(Tensor matrix, Tensor vector, double beta, double alpha) {
        Tensor x = Write.allowed((Tensor) this, matrix, vector);
        Write.copy("addmv_", x, x.detach().addmv(matrix.detach(), vector.detach(), beta, alpha));
        return Write.record(
                x,
                new MatrixSums.AddmvBackward0(Saved.of(matrix), Saved.of(vector), beta, alpha),
                x,
                matrix,
                vector);
    }

    /// `this := this + matrix·vector`
    default Tensor addmv_(Tensor matrix, Tensor vector) {
        return addmv_(matrix, vector, 1, 1);
    }

    /// `this := beta·this + alpha·a·bᵀ` of two vectors, as `Tensor.addr_`.
    default Tensor addr_(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = Write.allowed((Tensor) this, a, b);
        Write.copy("addr_", x, x.detach().addr(a.detach(), b.detach(), beta, alpha));
        return Write.record(
                x, new MatrixSums.AddrBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b);
    }

    /// `this := this + a·bᵀ`
    default Tensor addr_(Tensor a, Tensor b) {
        return addr_(a, b, 1, 1);
    }

    /// `this := beta·this + alpha·a·b` for each pair of matrices, as `Tensor.baddbmm_`.
    default Tensor baddbmm_(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = Write.allowed((Tensor) this, a, b);
        Write.copy("baddbmm_", x, x.detach().baddbmm(a.detach(), b.detach(), beta, alpha));
        return Write.record(
                x, new MatrixSums.BaddbmmBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b);
    }

    /// `this := this + a·b` for each pair of matrices.
    default Tensor baddbmm_(Tensor a, Tensor b) {
        return baddbmm_(a, b, 1, 1);
    }

    /// `this := beta·this + alpha·Σ a·b` over all pairs of matrices, as `Tensor.addbmm_`.
    default Tensor addbmm_(Tensor a, Tensor b, double beta, double alpha) {
        Tensor x = Write.allowed((Tensor) this, a, b);
        Write.copy("addbmm_", x, x.detach().addbmm(a.detach(), b.detach(), beta, alpha));
        return Write.record(
                x, new MatrixSums.AddbmmBackward0(Saved.of(a), Saved.of(b), beta, alpha), x, a, b);
    }

    /// `this := this + Σ a·b` over all pairs of matrices.
    default Tensor addbmm_(Tensor a, Tensor b) {
        return addbmm_(a, b, 1, 1);
    }
}
