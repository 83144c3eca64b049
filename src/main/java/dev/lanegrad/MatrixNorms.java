package dev.lanegrad;

/// Norms of matrices, and the singular values that some are made of.
public sealed interface MatrixNorms permits Tensor {
    // ------------------------------------------------------------ matrixNorm

    /// The Frobenius norms of matrices `[..., m, n]`, as `torch.linalg.matrix_norm`.
    ///
    /// @throws IllegalArgumentException if there are less than two axes
    default Tensor matrixNorm() {
        return matrixNorm(-2, -1, false);
    }

    /// The Frobenius norms of matrices whose rows and columns lie along two axes.
    ///
    /// @throws IllegalArgumentException if both axes are the same
    default Tensor matrixNorm(int rowAxis, int columnAxis, boolean keepdim) {
        Tensor x = (Tensor) this;
        check(x, rowAxis, columnAxis);
        return x.norm(2, new int[] {rowAxis, columnAxis}, keepdim);
    }

    /// The norms of matrices whose rows and columns lie along two axes, as
    /// `torch.linalg.matrix_norm` with a number: the largest (for a positive order) or smallest sum
    /// of sizes in a column for ±1, in a row for ±∞, or singular value for ±2.
    ///
    /// @throws IllegalArgumentException if both axes are the same, or the order is none of these
    default Tensor matrixNorm(double order, int rowAxis, int columnAxis, boolean keepdim) {
        Tensor x = (Tensor) this;
        check(x, rowAxis, columnAxis);
        int rows = x.shape().axis(rowAxis, "matrixNorm");
        int columns = x.shape().axis(columnAxis, "matrixNorm");
        if (Math.abs(order) == 2) {
            Tensor y = extreme(matrices(x, rows, columns).svdvals(), -1, order, false);
            return keepdim ? widened(y, rows, columns) : y;
        }
        if (!Double.isInfinite(order) && Math.abs(order) != 1) {
            throw new IllegalArgumentException(
                    "matrixNorm: the order must be ±1, ±2 or ±∞, but is %s (input %s)"
                            .formatted(order, x.shape()));
        }
        int summed = Double.isInfinite(order) ? columns : rows;
        int compared = Double.isInfinite(order) ? rows : columns;
        Tensor sums = x.norm(1, new int[] {summed}, keepdim);
        return extreme(
                sums, !keepdim && summed < compared ? compared - 1 : compared, order, keepdim);
    }

    private static Tensor extreme(Tensor x, int axis, double order, boolean keepdim) {
        int[] axes = {axis};
        return order > 0 ? x.amax(axes, keepdim) : x.amin(axes, keepdim);
    }

    /// The sums of the singular values of matrices whose rows and columns lie along two axes, as
    /// `torch.linalg.matrix_norm` with `"nuc"`.
    ///
    /// @throws IllegalArgumentException if both axes are the same
    default Tensor nuclearNorm(int rowAxis, int columnAxis, boolean keepdim) {
        Tensor x = (Tensor) this;
        check(x, rowAxis, columnAxis);
        int rows = x.shape().axis(rowAxis, "nuclearNorm");
        int columns = x.shape().axis(columnAxis, "nuclearNorm");
        Tensor y = matrices(x, rows, columns).svdvals().sum(-1);
        return keepdim ? widened(y, rows, columns) : y;
    }

    /// The sums of the singular values of matrices `[..., m, n]`.
    default Tensor nuclearNorm() {
        return nuclearNorm(-2, -1, false);
    }

    private static Tensor matrices(Tensor x, int rows, int columns) {
        Tensor y = x.movedim(rows, -1);
        return y.movedim(columns > rows ? columns - 1 : columns, -1);
    }

    private static Tensor widened(Tensor y, int rows, int columns) {
        return y.unsqueeze(Math.min(rows, columns)).unsqueeze(Math.max(rows, columns));
    }

    private static void check(Tensor x, int rowAxis, int columnAxis) {
        if (x.dim() < 2
                || x.shape().axis(rowAxis, "matrixNorm")
                        == x.shape().axis(columnAxis, "matrixNorm")) {
            throw new IllegalArgumentException(
                    "matrixNorm: needs two axes, but got %d and %d (input %s)"
                            .formatted(rowAxis, columnAxis, x.shape()));
        }
    }

    // ------------------------------------------------------------ svd

    /// U `[..., m, k]`, the singular values `[..., k]` in descending order and Vᵀ `[..., k, n]`, k
    /// the smaller of m and n, with `U·diag(S)·Vᵀ` this `[..., m, n]`, as `torch.linalg.svd` with
    /// `full_matrices=False`. The signs of U's columns and V's may be exchanged together: they are
    /// not LAPACK's, and the gradient is that of what does not depend on them.
    ///
    /// @throws IllegalArgumentException if there are less than two axes, or the elements are not
    ///   floating point
    default Tensor[] svd() {
        Tensor a = (Tensor) this;
        Tensor[] y = JacobiSvd.factors(a);
        if (Tape.records(a)) {
            Tape.recordAll(
                    y, new LinalgSvdBackward0(Saved.of(y[0]), Saved.of(y[1]), Saved.of(y[2])), a);
        }
        return y;
    }

    /// The singular values of matrices `[..., m, n]` in descending order, as
    /// `torch.linalg.svdvals`.
    ///
    /// @throws IllegalArgumentException if there are less than two axes, or the elements are not
    ///   floating point
    default Tensor svdvals() {
        return svd()[1];
    }

    /// As PyTorch's `svd_backward`.
    record LinalgSvdBackward0(Saved u, Saved s, Saved vt) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor left = u.get();
            Tensor right = vt.get();
            if (!g.has(0) && !g.has(2)) {
                g.put(0, left.mul(g.gy(1).unsqueeze(-2)).matmul(right));
                return;
            }
            Tensor values = s.get();
            Tensor squares = values.mul(values);
            Tensor apart = squares.unsqueeze(-2).sub(squares.unsqueeze(-1));
            apart = apart.add(Tensor.eye(values.size(-1)).to(values.dtype()));
            Tensor core =
                    skew(left.transpose(-2, -1).matmul(g.gy(0)))
                            .div(apart)
                            .mul(values.unsqueeze(-2))
                            .add(
                                    skew(right.matmul(g.gy(2).transpose(-2, -1)))
                                            .div(apart)
                                            .mul(values.unsqueeze(-1)))
                            .add(g.gy(1).diagEmbed(0));
            int k = values.size(-1);
            Tensor sum = left.matmul(core).matmul(right);
            if (left.size(-2) > k) {
                Tensor outside = g.gy(0).div(values.unsqueeze(-2));
                outside = outside.sub(left.matmul(left.transpose(-2, -1).matmul(outside)));
                sum = sum.add(outside.matmul(right));
            }
            if (right.size(-1) > k) {
                Tensor outside = g.gy(2).div(values.unsqueeze(-1));
                outside = outside.sub(outside.matmul(right.transpose(-2, -1)).matmul(right));
                sum = sum.add(left.matmul(outside));
            }
            g.put(0, sum);
        }

        private static Tensor skew(Tensor x) {
            return x.sub(x.transpose(-2, -1));
        }
    }
}
