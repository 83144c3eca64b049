package dev.lanegrad;

import dev.lanegrad.Initialization.Fans;
import java.util.Arrays;

/// The recorded functions of `torch.nn.init`, on arrays.
final class Inits {
    private Inits() {}

    static Object call(StreamReplay.Call c) throws StreamReplay.NotReplayed {
        Generator g = c.generator();
        if (c.op.equals("nn.init.calculate_gain")) {
            return Initialization.gain(c.text(0, "nonlinearity", ""));
        }
        if (!c.op.startsWith("nn.init.")) {
            throw new StreamReplay.NotReplayed(c.op);
        }
        Sample w = c.sample(0);
        return switch (c.op) {
            case "nn.init.kaiming_uniform_" -> {
                double bound = Initialization.kaimingBound(fan(c, w), kaimingGain(c));
                yield Fills.uniform(g, w, -bound, bound);
            }
            case "nn.init.kaiming_normal_" ->
                    Fills.normal(g, w, 0, Initialization.kaimingStd(fan(c, w), kaimingGain(c)));
            case "nn.init.xavier_uniform_" -> {
                double bound = Initialization.xavierBound(fans(w), c.number(1, "gain", 1));
                yield Fills.uniform(g, w, -bound, bound);
            }
            case "nn.init.xavier_normal_" ->
                    Fills.normal(
                            g, w, 0, Initialization.xavierStd(fans(w), c.number(1, "gain", 1)));
            case "nn.init.constant_" -> {
                double value = c.number(1, "val", 0);
                yield Sample.filled(
                        w.dtype(), w.shape(), w.dtype() == DType.FLOAT64 ? value : (float) value);
            }
            case "nn.init.eye_" -> set(w, Initialization.eyeOnes(w.shape()[0], w.shape()[1]), 1);
            case "nn.init.dirac_" -> set(w, Initialization.diracOnes(1, w.shape()), 1);
            case "nn.init.sparse_" -> {
                Sample values = Fills.normal(g, w, 0, c.number(2, "std", 0.01));
                double sparsity = c.number(1, "sparsity", 0);
                yield set(
                        values,
                        Initialization.sparseZeros(g, w.shape()[0], w.shape()[1], sparsity),
                        0);
            }
            case "nn.init.orthogonal_" ->
                    w.with(
                            Initialization.orthogonal(
                                    g,
                                    w.dtype(),
                                    w.shape()[0],
                                    w.size() / w.shape()[0],
                                    c.number(1, "gain", 1)));
            case "nn.init.trunc_normal_" -> truncated(c, w);
            default -> throw new StreamReplay.NotReplayed(c.op);
        };
    }

    private static Fans fans(Sample w) {
        return Fans.of(Arrays.stream(w.shape()).asLongStream().toArray());
    }

    private static long fan(StreamReplay.Call c, Sample w) {
        return fans(w).by(c.text(2, "mode", "fan_in"));
    }

    private static double kaimingGain(StreamReplay.Call c) {
        return Initialization.gain(c.text(3, "nonlinearity", "leaky_relu"), c.number(1, "a", 0));
    }

    private static Sample truncated(StreamReplay.Call c, Sample w) {
        double mean = c.number(1, "mean", 0);
        double std = c.number(2, "std", 1);
        double low = c.number(3, "a", -2);
        double high = c.number(4, "b", 2);
        if (w.dtype() == DType.FLOAT64) {
            double[] y = new double[w.size()];
            Initialization.truncatedNormal(c.generator(), y, mean, std, low, high);
            return w.with(y);
        }
        float[] y = new float[w.size()];
        Initialization.truncatedNormal(c.generator(), y, mean, std, low, high);
        return w.with(Fills.widened(y));
    }

    private static Sample set(Sample w, int[] positions, double value) {
        double[] values = w.reals().clone();
        for (int p : positions) {
            values[p] = value;
        }
        return w.with(values);
    }
}
