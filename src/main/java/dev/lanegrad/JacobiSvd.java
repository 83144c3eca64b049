package dev.lanegrad;

import java.util.Arrays;

/// Singular value decompositions in double precision by one-sided Jacobi rotations: pairs of
/// columns are turned until all are orthogonal; their lengths then are the singular values.
final class JacobiSvd {
    private static final int MOST_SWEEPS = 60;
    private static final double ORTHOGONAL = 1e-15;

    private final double[][] columns;
    private final double[][] turns;

    private JacobiSvd(double[][] columns) {
        this.columns = columns;
        this.turns = new double[columns.length][columns.length];
        for (int i = 0; i < columns.length; i++) {
            turns[i][i] = 1;
        }
    }

    /// U, S and Vᵀ of matrices `[..., m, n]`; not recorded.
    static Tensor[] factors(Tensor a) {
        if (a.dim() < 2 || !a.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "svd: needs floating point matrices [..., m, n], but got %s %s"
                            .formatted(a.dtype(), a.shape()));
        }
        if (a.size(-2) < a.size(-1)) {
            Tensor[] y = factors(a.detach().transpose(-2, -1));
            return new Tensor[] {
                y[2].transpose(-2, -1).contiguous(), y[1], y[0].transpose(-2, -1).contiguous()
            };
        }
        int m = a.size(-2);
        int n = a.size(-1);
        Shape batch = Factors.leading(a);
        double[] x = a.detach().transpose(-2, -1).toDoubleArray();
        double[] u = new double[batch.numel() * n * m];
        double[] s = new double[batch.numel() * n];
        double[] vt = new double[batch.numel() * n * n];
        for (int i = 0; i < batch.numel(); i++) {
            double[][] columns = new double[n][];
            for (int c = 0; c < n; c++) {
                int at = (i * n + c) * m;
                columns[c] = Arrays.copyOfRange(x, at, at + m);
            }
            new JacobiSvd(columns).into(u, i * n * m, s, i * n, vt, i * n * n);
        }
        return new Tensor[] {
            Tensor.of(u, Factors.with(batch, n, m)).to(a.dtype()).transpose(-2, -1).contiguous(),
            Tensor.of(s, Factors.with(batch, n)).to(a.dtype()),
            Tensor.of(vt, Factors.with(batch, n, n)).to(a.dtype())
        };
    }

    private void into(double[] u, int uo, double[] s, int so, double[] vt, int vo) {
        int n = columns.length;
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = sweep();
        }
        Integer[] order = new Integer[n];
        double[] length = new double[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            length[i] = Math.sqrt(dot(columns[i], columns[i]));
        }
        Arrays.sort(order, (i, k) -> Double.compare(length[k], length[i]));
        double[][] unit = new double[n][];
        for (int i = 0; i < n; i++) {
            double size = length[order[i]];
            s[so + i] = size;
            unit[i] =
                    size > 0
                            ? scaled(columns[order[i]], 1 / size)
                            : orthogonal(unit, i, columns[i].length);
            System.arraycopy(unit[i], 0, u, uo + i * unit[i].length, unit[i].length);
            System.arraycopy(turns[order[i]], 0, vt, vo + i * n, n);
        }
    }

    /// Turns every pair of columns once; whether any was not orthogonal.
    private boolean sweep() {
        boolean turned = false;
        for (int i = 0; i < columns.length; i++) {
            for (int k = i + 1; k < columns.length; k++) {
                double a = dot(columns[i], columns[i]);
                double b = dot(columns[k], columns[k]);
                double c = dot(columns[i], columns[k]);
                if (!(Math.abs(c) > ORTHOGONAL * Math.sqrt(a * b))) {
                    continue;
                }
                turned = true;
                double zeta = (b - a) / (2 * c);
                double tangent =
                        Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
                double cosine = 1 / Math.sqrt(1 + tangent * tangent);
                turn(columns[i], columns[k], cosine, cosine * tangent);
                turn(turns[i], turns[k], cosine, cosine * tangent);
            }
        }
        return turned;
    }

    private static void turn(double[] x, double[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            double old = x[i];
            x[i] = cosine * old - sine * y[i];
            y[i] = sine * old + cosine * y[i];
        }
    }

    /// A unit vector at right angles to the first `count` ones.
    private static double[] orthogonal(double[][] unit, int count, int m) {
        double[] best = new double[m];
        double most = -1;
        for (int axis = 0; axis < m; axis++) {
            double[] x = new double[m];
            x[axis] = 1;
            for (int twice = 0; twice < 2; twice++) {
                for (int i = 0; i < count; i++) {
                    double share = dot(x, unit[i]);
                    for (int k = 0; k < m; k++) {
                        x[k] -= share * unit[i][k];
                    }
                }
            }
            double length = Math.sqrt(dot(x, x));
            if (length > most) {
                most = length;
                best = scaled(x, 1 / length);
            }
        }
        return best;
    }

    private static double[] scaled(double[] x, double factor) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = factor * x[i];
        }
        return y;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
