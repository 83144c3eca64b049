package dev.lanegrad;

import dev.lanegrad.kernels.any.Gemm;
import org.jspecify.annotations.Nullable;

/// Products of matrices and vectors. Operands of any strides go to the kernel as they are.
public sealed interface MatrixProducts permits Tensor {
    // ------------------------------------------------------------ mm

    /// The product of two matrices `[m, k]` and `[k, n]`, as `torch.mm`.
    ///
    /// @throws IllegalArgumentException if an operand is no matrix, or the inner sizes or types
    ///   differ
    default Tensor mm(Tensor other) {
        Tensor a = (Tensor) this;
        MatrixShapes.check("mm", a, other, 2, 2);
        if (!MatrixShapes.hasKernel(a.dtype())) {
            return MatrixShapes.withoutKernel("mm", a, other, Tensor::mm);
        }
        Tensor y = Creation.empty(Shape.of(a.size(0), other.size(1)), a.dtype());
        MatrixKernel.multiply(null, a, other, y);
        return Tape.records(a, other) ? Tape.record(y, MmBackward0.of(a, other), a, other) : y;
    }

    /// The gradients of both factors, each in the order in which its factor lies.
    ///
    /// @param byColumnsA whether a lies column by column, as its gradient will
    /// @param byColumnsB whether b does
    record MmBackward0(@Nullable Saved a, @Nullable Saved b, boolean byColumnsA, boolean byColumnsB)
            implements Backward {
        static MmBackward0 of(Tensor a, Tensor b) {
            return new MmBackward0(
                    Tape.tracks(b) ? Saved.of(a) : null,
                    Tape.tracks(a) ? Saved.of(b) : null,
                    MatrixShapes.byColumns(a),
                    MatrixShapes.byColumns(b));
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0) && b != null) {
                g.put(0, MatrixShapes.product(g.gy(), b.get().t(), byColumnsA));
            }
            if (g.needs(1) && a != null) {
                g.put(1, MatrixShapes.product(a.get().t(), g.gy(), byColumnsB));
            }
        }
    }

    // ------------------------------------------------------------ addmm

    /// `this + a·b`, as `torch.addmm`; this tensor broadcasts to `[m, n]`.
    default Tensor addmm(Tensor a, Tensor b) {
        Tensor bias = (Tensor) this;
        MatrixShapes.check("addmm", a, b, 2, 2);
        Tensor y = Creation.empty(Shape.of(a.size(0), b.size(1)), a.dtype());
        MatrixShapes.checkSum("addmm", bias, y.shape(), a, b);
        if (!MatrixShapes.hasKernel(a.dtype())) {
            return bias.add(a.mm(b));
        }
        Tensor z = bias.detach().expand(y.shape());
        if (z.dtype() != y.dtype() || (z.size(1) > 1 && z.strides()[1] != 1)) {
            Elementwise.copy(y, bias);
            z = y;
        }
        MatrixKernel.multiply(z, a, b, y);
        return Tape.records(bias, a, b)
                ? Tape.record(y, AddmmBackward0.of(a, b, 1, 1), bias, a, b)
                : y;
    }

    /// `beta·this + alpha·a·b`, as `torch.addmm`; this tensor broadcasts to `[m, n]`, and is not
    /// read if beta is 0.
    default Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
        Tensor bias = (Tensor) this;
        if (beta == 1 && alpha == 1) {
            return bias.addmm(a, b);
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            Tensor left = alpha == 1 ? a : a.mul(alpha);
            y = beta == 0 ? left.mm(b) : bias.mul(beta).addmm(left, b);
        }
        return Tape.records(bias, a, b)
                ? Tape.record(y, AddmmBackward0.of(a, b, beta, alpha), bias, a, b)
                : y;
    }

    /// The gradients of both factors, each in the order in which its factor lies.
    ///
    /// @param byColumnsA whether a lies column by column, as its gradient will
    /// @param byColumnsB whether b does
    record AddmmBackward0(
            @Nullable Saved a,
            @Nullable Saved b,
            boolean byColumnsA,
            boolean byColumnsB,
            double beta,
            double alpha)
            implements Backward {
        static AddmmBackward0 of(Tensor a, Tensor b, double beta, double alpha) {
            return new AddmmBackward0(
                    Tape.tracks(b) ? Saved.of(a) : null,
                    Tape.tracks(a) ? Saved.of(b) : null,
                    MatrixShapes.byColumns(a),
                    MatrixShapes.byColumns(b),
                    beta,
                    alpha);
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, beta == 1 ? g.gy() : g.gy().mul(beta));
            }
            Tensor gy = alpha == 1 ? g.gy() : g.gy().mul(alpha);
            if (g.needs(1) && b != null) {
                g.put(1, MatrixShapes.product(gy, b.get().t(), byColumnsA));
            }
            if (g.needs(2) && a != null) {
                g.put(2, MatrixShapes.product(a.get().t(), gy, byColumnsB));
            }
        }
    }

    // ------------------------------------------------------------ bmm

    /// The products of `[batch, m, k]` and `[batch, k, n]`, as `torch.bmm`.
    ///
    /// @throws IllegalArgumentException if an operand has not three axes, or sizes or types differ
    default Tensor bmm(Tensor other) {
        Tensor a = (Tensor) this;
        MatrixShapes.check("bmm", a, other, 3, 3);
        if (!MatrixShapes.hasKernel(a.dtype())) {
            return MatrixShapes.withoutKernel("bmm", a, other, Tensor::bmm);
        }
        Tensor y = Creation.empty(Shape.of(a.size(0), a.size(1), other.size(2)), a.dtype());
        ProductEvent.of(a.size(0), a.size(1), other.size(2), a.size(2));
        Gemm.gemmBatched(
                a.size(0),
                a.size(1),
                other.size(2),
                a.size(2),
                a.array(),
                a.offset(),
                a.strides()[0],
                a.strides()[1],
                a.strides()[2],
                other.array(),
                other.offset(),
                other.strides()[0],
                other.strides()[1],
                other.strides()[2],
                y.array(),
                0,
                a.size(1) * other.size(2),
                other.size(2),
                false);
        return Tape.records(a, other) ? Tape.record(y, BmmBackward0.of(a, other), a, other) : y;
    }

    /// As [MmBackward0].
    record BmmBackward0(
            @Nullable Saved a, @Nullable Saved b, boolean byColumnsA, boolean byColumnsB)
            implements Backward {
        static BmmBackward0 of(Tensor a, Tensor b) {
            return new BmmBackward0(
                    Tape.tracks(b) ? Saved.of(a) : null,
                    Tape.tracks(a) ? Saved.of(b) : null,
                    MatrixShapes.byColumns(a),
                    MatrixShapes.byColumns(b));
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0) && b != null) {
                g.put(0, MatrixShapes.product(g.gy(), b.get().transpose(1, 2), byColumnsA));
            }
            if (g.needs(1) && a != null) {
                g.put(1, MatrixShapes.product(a.get().transpose(1, 2), g.gy(), byColumnsB));
            }
        }
    }

    // ------------------------------------------------------------ mv, dot

    /// The product of a matrix `[m, k]` and a vector `[k]`, as `torch.mv`.
    default Tensor mv(Tensor vector) {
        Tensor a = (Tensor) this;
        MatrixShapes.check("mv", a, vector, 2, 1);
        if (!MatrixShapes.hasKernel(a.dtype())) {
            return MatrixShapes.withoutKernel("mv", a, vector, Tensor::mv);
        }
        Tensor y = Creation.empty(Shape.of(a.size(0)), a.dtype());
        ProductEvent.of(1, a.size(0), 1, a.size(1));
        Gemm.gemm(
                a.size(0),
                1,
                a.size(1),
                a.array(),
                a.offset(),
                a.strides()[0],
                a.strides()[1],
                vector.array(),
                vector.offset(),
                vector.strides()[0],
                1,
                y.array(),
                0,
                1,
                false);
        return Tape.records(a, vector) ? Tape.record(y, MvBackward0.of(a, vector), a, vector) : y;
    }

    record MvBackward0(@Nullable Saved a, @Nullable Saved v) implements Backward {
        static MvBackward0 of(Tensor a, Tensor v) {
            return new MvBackward0(
                    Tape.tracks(v) ? Saved.of(a) : null, Tape.tracks(a) ? Saved.of(v) : null);
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0) && v != null) {
                g.put(0, g.gy().reshape(-1, 1).mul(v.get()));
            }
            if (g.needs(1) && a != null) {
                g.put(1, a.get().t().mv(g.gy()));
            }
        }
    }

    /// `Σ aᵢ·bᵢ` of two vectors, as `torch.dot`.
    default Tensor dot(Tensor other) {
        Tensor a = (Tensor) this;
        MatrixShapes.check("dot", a, other, 1, 1);
        if (!MatrixShapes.hasKernel(a.dtype())) {
            return MatrixShapes.withoutKernel("dot", a, other, Tensor::dot);
        }
        Tensor y = Creation.empty(Shape.of(), a.dtype());
        ProductEvent.of(1, 1, 1, a.size(0));
        Gemm.gemm(
                1,
                1,
                a.size(0),
                a.array(),
                a.offset(),
                1,
                a.strides()[0],
                other.array(),
                other.offset(),
                other.strides()[0],
                1,
                y.array(),
                0,
                1,
                false);
        return Tape.records(a, other) ? Tape.record(y, DotBackward0.of(a, other), a, other) : y;
    }

    record DotBackward0(@Nullable Saved a, @Nullable Saved b) implements Backward {
        static DotBackward0 of(Tensor a, Tensor b) {
            return new DotBackward0(
                    Tape.tracks(b) ? Saved.of(a) : null, Tape.tracks(a) ? Saved.of(b) : null);
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0) && b != null) {
                g.put(0, g.gy().mul(b.get()));
            }
            if (g.needs(1) && a != null) {
                g.put(1, g.gy().mul(a.get()));
            }
        }
    }

    // ------------------------------------------------------------ matmul, linear

    /// The matrix product of the last two axes, the others broadcasting, as `torch.matmul`: vectors
    /// count as one row on the left and as one column on the right.
    ///
    /// @throws IllegalArgumentException if the inner sizes or the types differ, or the other axes
    ///   do not broadcast
    default Tensor matmul(Tensor other) {
        Tensor a = (Tensor) this;
        MatrixShapes.checkInner("matmul", a, other);
        if (a.dim() == 1 && other.dim() == 1) {
            return a.dot(other);
        }
        if (a.dim() == 2 && other.dim() == 2) {
            return a.mm(other);
        }
        if (a.dim() == 2 && other.dim() == 1) {
            return a.mv(other);
        }
        if (a.dim() == 1 && other.dim() == 2) {
            return a.unsqueeze(0).mm(other).squeeze(0);
        }
        return MatrixShapes.folds(a, other)
                ? MatrixShapes.folded(a, other)
                : MatrixShapes.batched(a, other);
    }

    /// `this·weightᵀ + bias`, as `F.linear`: this tensor `[..., in]`, weight `[out, in]`, bias
    /// `[out]` or null.
    default Tensor linear(Tensor weight, @Nullable Tensor bias) {
        Tensor x = (Tensor) this;
        MatrixShapes.checkLinear(x, weight, bias);
        if (bias != null && x.dim() == 2 && weight.dim() == 2) {
            return bias.addmm(x, weight.t());
        }
        if (bias != null && weight.dim() == 2 && x.isContiguous() && x.numel() > 0) {
            long[] sizes = x.shape().toArray();
            sizes[sizes.length - 1] = weight.size(0);
            return bias.addmm(x.reshape(-1, x.size(-1)), weight.t()).view(sizes);
        }
        Tensor y = x.matmul(weight.t());
        return bias == null ? y : y.add(bias);
    }
}
