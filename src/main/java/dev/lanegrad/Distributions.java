package dev.lanegrad;

import dev.lanegrad.kernels.Parallel;

/// Fills arrays from a [Generator] with the values that PyTorch's CPU functions of the same names
/// draw: same seed, same calls, same bits.
///
/// Every method fills `y[at] .. y[at + n - 1]` in one piece, under the generator's lock. A strided
/// tensor is filled in the order of its memory: fill an array of its size, then scatter. Element
/// types narrower than float are held in floats, already rounded to them; integers in longs.
final class Distributions {
    /// Blocks of normal values in one chunk of parallel work, some 100 µs.
    private static final int GRAIN = 1 << 9;

    private Distributions() {}

    /// Uniform in [low, high), on a grid of `2^-24·(high - low)`.
    static void uniform(Generator g, float[] y, int at, int n, double low, double high) {
        checkRange(low, high, Float.MAX_VALUE);
        float base = (float) low;
        float end = (float) high;
        float width = end - base;
        g.lock();
        try {
            g.nextFloats(y, at, n);
        } finally {
            g.unlock();
        }
        for (int i = at; i < at + n; i++) {
            float x = Math.fma(y[i], width, base);
            y[i] = x == end ? base : x; // rounded up to high
        }
    }

    /// Uniform in [low, high), on a grid of `2^-53·(high - low)`.
    static void uniform(Generator g, double[] y, int at, int n, double low, double high) {
        checkRange(low, high, Double.MAX_VALUE);
        double width = high - low;
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                double x = Math.fma(g.nextDouble(), width, low);
                y[i] = x == high ? low : x;
            }
        } finally {
            g.unlock();
        }
    }

    /// Normal, for contiguous tensors. From 16 elements on a block of 16 uniform values turns into
    /// 16 normal ones; if `n` is no multiple of 16, the last 16 are drawn anew.
    static void normal(Generator g, float[] y, int at, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalEach(g, y, at, n, mean, std);
            return;
        }
        checkStd(std);
        float m = (float) mean;
        float s = (float) std;
        int end = at + n;
        g.lock();
        try {
            g.nextFloats(y, at, n);
            Parallel.run(
                    n / BoxMuller.BLOCK,
                    GRAIN,
                    (from, to) -> {
                        for (int block = from; block < to; block++) {
                            BoxMuller.turn(y, at + block * BoxMuller.BLOCK, BoxMuller.BLOCK, m, s);
                        }
                    });
            if (n % BoxMuller.BLOCK != 0) {
                g.nextFloats(y, end - BoxMuller.BLOCK, BoxMuller.BLOCK);
                BoxMuller.turn(y, end - BoxMuller.BLOCK, BoxMuller.BLOCK, m, s);
            }
        } finally {
            g.unlock();
        }
    }

    /// Normal, for contiguous tensors, as the float form.
    static void normal(Generator g, double[] y, int at, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalEach(g, y, at, n, mean, std);
            return;
        }
        checkStd(std);
        int end = at + n;
        g.lock();
        try {
            uniform(g, y, at, n, 0, 1);
            for (int i = at; i <= end - BoxMuller.BLOCK; i += BoxMuller.BLOCK) {
                BoxMuller.turn(y, i, BoxMuller.BLOCK, mean, std);
            }
            if (n % BoxMuller.BLOCK != 0) {
                uniform(g, y, end - BoxMuller.BLOCK, BoxMuller.BLOCK, 0, 1);
                BoxMuller.turn(y, end - BoxMuller.BLOCK, BoxMuller.BLOCK, mean, std);
            }
        } finally {
            g.unlock();
        }
    }

    /// Normal one by one, for strided tensors of any size and contiguous ones below 16 elements.
    static void normalEach(Generator g, float[] y, int at, int n, double mean, double std) {
        checkStd(std);
        fill(g, y, at, n, () -> Math.fma(g.nextNormal(), std, mean));
    }

    /// Normal one by one, for strided tensors of any size and contiguous ones below 16 elements.
    static void normalEach(Generator g, double[] y, int at, int n, double mean, double std) {
        checkStd(std);
        fill(g, y, at, n, () -> Math.fma(g.nextNormal(), std, mean));
    }

    /// Exponential with the mean 1 / rate.
    static void exponential(Generator g, float[] y, int at, int n, double rate) {
        fill(g, y, at, n, exponential(g, rate));
    }

    /// Exponential with the mean 1 / rate.
    static void exponential(Generator g, double[] y, int at, int n, double rate) {
        fill(g, y, at, n, exponential(g, rate));
    }

    /// The number of trials up to the first success, at least 1, each a success with probability
    /// `p`.
    static void geometric(Generator g, float[] y, int at, int n, double p) {
        fill(g, y, at, n, geometric(g, p));
    }

    /// As the float form.
    static void geometric(Generator g, double[] y, int at, int n, double p) {
        fill(g, y, at, n, geometric(g, p));
    }

    /// exp of a normal value with `mean` and `std`.
    static void logNormal(Generator g, float[] y, int at, int n, double mean, double std) {
        fill(g, y, at, n, logNormal(g, mean, std));
    }

    /// exp of a normal value with `mean` and `std`.
    static void logNormal(Generator g, double[] y, int at, int n, double mean, double std) {
        fill(g, y, at, n, logNormal(g, mean, std));
    }

    /// Cauchy, with half of the values within `sigma` of the median.
    static void cauchy(Generator g, float[] y, int at, int n, double median, double sigma) {
        fill(g, y, at, n, cauchy(g, median, sigma));
    }

    /// Cauchy, with half of the values within `sigma` of the median.
    static void cauchy(Generator g, double[] y, int at, int n, double median, double sigma) {
        fill(g, y, at, n, cauchy(g, median, sigma));
    }

    /// True with probability `p`. A dropout mask keeps with one minus its own.
    static void bernoulli(Generator g, boolean[] y, int at, int n, double p) {
        checkProbability("bernoulli_", p);
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                y[i] = g.nextDouble() < p;
            }
        } finally {
            g.unlock();
        }
    }

    /// `y[at + i]` is true with probability `p[i]`; float probabilities take 32 bits each.
    static void bernoulli(Generator g, boolean[] y, int at, int n, float[] p) {
        for (int i = 0; i < n; i++) {
            checkProbability("bernoulli", p[i]);
        }
        g.lock();
        try {
            for (int i = 0; i < n; i++) {
                y[at + i] = g.nextFloat() < p[i];
            }
        } finally {
            g.unlock();
        }
    }

    /// `y[at + i]` is true with probability `p[i]`; double probabilities take 64 bits each.
    static void bernoulli(Generator g, boolean[] y, int at, int n, double[] p) {
        for (int i = 0; i < n; i++) {
            checkProbability("bernoulli", p[i]);
        }
        g.lock();
        try {
            for (int i = 0; i < n; i++) {
                y[at + i] = g.nextDouble() < p[i];
            }
        } finally {
            g.unlock();
        }
    }

    private static Sampler exponential(Generator g, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException(
                    "exponential_: the rate must be above 0, got " + rate);
        }
        return () -> -1 / rate * StrictMath.log1p(-g.nextDouble());
    }

    private static Sampler geometric(Generator g, double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException(
                    "geometric_: the probability must lie between 0 and 1, got " + p);
        }
        double scale = StrictMath.log1p(-p);
        return () -> Math.ceil(StrictMath.log(g.nextDouble()) / scale);
    }

    private static Sampler logNormal(Generator g, double mean, double std) {
        if (!(std > 0)) {
            throw new IllegalArgumentException("log_normal_: std must be above 0, got " + std);
        }
        return () -> StrictMath.exp(Math.fma(g.nextNormal(), std, mean));
    }

    private static Sampler cauchy(Generator g, double median, double sigma) {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("cauchy_: sigma must be above 0, got " + sigma);
        }
        return () -> Math.fma(sigma, StrictMath.tan(Math.PI * (g.nextDouble() - 0.5)), median);
    }

    /// Draws one value; the caller holds the generator's lock.
    @FunctionalInterface
    private interface Sampler {
        double next();
    }

    private static void fill(Generator g, float[] y, int at, int n, Sampler sampler) {
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                y[i] = (float) sampler.next();
            }
        } finally {
            g.unlock();
        }
    }

    private static void fill(Generator g, double[] y, int at, int n, Sampler sampler) {
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                y[i] = sampler.next();
            }
        } finally {
            g.unlock();
        }
    }

    private static void checkRange(double low, double high, double largest) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "uniform_: from %s is greater than to %s".formatted(low, high));
        }
        if (!(high - low <= largest)) {
            throw new IllegalArgumentException(
                    "uniform_: the range from %s to %s is wider than %s"
                            .formatted(low, high, largest));
        }
    }

    private static void checkStd(double std) {
        if (!(std >= 0)) {
            throw new IllegalArgumentException("normal_: std must be at least 0, got " + std);
        }
    }

    private static void checkProbability(String op, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "%s: a probability must lie in [0, 1], got %s".formatted(op, p));
        }
    }
}
