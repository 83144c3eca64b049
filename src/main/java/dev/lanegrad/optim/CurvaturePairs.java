package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the gradient changed along the last steps, which tells of the curvature of a loss.
final class CurvaturePairs {
    /// A pair whose product is not larger is not remembered.
    private static final double LEAST = 1e-10;

    private final List<Pair> pairs = new ArrayList<>();
    private double scale = 1;
    private double[] lastProducts = {};

    /// The change `y` along the step `s`, and `1 / y·s`.
    private record Pair(Tensor y, Tensor s, double inverse) {}

    void learn(Tensor y, Tensor s, int room) {
        double curvature = product(y, s);
        if (curvature > LEAST) {
            if (pairs.size() == room) {
                pairs.removeFirst();
            }
            pairs.add(new Pair(y, s, 1 / curvature));
            scale = curvature / product(y, y);
        }
    }

    /// Multiplies `q` with the inverse of the curvature, in two loops over the pairs.
    void turn(Tensor q) {
        double[] products = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair p = pairs.get(i);
            products[i] = product(p.s, q) * p.inverse;
            q.add_(p.y, -products[i]);
        }
        q.mul_(scale);
        for (int i = 0; i < products.length; i++) {
            Pair p = pairs.get(i);
            q.add_(p.s, products[i] - product(p.y, q) * p.inverse);
        }
        lastProducts = products;
    }

    private static double product(Tensor a, Tensor b) {
        return ((Number) a.dot(b).item()).doubleValue();
    }

    /// Lets the pairs outlive the scope they were made in.
    void keep() {
        for (Pair p : pairs) {
            p.y.keep();
            p.s.keep();
        }
    }

    // ------------------------------------------------------------ state

    /// The changes, one a row; `like` one of them.
    Tensor changes(Tensor like) {
        return rows(pairs.stream().map(Pair::y).toList(), like);
    }

    /// The steps, one a row; `like` one of them.
    Tensor steps(Tensor like) {
        return rows(pairs.stream().map(Pair::s).toList(), like);
    }

    private static Tensor rows(List<Tensor> rows, Tensor like) {
        return rows.isEmpty()
                ? Tensor.zeros(0, like.numel()).to(like.dtype())
                : Tensor.stack(rows, 0);
    }

    double[] inverses() {
        return pairs.stream().mapToDouble(Pair::inverse).toArray();
    }

    double scale() {
        return scale;
    }

    double[] lastProducts() {
        return lastProducts;
    }

    /// Takes over what a saved state holds.
    void restore(Map<String, Tensor> state) {
        pairs.clear();
        Tensor ys = state.get("old_dirs");
        Tensor ss = state.get("old_stps");
        Tensor inverses = state.get("ro");
        Tensor saved = state.get("H_diag");
        Tensor products = state.get("al");
        scale = saved == null ? 1 : ((Number) saved.item()).doubleValue();
        lastProducts = products == null ? new double[0] : products.toDoubleArray();
        if (ys != null && ss != null && inverses != null) {
            double[] ro = inverses.toDoubleArray();
            for (int i = 0; i < ro.length; i++) {
                pairs.add(new Pair(ys.select(0, i).clone(), ss.select(0, i).clone(), ro[i]));
            }
        }
    }
}
