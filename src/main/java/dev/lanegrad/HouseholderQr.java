package dev.lanegrad;

/// The factors of A = Q·R by Householder reflections, step by step as LAPACK's unblocked `geqr2`
/// and `org2r` do it, so that small matrices come out with its bits.
///
/// Matrices are column-major double arrays. With `single`, every operation is rounded to float32:
/// the bits are those of float arithmetic, since a double has more than twice its digits.
final class HouseholderQr {
    private final double[] a;
    private final int m;
    private final int n;
    private final boolean single;
    private final double[] tau;

    private HouseholderQr(double[] a, int m, int n, boolean single) {
        this.a = a;
        this.m = m;
        this.n = n;
        this.single = single;
        this.tau = new double[Math.min(m, n)];
    }

    /// Factors A [m, n], which is overwritten: Q [m, k], k the smaller of m and n, column-major
    /// from q[qo] on, and the upper triangular R [k, n], row-major from r[ro] on.
    static void factors(
            double[] a, int m, int n, boolean single, double[] q, int qo, double[] r, int ro) {
        int k = Math.min(m, n);
        HouseholderQr qr = new HouseholderQr(a, m, n, single);
        qr.factor();
        for (int i = 0; i < k; i++) {
            for (int j = i; j < n; j++) {
                r[ro + i * n + j] = a[j * m + i];
            }
        }
        qr.expand();
        System.arraycopy(a, 0, q, qo, m * k);
    }

    /// Replaces A [m, n], m ≥ n, with the Q [m, n] that belongs to an R whose diagonal is positive
    /// (a column is zero where that is).
    static void uniqueQ(double[] a, int m, int n, boolean single) {
        assert m >= n && a.length == m * n;
        HouseholderQr qr = new HouseholderQr(a, m, n, single);
        double[] sign = qr.factor();
        qr.expand();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                a[j * m + i] *= sign[j];
            }
        }
    }

    /// Leaves the reflections below the diagonal and returns the signs of R's diagonal.
    private double[] factor() {
        double[] sign = new double[tau.length];
        for (int k = 0; k < tau.length; k++) {
            int d = k * m + k;
            tau[k] = reflect(d, (k + 1) * m);
            sign[k] = Math.signum(a[d]);
            double diagonal = a[d];
            a[d] = 1;
            for (int j = k + 1; j < n; j++) {
                apply(d, j * m + k, m - k, tau[k]);
            }
            a[d] = diagonal;
        }
        return sign;
    }

    /// Turns the reflections into the columns of Q, from the last to the first.
    private void expand() {
        for (int k = tau.length - 1; k >= 0; k--) {
            int d = k * m + k;
            a[d] = 1;
            for (int j = k + 1; j < tau.length; j++) {
                apply(d, j * m + k, m - k, tau[k]);
            }
            for (int i = d + 1; i < (k + 1) * m; i++) {
                a[i] = round(-tau[k] * a[i]);
            }
            a[d] = round(1 - tau[k]);
            for (int i = k * m; i < d; i++) {
                a[i] = 0;
            }
        }
    }

    /// Makes the reflection that zeroes a[d + 1] .. a[end - 1]: a[d] becomes R's diagonal, the rest
    /// the reflection's vector, whose first element is 1. Returns its factor tau, 0 for none.
    private double reflect(int d, int end) {
        double norm = norm(d + 1, end);
        if (norm == 0) {
            return 0;
        }
        double alpha = a[d];
        double beta = -Math.copySign(hypotenuse(Math.abs(alpha), norm), alpha);
        double scale = round(alpha - beta);
        for (int i = d + 1; i < end; i++) {
            a[i] = round(a[i] / scale);
        }
        a[d] = beta;
        return round(round(beta - alpha) / beta);
    }

    /// y := (I - tau·v·vT)·y for the `count` elements from `v` and from `y`.
    private void apply(int v, int y, int count, double tau) {
        double dot = 0;
        for (int i = 0; i < count; i++) {
            dot = round(dot + round(a[y + i] * a[v + i]));
        }
        double factor = round(-tau * dot);
        for (int i = 0; i < count; i++) {
            a[y + i] = round(a[y + i] + round(a[v + i] * factor));
        }
    }

    /// The Euclidean norm without overflow, by the largest element so far, as BLAS 3.9's `nrm2`.
    private double norm(int from, int end) {
        double scale = 0;
        double sum = 1;
        for (int i = from; i < end; i++) {
            double x = Math.abs(a[i]);
            if (x == 0) {
                continue;
            }
            double q = round(scale < x ? scale / x : x / scale);
            double square = round(q * q);
            if (scale < x) {
                sum = round(1 + round(sum * square));
                scale = x;
            } else {
                sum = round(sum + square);
            }
        }
        return round(scale * round(Math.sqrt(sum)));
    }

    private double hypotenuse(double x, double y) {
        double q = round(Math.min(x, y) / Math.max(x, y));
        return round(Math.max(x, y) * round(Math.sqrt(round(1 + round(q * q)))));
    }

    private double round(double x) {
        return single ? (float) x : x;
    }
}
