package dev.lanegrad;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// The shape rules of matrix products.
final class MatrixShapes {
    private MatrixShapes() {}

    static void check(String op, Tensor a, Tensor b, int dimA, int dimB) {
        if (a.dim() != dimA || b.dim() != dimB) {
            throw new IllegalArgumentException(
                    op
                            + ": needs operands of "
                            + dimA
                            + " and "
                            + dimB
                            + " axes ("
                            + a.shape()
                            + " · "
                            + b.shape()
                            + ")");
        }
        checkInner(op, a, b);
        if (dimA == 3 && a.size(0) != b.size(0)) {
            throw new IllegalArgumentException(
                    op
                            + ": batch sizes "
                            + a.size(0)
                            + " and "
                            + b.size(0)
                            + " differ ("
                            + a.shape()
                            + " · "
                            + b.shape()
                            + ")");
        }
    }

    /// Whether a matrix lies column by column, as the transpose of a weight does, or each of a
    /// stack.
    static boolean byColumns(Tensor t) {
        int rows = t.dim() - 2;
        int[] strides = t.strides();
        return strides[rows] == 1 && t.size(-1) > 1 && strides[rows + 1] == t.size(-2);
    }

    /// `a·b` of two matrices or two stacks of them, written column by column if asked for, as
    /// `(bᵀ·aᵀ)ᵀ`: the gradient of an operand that lies so need not be copied to be its.
    static Tensor product(Tensor a, Tensor b, boolean byColumns) {
        if (byColumns) {
            return transposed(product(transposed(b), transposed(a), false));
        }
        return a.dim() == 2 ? a.mm(b) : a.bmm(b);
    }

    static boolean hasKernel(DType type) {
        return type == DType.FLOAT32 || type == DType.FLOAT64;
    }

    /// The product of two tensors of a type that kernels do not multiply: of half precision in
    /// float32, of integers by multiplying everything and adding it up in int64.
    static Tensor withoutKernel(String op, Tensor a, Tensor b, BinaryOperator<Tensor> product) {
        DType type = a.dtype();
        if (type.isFloatingPoint()) {
            return product.apply(a.to(DType.FLOAT32), b.to(DType.FLOAT32)).to(type);
        }
        if (type == DType.BOOL) {
            throw new IllegalArgumentException(
                    "%s: needs numbers, but got bool (%s · %s)"
                            .formatted(op, a.shape(), b.shape()));
        }
        Tensor left = a.dim() == 1 ? a.unsqueeze(0) : a;
        Tensor right = b.dim() == 1 ? b.unsqueeze(1) : b;
        Tensor y = left.unsqueeze(-1).mul(right.unsqueeze(-3)).sum(-2).to(type);
        y = b.dim() == 1 ? y.squeeze(-1) : y;
        return a.dim() == 1 ? y.squeeze(-1) : y;
    }

    static void checkInner(String op, Tensor a, Tensor b) {
        if (a.dim() == 0 || b.dim() == 0) {
            throw new IllegalArgumentException(
                    op
                            + ": both operands need at least one axis ("
                            + a.shape()
                            + " · "
                            + b.shape()
                            + ")");
        }
        int inner = b.dim() == 1 ? b.size(0) : b.size(-2);
        if (a.size(-1) != inner) {
            throw new IllegalArgumentException(
                    op
                            + ": inner sizes "
                            + a.size(-1)
                            + " and "
                            + inner
                            + " differ ("
                            + a.shape()
                            + " · "
                            + b.shape()
                            + ")");
        }
        if (a.dtype() != b.dtype()) {
            throw new IllegalArgumentException(
                    op
                            + ": types "
                            + a.dtype()
                            + " and "
                            + b.dtype()
                            + " differ ("
                            + a.shape()
                            + " · "
                            + b.shape()
                            + ")");
        }
    }

    static void checkLinear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        int in = weight.size(-1);
        if (x.dim() == 0 || x.size(-1) != in) {
            throw new IllegalArgumentException(
                    "linear: input has "
                            + (x.dim() == 0 ? 1 : x.size(-1))
                            + " features but weight expects "
                            + in
                            + " (input "
                            + x.shape()
                            + ", weight "
                            + weight.shape()
                            + ")");
        }
        if (bias != null && weight.dim() == 2 && bias.numel() != weight.size(0)) {
            throw new IllegalArgumentException(
                    "linear: bias has "
                            + bias.numel()
                            + " elements but weight has "
                            + weight.size(0)
                            + " outputs (weight "
                            + weight.shape()
                            + ", bias "
                            + bias.shape()
                            + ")");
        }
    }

    /// Whether a stack of matrices times one matrix or vector is one product, the stack's leading
    /// axes being rows: if the gradient of the one would otherwise be a stack to be summed, or if
    /// the stack folds without a copy. A matrix on the left is folded transposed.
    static boolean folds(Tensor a, Tensor b) {
        boolean stackLeft = a.dim() >= b.dim();
        Tensor stack = stackLeft ? a : b;
        Tensor one = stackLeft ? b : a;
        if (stack.dim() < 3 || one.dim() > 2) {
            return false;
        }
        if (Tape.tracks(one)) {
            return true;
        }
        return a.dim() != 2 && (stack.numel() == 0 || rowsFold(stackLeft ? a : transposed(b)));
    }

    private static boolean rowsFold(Tensor t) {
        for (int axis = 0; axis < t.dim() - 2; axis++) {
            if (t.strides()[axis] != t.strides()[axis + 1] * t.size(axis + 1)) {
                return false;
            }
        }
        return true;
    }

    /// The product of operands that [#folds(Tensor, Tensor)] found to fold.
    static Tensor folded(Tensor a, Tensor b) {
        if (a.dim() < b.dim()) {
            Tensor y = rowsTimes(transposed(b), a.dim() == 2 ? a.t() : a);
            return a.dim() == 2 ? transposed(y).contiguous() : y;
        }
        return rowsTimes(a, b);
    }

    private static Tensor transposed(Tensor t) {
        return t.dim() == 2 ? t.t() : t.transpose(-2, -1);
    }

    /// `[..., m, k]` times one matrix or vector: the leading axes are rows.
    private static Tensor rowsTimes(Tensor a, Tensor b) {
        int k = a.size(-1);
        int last = a.dim() - 1;
        int[] sizes = Arrays.copyOf(a.shape().sizes(), b.dim() == 1 ? last : last + 1);
        int rowCount = 1;
        for (int axis = 0; axis < last; axis++) {
            rowCount *= sizes[axis];
        }
        Tensor rows = a.reshape(rowCount, k);
        if (b.dim() == 1) {
            return Views.unsafeView(rows.mv(b), Shape.of(sizes));
        }
        sizes[last] = b.size(1);
        return Views.unsafeView(rows.mm(b), Shape.of(sizes));
    }

    /// Both with leading axes, which broadcast; a vector stands for one row or one column.
    static Tensor batched(Tensor a, Tensor b) {
        Tensor left = a.dim() == 1 ? a.unsqueeze(0) : a;
        Tensor right = b.dim() == 1 ? b.unsqueeze(1) : b;
        Shape lead = Shape.broadcast("matmul", leading(left), leading(right));
        Tensor y = stack(left, lead).bmm(stack(right, lead));
        y = Views.unsafeView(y, Shape.of(sizes(lead, left.size(-2), right.size(-1))));
        if (a.dim() == 1) {
            y = y.squeeze(-2);
        }
        return b.dim() == 1 ? y.squeeze(-1) : y;
    }

    private static Shape leading(Tensor t) {
        return Shape.of(Arrays.copyOf(t.shape().sizes(), t.dim() - 2));
    }

    private static Tensor stack(Tensor t, Shape lead) {
        return t.expand(sizes(lead, t.size(-2), t.size(-1)))
                .reshape(lead.numel(), t.size(-2), t.size(-1));
    }

    private static long[] sizes(Shape lead, int rows, int columns) {
        long[] sizes = Arrays.copyOf(lead.toArray(), lead.dim() + 2);
        sizes[lead.dim()] = rows;
        sizes[lead.dim() + 1] = columns;
        return sizes;
    }

    /// Whether `x` can be added to a product of this shape.
    ///
    /// @throws IllegalArgumentException if it does not broadcast to it
    static void checkSum(String op, Tensor x, Shape product, Tensor a, Tensor b) {
        if (!x.shape().expandsTo(product)) {
            throw new IllegalArgumentException(
                    "%s: shape %s does not broadcast to %s (%s · %s)"
                            .formatted(op, x.shape(), product, a.shape(), b.shape()));
        }
    }

    /// @throws IllegalArgumentException if an operand is no vector
    static void checkOuter(String op, Tensor a, Tensor b) {
        if (a.dim() != 1 || b.dim() != 1) {
            throw new IllegalArgumentException(
                    "%s: needs 1-d vectors, but got %d-d %s and %d-d %s"
                            .formatted(op, a.dim(), a.shape(), b.dim(), b.shape()));
        }
    }
}
