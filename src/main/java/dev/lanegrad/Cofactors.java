package dev.lanegrad;

import java.util.Arrays;

/// The derivatives of determinants where a matrix is singular: the cofactors, which are polynomials
/// of the elements.
final class Cofactors {
    private Cofactors() {}

    /// The cofactors of matrices `[..., n, n]`.
    ///
    /// @param recorded whether they are to be differentiated: then they are the determinants of the
    ///   n² minors, else they come out of one elimination
    static Tensor of(Tensor a, boolean recorded) {
        return recorded ? minors(a) : computed(a);
    }

    private static Tensor minors(Tensor a) {
        int n = a.size(-1);
        if (n == 1) {
            return Tensor.onesLike(a.detach());
        }
        long[] others = new long[n * (n - 1)];
        double[] signs = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                signs[i * n + k] = (i + k) % 2 == 0 ? 1 : -1;
            }
            for (int k = 0; k < n - 1; k++) {
                others[i * (n - 1) + k] = k < i ? k : k + 1L;
            }
        }
        Tensor index = Tensor.of(others);
        long[] sizes = Arrays.copyOf(Factors.leading(a).toArray(), a.dim() + 2);
        for (int k = a.dim() - 2; k < sizes.length; k++) {
            sizes[k] = (k - a.dim()) % 2 == 0 ? n : n - 1L;
        }
        Tensor all = a.indexSelect(-2, index).indexSelect(-1, index).reshape(sizes);
        Tensor determinants = all.transpose(-3, -2).det();
        return determinants.mul(Tensor.of(signs, Shape.of(n, n)).to(a.dtype()));
    }

    private static Tensor computed(Tensor a) {
        int n = a.size(-1);
        double[] x = a.toDoubleArray();
        for (int at = 0; at < x.length; at += n * n) {
            double[] cofactors = of(Arrays.copyOfRange(x, at, at + n * n), n);
            System.arraycopy(cofactors, 0, x, at, n * n);
        }
        return Tensor.of(x, a.shape()).to(a.dtype());
    }

    /// By elimination with the largest of all elements first; 0 if more than one pivot is.
    private static double[] of(double[] a, int n) {
        int[] rows = numbers(n);
        int[] columns = numbers(n);
        double product = 1;
        for (int c = 0; c < n - 1; c++) {
            int best = largest(a, n, c);
            Factors.swap(a, 0, n, c, best / n);
            exchange(rows, c, best / n);
            for (int r = 0; r < n; r++) {
                exchange(a, r * n + c, r * n + best % n);
            }
            exchange(columns, c, best % n);
            double pivot = a[c * n + c];
            if (pivot == 0) {
                return new double[n * n];
            }
            product *= pivot;
            for (int r = c + 1; r < n; r++) {
                double factor = a[r * n + c] / pivot;
                a[r * n + c] = factor;
                for (int k = c + 1; k < n; k++) {
                    a[r * n + k] -= factor * a[c * n + k];
                }
            }
        }
        product *= Factors.parity(rows) * Factors.parity(columns);
        return combined(a, n, rows, columns, product);
    }

    /// `product·p·(L·U)⁻¹`, transposed and in the original order, where p is the last pivot: it is
    /// multiplied in before it would divide, since it may be 0.
    private static double[] combined(
            double[] lu, int n, int[] rows, int[] columns, double product) {
        double last = lu[n * n - 1];
        double[] y = new double[n * n];
        for (int j = 0; j < n; j++) {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = i == j ? 1 : 0;
                for (int k = 0; k < i; k++) {
                    z[i] -= lu[i * n + k] * z[k];
                }
            }
            for (int i = n - 2; i >= 0; i--) {
                z[i] = z[i] * last - lu[i * n + n - 1] * z[n - 1];
                for (int k = i + 1; k < n - 1; k++) {
                    z[i] -= lu[i * n + k] * z[k];
                }
                z[i] /= lu[i * n + i];
            }
            for (int i = 0; i < n; i++) {
                y[rows[j] * n + columns[i]] = product * z[i];
            }
        }
        return y;
    }

    private static int[] numbers(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static int largest(double[] a, int n, int from) {
        int best = from * n + from;
        for (int r = from; r < n; r++) {
            for (int c = from; c < n; c++) {
                best = Math.abs(a[r * n + c]) > Math.abs(a[best]) ? r * n + c : best;
            }
        }
        return best;
    }

    private static void exchange(int[] x, int i, int k) {
        int value = x[i];
        x[i] = x[k];
        x[k] = value;
    }

    private static void exchange(double[] x, int i, int k) {
        double value = x[i];
        x[i] = x[k];
        x[k] = value;
    }
}
