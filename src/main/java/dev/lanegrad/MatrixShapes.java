package dev.lanegrad;

import java.util.Arrays;
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
        if (!a.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op
                            + ": not defined for "
                            + a.dtype()
                            + " ("
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

    /// `[..., m, k]` times one matrix or vector: the leading axes are rows.
    static Tensor folded(Tensor a, Tensor b) {
        int k = a.size(-1);
        Tensor rows = a.reshape(-1, k);
        if (a.numel() == 0) {
            rows = a.reshape(a.shape().numel() == 0 && k != 0 ? 0 : rowsOf(a), k);
        }
        Tensor y = b.dim() == 1 ? rows.mv(b) : rows.mm(b);
        long[] sizes = Arrays.copyOf(a.shape().toArray(), b.dim() == 1 ? a.dim() - 1 : a.dim());
        if (b.dim() == 2) {
            sizes[sizes.length - 1] = b.size(1);
        }
        return y.view(sizes);
    }

    private static long rowsOf(Tensor a) {
        long rows = 1;
        for (int axis = 0; axis < a.dim() - 1; axis++) {
            rows *= a.size(axis);
        }
        return rows;
    }

    /// Both with leading axes, which broadcast; a vector stands for one row or one column.
    static Tensor batched(Tensor a, Tensor b) {
        Tensor left = a.dim() == 1 ? a.unsqueeze(0) : a;
        Tensor right = b.dim() == 1 ? b.unsqueeze(1) : b;
        Shape lead = Shape.broadcast("matmul", leading(left), leading(right));
        Tensor y =
                stack(left, lead)
                        .bmm(stack(right, lead))
                        .view(sizes(lead, left.size(-2), right.size(-1)));
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
}
