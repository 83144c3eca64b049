package dev.lanegrad;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Draws categories by weight, as PyTorch's `multinomial` does on the CPU: same seed, same calls,
/// same values.
final class Multinomial {
    /// The largest number of categories.
    private static final int MOST_CATEGORIES = 1 << 24;

    private Multinomial() {}

    /// For each of `rows` rows of `categories` weights in `w` (row-major, at least 0, not all 0 in
    /// a row), `count` draws into `y` (row-major).
    ///
    /// Weights are float32 values if `single`, and then sums and quotients are rounded to float32.
    static void draw(
            Generator g,
            double[] w,
            boolean single,
            int rows,
            int categories,
            int count,
            boolean replacement,
            long[] y) {
        check(w, rows, categories, count, replacement);
        for (int row = 0; row < rows; row++) {
            checkRow(w, single, row * categories, categories);
        }
        if (replacement && count > 1) {
            g.lock();
            try {
                double[] bounds = new double[categories];
                for (int row = 0; row < rows; row++) {
                    accumulate(w, row * categories, single, bounds);
                    for (int j = 0; j < count; j++) {
                        y[row * count + j] = firstNotBelow(bounds, g.nextDouble());
                    }
                }
            } finally {
                g.unlock();
            }
            return;
        }
        // The first to ring among exponential clocks, each with its weight as its rate.
        double[] speed = new double[rows * categories];
        Distributions.exponential(g, speed, 0, speed.length, 1);
        for (int i = 0; i < speed.length; i++) {
            speed[i] = round(w[i] / round(speed[i], single), single);
        }
        for (int row = 0; row < rows; row++) {
            fastest(speed, row * categories, categories, y, row * count, count);
        }
    }

    private static double round(double x, boolean single) {
        return single ? (float) x : x;
    }

    private static void accumulate(double[] w, int at, boolean single, double[] bounds) {
        double sum = 0;
        for (int j = 0; j < bounds.length; j++) {
            sum = round(sum + w[at + j], single);
            bounds[j] = sum;
        }
        for (int j = 0; j < bounds.length; j++) {
            bounds[j] = round(bounds[j] / sum, single);
        }
        bounds[bounds.length - 1] = 1;
    }

    private static int firstNotBelow(double[] bounds, double u) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < u) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The indices of the `count` largest, largest first; of equal ones the first.
    private static void fastest(double[] speed, int at, int n, long[] y, int to, int count) {
        if (count == 1) {
            int best = 0;
            for (int j = 1; j < n; j++) {
                if (speed[at + j] > speed[at + best]) {
                    best = j;
                }
            }
            y[to] = best;
            return;
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer j) -> speed[at + j]).reversed());
        for (int j = 0; j < count; j++) {
            y[to + j] = order[j];
        }
    }

    private static void check(
            double[] w, int rows, int categories, int count, boolean replacement) {
        assert w.length == rows * categories;
        if (count <= 0) {
            throw new IllegalArgumentException(
                    "multinomial: cannot draw %d samples".formatted(count));
        }
        if (!replacement && count > categories) {
            throw new IllegalArgumentException(
                    "multinomial: cannot draw %d samples of %d categories, the size of axis -1, without replacement"
                            .formatted(count, categories));
        }
        if (categories > MOST_CATEGORIES) {
            throw new IllegalArgumentException(
                    "multinomial: at most 2^24 categories, got " + categories);
        }
    }

    private static void checkRow(double[] w, boolean single, int at, int n) {
        double sum = 0;
        for (int j = at; j < at + n; j++) {
            if (!(w[j] >= 0 && w[j] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "multinomial: a weight must be finite and at least 0, got " + w[j]);
            }
            sum = round(sum + w[j], single);
        }
        if (sum <= 0) {
            throw new IllegalArgumentException("multinomial: the weights of a row sum to 0");
        }
    }
}
