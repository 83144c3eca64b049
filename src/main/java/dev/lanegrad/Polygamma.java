package dev.lanegrad;

/// The derivatives of the digamma function, for derivatives of any order; not made for speed.
final class Polygamma {
    /// From here on the asymptotic series has all digits.
    private static final double SERIES = 20;

    /// The Bernoulli numbers B₂, B₄, ...
    private static final double[] BERNOULLI = {
        1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0
    };

    private Polygamma() {}

    /// The n-th derivative of digamma.
    static Tensor apply(int n, Tensor x) {
        Tensor y = Creation.empty(x.shape(), x.dtype());
        double[] in = x.toDoubleArray();
        for (int i = 0; i < in.length; i++) {
            y.storage().setDouble(i, value(n, in[i]));
        }
        return Tape.records(x) ? Tape.record(y, new PolygammaBackward0(n, Saved.of(x)), x) : y;
    }

    record PolygammaBackward0(int n, Saved x) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().mul(apply(n + 1, x.get())));
        }
    }

    /// `(−1)ⁿ⁺¹·n!·Σ 1/(x + k)ⁿ⁺¹` over k ≥ 0: ∞ or NaN at the poles 0, −1, ...
    private static double value(int n, double x) {
        if (x <= 0 && x == Math.rint(x)) {
            return n % 2 == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        double sum = 0;
        double z = x;
        while (z < SERIES) {
            double term = Math.pow(z, -n - 1);
            if (z < -SERIES && Math.abs(term) < Math.ulp(sum)) {
                return Double.NaN; // too far left of the poles to add them all
            }
            sum += term;
            z++;
        }
        // Euler and Maclaurin: ∫ + half the first term + Σ B₂ₖ/(2k)! times odd derivatives
        sum += Math.pow(z, -n) / n + Math.pow(z, -n - 1) / 2;
        double factor = n + 1;
        double power = Math.pow(z, -n - 2);
        double factorial = 2;
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum += BERNOULLI[k] / factorial * factor * power;
            int m = 2 * k + 2;
            factor *= (n + m) * (double) (n + m + 1);
            factorial *= (m + 1) * (double) (m + 2);
            power /= z * z;
        }
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return (n % 2 == 1 ? 1 : -1) * product * sum;
    }
}
