package dev.lanegrad;

import java.util.Arrays;
import java.util.List;

/// The recorded stream functions, on arrays.
final class Fills {
    private Fills() {}

    static Object call(StreamReplay.Call c) throws StreamReplay.NotReplayed {
        Generator g = c.generator();
        return switch (c.op) {
            case "torch.rand" -> uniform(g, empty(c), 0, 1);
            case "torch.rand_like" -> uniform(g, c.sample(0), 0, 1);
            case "torch.randn" -> normal(g, empty(c), 0, 1);
            case "torch.randn_like" -> normal(g, c.sample(0), 0, 1);
            case "torch.randint" -> randint(c);
            case "torch.randperm" -> randperm(c);
            case "torch.normal" -> normal(c);
            case "torch.bernoulli" -> bernoulli(g, c.sample(0), c.sample(0));
            case "torch.multinomial" -> multinomial(c);
            case ".uniform_", "nn.init.uniform_" ->
                    uniform(g, c.sample(0), c.number(1, "a", 0), c.number(2, "b", 1));
            case ".normal_", "nn.init.normal_" ->
                    normal(g, c.sample(0), c.number(1, "mean", 0), c.number(2, "std", 1));
            case ".bernoulli_" -> bernoulli(c);
            case ".random_" -> random(c);
            case ".exponential_", ".geometric_", ".log_normal_", ".cauchy_" -> other(c);
            case "F.dropout" -> dropout(g, c.sample(0), c.number(1, "p", 0.5), false);
            case "F.dropout1d", "F.dropout2d" ->
                    dropout(g, c.sample(0), c.number(1, "p", 0.5), true);
            case "F.rrelu" -> rrelu(g, c.sample(0));
            default -> Inits.call(c);
        };
    }

    private static Sample empty(StreamReplay.Call c) {
        return Sample.filled(c.dtype(DType.FLOAT32), c.sizes(0), 0);
    }

    static Sample uniform(Generator g, Sample x, double low, double high) {
        if (x.dtype() == DType.FLOAT64) {
            double[] y = new double[x.size()];
            Distributions.uniform(g, y, 0, y.length, low, high);
            return x.with(y);
        }
        float[] y = new float[x.size()];
        if (x.narrow()) {
            NarrowDistributions.uniform(g, x.dtype(), y, 0, y.length, low, high);
        } else {
            Distributions.uniform(g, y, 0, y.length, low, high);
        }
        return x.with(widened(y));
    }

    static Sample normal(Generator g, Sample x, double mean, double std) {
        int n = x.size();
        if (x.dtype() == DType.FLOAT64) {
            double[] y = new double[n];
            if (x.contiguous()) {
                Distributions.normal(g, y, 0, n, mean, std);
            } else {
                Distributions.normalEach(g, y, 0, n, mean, std);
            }
            return x.with(y);
        }
        float[] y = new float[n];
        if (x.narrow()) {
            NarrowDistributions.normal(g, x.dtype(), y, 0, n, mean, std);
        } else if (x.contiguous()) {
            Distributions.normal(g, y, 0, n, mean, std);
        } else {
            Distributions.normalEach(g, y, 0, n, mean, std);
        }
        return x.with(widened(y));
    }

    /// `torch.normal(mean, std, sizes)` of numbers, or of two tensors.
    private static Sample normal(StreamReplay.Call c) {
        if (c.value(0) instanceof Double mean) {
            int[] sizes = ((List<?>) c.value(2)).stream().mapToInt(Fills::size).toArray();
            Sample y = Sample.filled(DType.FLOAT32, sizes, 0);
            return normal(c.generator(), y, mean, c.number(1, "std", 1));
        }
        Sample mean = c.sample(0);
        Sample std = c.sample(1);
        Sample y = normal(c.generator(), mean, 0, 1);
        double[] values = new double[y.size()];
        Arrays.setAll(
                values, i -> (float) ((float) (y.reals()[i] * std.reals()[i]) + mean.reals()[i]));
        return y.with(values);
    }

    private static Sample randint(StreamReplay.Call c) {
        boolean both = c.value(1) instanceof Long;
        long low = both ? c.integer(0) : 0;
        long high = c.integer(both ? 1 : 0);
        int[] sizes = c.sizes(both ? 2 : 1);
        long[] y = new long[Sample.size(sizes)];
        RandomIntegers.randint(c.generator(), y, 0, y.length, low, high);
        return Sample.of(DType.INT64, sizes, y).as(c.dtype(DType.INT64));
    }

    private static Sample randperm(StreamReplay.Call c) {
        long[] y = new long[(int) c.integer(0)];
        RandomIntegers.randperm(c.generator(), y, 0, y.length);
        return Sample.of(c.dtype(DType.INT64), new int[] {y.length}, y);
    }

    private static Sample random(StreamReplay.Call c) {
        Sample x = c.sample(0);
        long[] y = new long[x.size()];
        if (c.count() > 1) {
            RandomIntegers.randint(c.generator(), y, 0, y.length, 0, c.integer(1));
        } else {
            RandomIntegers.random(c.generator(), x.dtype(), y, 0, y.length);
        }
        return Sample.of(DType.INT64, x.shape(), y).as(x.dtype());
    }

    private static Sample bernoulli(StreamReplay.Call c) {
        Sample x = c.sample(0);
        if (c.count() > 1 && c.value(1) instanceof Sample p) {
            return bernoulli(c.generator(), x, p);
        }
        boolean[] y = new boolean[x.size()];
        Distributions.bernoulli(c.generator(), y, 0, y.length, c.number(1, "p", 0.5));
        return ones(x, y);
    }

    private static Sample bernoulli(Generator g, Sample x, Sample p) {
        boolean[] y = new boolean[x.size()];
        if (p.dtype() == DType.FLOAT64) {
            Distributions.bernoulli(g, y, 0, y.length, p.reals());
        } else {
            Distributions.bernoulli(g, y, 0, y.length, narrowed(p.reals()));
        }
        return ones(x, y);
    }

    private static Sample ones(Sample x, boolean[] y) {
        long[] values = new long[y.length];
        Arrays.setAll(values, i -> y[i] ? 1 : 0);
        return Sample.of(DType.INT64, x.shape(), values).as(x.dtype());
    }

    private static Sample multinomial(StreamReplay.Call c) {
        Sample w = c.sample(0);
        int count = (int) c.integer(1);
        int rows = w.shape().length == 2 ? w.shape()[0] : 1;
        long[] y = new long[rows * count];
        Multinomial.draw(
                c.generator(),
                w.reals(),
                w.dtype() == DType.FLOAT32,
                rows,
                w.size() / rows,
                count,
                c.flag("replacement", false),
                y);
        int[] shape = w.shape().clone();
        shape[shape.length - 1] = count;
        return Sample.of(DType.INT64, shape, y);
    }

    private static Sample other(StreamReplay.Call c) {
        Sample x = c.sample(0);
        Generator g = c.generator();
        double a = c.number(1, "a", c.op.equals(".cauchy_") ? 0 : 1);
        double b = c.number(2, "b", c.op.equals(".log_normal_") ? 2 : 1);
        int n = x.size();
        if (x.dtype() == DType.FLOAT64) {
            double[] y = new double[n];
            switch (c.op) {
                case ".exponential_" -> Distributions.exponential(g, y, 0, n, a);
                case ".geometric_" -> Distributions.geometric(g, y, 0, n, a);
                case ".log_normal_" -> Distributions.logNormal(g, y, 0, n, a, b);
                default -> Distributions.cauchy(g, y, 0, n, a, b);
            }
            return x.with(y);
        }
        float[] y = new float[n];
        switch (c.op) {
            case ".exponential_" -> Distributions.exponential(g, y, 0, n, a);
            case ".geometric_" -> Distributions.geometric(g, y, 0, n, a);
            case ".log_normal_" -> Distributions.logNormal(g, y, 0, n, a, b);
            default -> Distributions.cauchy(g, y, 0, n, a, b);
        }
        return x.with(widened(y));
    }

    /// Elements, or with `channels` whole channels of `[N, C, ...]`, are kept with probability 1 -
    /// p and scaled up.
    static Sample dropout(Generator g, Sample x, double p, boolean channels) {
        int each = channels ? x.size() / (x.shape()[0] * x.shape()[1]) : 1;
        boolean[] kept = new boolean[x.size() / each];
        Distributions.bernoulli(g, kept, 0, kept.length, 1 - p);
        boolean single = x.dtype() == DType.FLOAT32;
        double scale = single ? 1 / (float) (1 - p) : 1 / (1 - p);
        double[] y = new double[x.size()];
        for (int i = 0; i < y.length; i++) {
            double v = x.reals()[i] * (kept[i / each] ? scale : 0);
            y[i] = single ? (float) v : v;
        }
        return x.with(y);
    }

    /// Slopes for negative elements, uniform in [1/8, 1/3).
    private static Sample rrelu(Generator g, Sample x) throws StreamReplay.NotReplayed {
        if (Arrays.stream(x.reals()).anyMatch(v -> v > 0)) {
            throw new StreamReplay.NotReplayed("elements that take no slope");
        }
        double[] slope = new double[x.size()];
        Distributions.uniform(g, slope, 0, slope.length, 1 / 8f, 1 / 3f);
        Arrays.setAll(slope, i -> (float) ((float) slope[i] * x.reals()[i]));
        return x.with(slope);
    }

    static double[] widened(float[] y) {
        double[] values = new double[y.length];
        Arrays.setAll(values, i -> y[i]);
        return values;
    }

    static float[] narrowed(double[] y) {
        float[] values = new float[y.length];
        for (int i = 0; i < y.length; i++) {
            values[i] = (float) y[i];
        }
        return values;
    }

    private static int size(Object number) {
        return ((Number) number).intValue();
    }
}
