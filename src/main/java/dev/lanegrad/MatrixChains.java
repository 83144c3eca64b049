package dev.lanegrad;

import java.util.Arrays;
import java.util.List;

/// Products that others are made of: of vectors, of blocks, of many matrices, and powers.
public sealed interface MatrixChains permits Tensor {
    // ------------------------------------------------------------ outer, kron

    /// The products of all elements of a vector `[m]` with all of another `[n]`: `[m, n]`, as
    /// `torch.outer`.
    ///
    /// @throws IllegalArgumentException if either is no vector
    default Tensor outer(Tensor other) {
        Tensor a = (Tensor) this;
        MatrixShapes.checkOuter("outer", a, other);
        return a.reshape(a.size(0), 1).mul(other);
    }

    /// As [#outer], by its older name `torch.ger`.
    default Tensor ger(Tensor other) {
        return outer(other);
    }

    /// The Kronecker product: this tensor with each element replaced by its product with all of
    /// `other`, as `torch.kron`. The sizes are products of the operands', counted from the last.
    default Tensor kron(Tensor other) {
        Tensor a = (Tensor) this;
        int dim = Math.max(a.dim(), other.dim());
        Tensor outer = interleaved(a, dim, 0).mul(interleaved(other, dim, 1));
        int[] sizes = new int[dim];
        for (int axis = 0; axis < dim; axis++) {
            sizes[axis] = outer.size(2 * axis) * outer.size(2 * axis + 1);
        }
        return Views.unsafeView(outer.contiguous(), Shape.of(sizes));
    }

    /// x with axes of size 1 before (`side` 1) or behind each of its own.
    private static Tensor interleaved(Tensor x, int dim, int side) {
        int[] sizes = new int[2 * dim];
        Arrays.fill(sizes, 1);
        for (int axis = 0; axis < x.dim(); axis++) {
            sizes[2 * (axis + dim - x.dim()) + side] = x.size(axis);
        }
        return Views.unsafeView(x.contiguous(), Shape.of(sizes));
    }

    // ------------------------------------------------------------ bilinear

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

    // ------------------------------------------------------------ matrixPower

    /// Matrices `[..., n, n]` multiplied `exponent` times, as `torch.linalg.matrix_power`; of a
    /// negative exponent the power of the inverse, of 0 the identity.
    ///
    /// @throws IllegalArgumentException if a matrix is not square
    /// @throws ArithmeticException if the exponent is negative and one is singular
    default Tensor matrixPower(int exponent) {
        Tensor a = (Tensor) this;
        if (a.dim() < 2 || a.size(-1) != a.size(-2)) {
            throw new IllegalArgumentException(
                    "matrixPower: needs matrices [..., n, n], but got " + a.shape());
        }
        if (exponent == 0) {
            return Tensor.eye(a.size(-1)).to(a.dtype()).expand(a.shape()).clone();
        }
        Tensor square = exponent < 0 ? a.inv() : a;
        int left = Math.abs(exponent);
        if (left == 1) {
            return square.clone();
        }
        if (left == 3) {
            return square.matmul(square).matmul(square);
        }
        Tensor power = null;
        for (boolean first = true; left > 0; left /= 2, first = false) {
            square = first ? square : square.matmul(square);
            if (left % 2 == 1) {
                power = power == null ? square : power.matmul(square);
            }
        }
        return java.util.Objects.requireNonNull(power);
    }

    // ------------------------------------------------------------ multiDot

    /// The product of this matrix and others, in the order that takes the fewest multiplications,
    /// as `torch.linalg.multi_dot`; the first and the last may be vectors.
    ///
    /// @throws IllegalArgumentException if one between them is no matrix, or inner sizes differ
    default Tensor multiDot(List<Tensor> others) {
        return MatrixChain.product((Tensor) this, others);
    }
}
