package dev.lanegrad;

/// Factors of matrices, in double precision; not recorded.
final class Factors {
    private Factors() {}

    static void checkSquare(String op, Tensor a) {
        if (a.dim() < 2 || a.size(-1) != a.size(-2) || !a.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "%s: needs floating point matrices [..., n, n], but got %s %s"
                            .formatted(op, a.dtype(), a.shape()));
        }
    }

    static Tensor cholesky(Tensor a) {
        checkSquare("cholesky", a);
        int n = a.size(-1);
        double[] l = a.toDoubleArray();
        for (int at = 0; at < l.length; at += n * n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    l[at + i * n + j] = j > i ? 0 : choleskyElement(l, at, n, i, j, a.shape());
                }
            }
        }
        return Tensor.of(l, a.shape()).to(a.dtype());
    }

    private static double choleskyElement(double[] l, int at, int n, int i, int j, Shape shape) {
        double sum = l[at + i * n + j];
        for (int k = 0; k < j; k++) {
            sum -= l[at + i * n + k] * l[at + j * n + k];
        }
        if (i > j) {
            return sum / l[at + j * n + j];
        }
        if (!(sum > 0)) {
            throw new ArithmeticException(
                    "cholesky: the leading minor of order %d is not positive-definite (input %s)"
                            .formatted(i + 1, shape));
        }
        return Math.sqrt(sum);
    }

    /// @param b `[..., n, k]`; the leading axes broadcast
    static Tensor solve(Tensor a, Tensor b) {
        checkSquare("solve", a);
        if (b.dim() < 2 || b.size(-2) != a.size(-1) || b.dtype() != a.dtype()) {
            throw new IllegalArgumentException(
                    "solve: %s %s does not fit %s %s"
                            .formatted(b.dtype(), b.shape(), a.dtype(), a.shape()));
        }
        Shape batch = Shape.broadcast("solve", leading(a), leading(b));
        int n = a.size(-1);
        int k = b.size(-1);
        double[] lu = a.detach().expand(with(batch, n, n)).toDoubleArray();
        double[] x = b.detach().expand(with(batch, n, k)).toDoubleArray();
        int[] rows = new int[n];
        for (int i = 0; i < batch.numel(); i++) {
            double det = eliminate(lu, i * n * n, n, rows);
            if (det == 0) {
                throw new ArithmeticException(
                        "solve: matrix %d is singular (input %s)".formatted(i, a.shape()));
            }
            substitute(lu, i * n * n, n, rows, x, i * n * k, k);
        }
        return Tensor.of(x, with(batch, n, k)).to(a.dtype());
    }

    static Tensor det(Tensor a) {
        checkSquare("det", a);
        int n = a.size(-1);
        double[] lu = a.toDoubleArray();
        Shape batch = leading(a);
        double[] y = new double[batch.numel()];
        for (int i = 0; i < y.length; i++) {
            y[i] = eliminate(lu, i * n * n, n, new int[n]);
        }
        return Tensor.of(y, batch).to(a.dtype());
    }

    /// The sign of the determinant and the logarithm of its size, as the sum of those of the
    /// pivots: their product may overflow.
    static Tensor[] slogdet(Tensor a) {
        checkSquare("slogdet", a);
        int n = a.size(-1);
        double[] lu = a.toDoubleArray();
        Shape batch = leading(a);
        double[] sign = new double[batch.numel()];
        double[] log = new double[sign.length];
        int[] rows = new int[n];
        for (int i = 0; i < sign.length; i++) {
            eliminate(lu, i * n * n, n, rows);
            sign[i] = parity(rows);
            for (int k = 0; k < n; k++) {
                double pivot = lu[i * n * n + k * n + k];
                sign[i] *= Math.signum(pivot);
                log[i] += StrictMath.log(Math.abs(pivot));
            }
            sign[i] += 0.0; // -0 has no place among the signs
        }
        return new Tensor[] {
            Tensor.of(sign, batch).to(a.dtype()), Tensor.of(log, batch).to(a.dtype())
        };
    }

    /// 1 for an even permutation, −1 for an odd one.
    static int parity(int[] order) {
        boolean[] seen = new boolean[order.length];
        int parity = 1;
        for (int i = 0; i < order.length; i++) {
            int length = 0;
            for (int k = i; !seen[k]; k = order[k]) {
                seen[k] = true;
                length++;
            }
            parity = length > 0 && length % 2 == 0 ? -parity : parity;
        }
        return parity;
    }

    static Tensor[] qr(Tensor a) {
        if (a.dim() < 2 || !a.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "qr: needs floating point matrices [..., m, n], but got %s %s"
                            .formatted(a.dtype(), a.shape()));
        }
        int m = a.size(-2);
        int n = a.size(-1);
        int k = Math.min(m, n);
        Shape batch = leading(a);
        // column-major, as the factorization has it
        double[] columns = a.detach().transpose(-2, -1).toDoubleArray();
        double[] q = new double[batch.numel() * m * k];
        double[] r = new double[batch.numel() * k * n];
        boolean single = a.dtype() != DType.FLOAT64;
        for (int i = 0; i < batch.numel(); i++) {
            double[] one = java.util.Arrays.copyOfRange(columns, i * m * n, (i + 1) * m * n);
            HouseholderQr.factors(one, m, n, single, q, i * m * k, r, i * k * n);
        }
        Tensor transposed = Tensor.of(q, with(batch, k, m)).to(a.dtype());
        return new Tensor[] {
            transposed.transpose(-2, -1).contiguous(), Tensor.of(r, with(batch, k, n)).to(a.dtype())
        };
    }

    static Shape leading(Tensor a) {
        return Shape.of(java.util.Arrays.copyOf(a.shape().sizes(), a.dim() - 2));
    }

    /// The shape of something of these sizes for each matrix.
    static Shape with(Shape batch, int... sizes) {
        int[] all = java.util.Arrays.copyOf(batch.sizes(), batch.dim() + sizes.length);
        System.arraycopy(sizes, 0, all, batch.dim(), sizes.length);
        return Shape.of(all);
    }

    /// Gaussian elimination in place, the largest element of a column first; the determinant.
    ///
    /// @param rows gets the order of the rows
    private static double eliminate(double[] a, int at, int n, int[] rows) {
        double det = 1;
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        for (int c = 0; c < n; c++) {
            int best = c;
            for (int r = c + 1; r < n; r++) {
                if (Math.abs(a[at + r * n + c]) > Math.abs(a[at + best * n + c])) {
                    best = r;
                }
            }
            if (best != c) {
                det = -det;
                swap(a, at, n, c, best);
                int row = rows[c];
                rows[c] = rows[best];
                rows[best] = row;
            }
            double pivot = a[at + c * n + c];
            det *= pivot;
            for (int r = c + 1; r < n && pivot != 0; r++) {
                double factor = a[at + r * n + c] / pivot;
                a[at + r * n + c] = factor;
                for (int k = c + 1; k < n; k++) {
                    a[at + r * n + k] -= factor * a[at + c * n + k];
                }
            }
        }
        return det;
    }

    static void swap(double[] a, int at, int n, int one, int other) {
        for (int k = 0; k < n; k++) {
            double value = a[at + one * n + k];
            a[at + one * n + k] = a[at + other * n + k];
            a[at + other * n + k] = value;
        }
    }

    private static void substitute(
            double[] lu, int at, int n, int[] rows, double[] x, int xo, int columns) {
        double[] y = new double[n];
        for (int c = 0; c < columns; c++) {
            for (int i = 0; i < n; i++) {
                double sum = x[xo + rows[i] * columns + c];
                for (int k = 0; k < i; k++) {
                    sum -= lu[at + i * n + k] * y[k];
                }
                y[i] = sum;
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = y[i];
                for (int k = i + 1; k < n; k++) {
                    sum -= lu[at + i * n + k] * y[k];
                }
                y[i] = sum / lu[at + i * n + i];
            }
            for (int i = 0; i < n; i++) {
                x[xo + i * columns + c] = y[i];
            }
        }
    }
}
