package dev.lanegrad;

import dev.lanegrad.Initialization.Fans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters that the recorded modules start with, on arrays.
final class Layers {
    private Layers() {}

    /// A module: its parameters and modules by name, and what it does where that is recorded.
    static final class Layer {
        private final Map<String, Object> parts = new LinkedHashMap<>();
        private double dropout;

        Object get(String name) throws StreamReplay.NotReplayed {
            if (!parts.containsKey(name)) {
                throw new StreamReplay.NotReplayed(name);
            }
            return parts.get(name);
        }

        Object child(int i) throws StreamReplay.NotReplayed {
            return get(Integer.toString(i));
        }

        Sample apply(Sample x, Generator g) {
            return Fills.dropout(g, x, dropout, false);
        }
    }

    static Layer create(StreamReplay.Call c, Generator g) throws StreamReplay.NotReplayed {
        Layer layer = new Layer();
        switch (c.op) {
            case "nn.Linear" -> affine(layer, c, g, size(c, 1), size(c, 0));
            case "nn.Bilinear" -> bilinear(layer, c, g);
            case "nn.Conv1d" -> affine(layer, c, g, kernel(c, 1, size(c, 1), size(c, 0)));
            case "nn.Conv2d" -> {
                int groups = (int) c.number(6, "groups", 1);
                affine(layer, c, g, kernel(c, 2, size(c, 1), size(c, 0) / groups));
            }
            case "nn.ConvTranspose2d" -> affine(layer, c, g, kernel(c, 2, size(c, 0), size(c, 1)));
            case "nn.Embedding", "nn.EmbeddingBag" -> embedding(layer, c, g);
            case "nn.RNN" -> recurrent(layer, c, g, 1, true);
            case "nn.GRU" -> recurrent(layer, c, g, 3, true);
            case "nn.LSTM" -> recurrent(layer, c, g, 4, true);
            case "nn.LSTMCell" -> recurrent(layer, c, g, 4, false);
            case "nn.MultiheadAttention" -> attention(layer, g, size(c, 0));
            case "nn.TransformerEncoderLayer" -> encoder(layer, c, g);
            case "nn.BatchNorm2d", "nn.LayerNorm" -> norm(layer, size(c, 0));
            case "nn.PReLU" ->
                    layer.parts.put("weight", Sample.filled(DType.FLOAT32, new int[] {1}, 0.25));
            case "nn.Dropout" -> layer.dropout = c.number(0, "p", 0.5);
            case "nn.ReLU" -> {}
            case "nn.Sequential" -> {
                for (int i = 0; i < c.count(); i++) {
                    layer.parts.put(Integer.toString(i), c.value(i));
                }
            }
            default -> throw new StreamReplay.NotReplayed(c.op);
        }
        return layer;
    }

    private static int size(StreamReplay.Call c, int place) {
        return (int) c.integer(place);
    }

    private static int[] kernel(StreamReplay.Call c, int dims, int first, int second) {
        int[] sizes = new int[dims + 2];
        Arrays.fill(sizes, size(c, 2));
        sizes[0] = first;
        sizes[1] = second;
        return sizes;
    }

    private static void affine(Layer layer, StreamReplay.Call c, Generator g, int... sizes) {
        boolean transposed = c.op.contains("Transpose");
        affine(layer, c.dtype(DType.FLOAT32), g, c.flag("bias", true), transposed ? 1 : 0, sizes);
    }

    private static void affine(
            Layer layer, DType dtype, Generator g, boolean bias, int outAt, int... sizes) {
        Fans fans = Fans.of(Arrays.stream(sizes).asLongStream().toArray());
        double bound = Initialization.weightBound(fans);
        layer.parts.put("weight", uniform(g, dtype, bound, sizes));
        if (bias) {
            bound = Initialization.biasBound(fans.in());
            layer.parts.put("bias", uniform(g, dtype, bound, sizes[outAt]));
        }
    }

    private static void bilinear(Layer layer, StreamReplay.Call c, Generator g) {
        double bound = Initialization.biasBound(size(c, 0));
        int out = size(c, 2);
        DType dtype = DType.FLOAT32;
        layer.parts.put("weight", uniform(g, dtype, bound, out, size(c, 0), size(c, 1)));
        layer.parts.put("bias", uniform(g, dtype, bound, out));
    }

    private static void embedding(Layer layer, StreamReplay.Call c, Generator g) {
        int dim = size(c, 1);
        Sample w = Sample.filled(DType.FLOAT32, new int[] {size(c, 0), dim}, 0);
        double[] values = Fills.normal(g, w, 0, 1).reals();
        int padding = (int) c.number(2, "padding_idx", -1);
        if (padding >= 0) {
            Arrays.fill(values, padding * dim, (padding + 1) * dim, 0);
        }
        layer.parts.put("weight", w.with(values));
    }

    private static void recurrent(
            Layer layer, StreamReplay.Call c, Generator g, int gates, boolean numbered) {
        int hidden = size(c, 1);
        double bound = Initialization.biasBound(hidden);
        int layers = (int) c.number(2, "num_layers", 1);
        for (int l = 0; l < layers; l++) {
            int in = l == 0 ? size(c, 0) : hidden;
            String suffix = numbered ? "_l" + l : "";
            int rows = gates * hidden;
            DType dtype = DType.FLOAT32;
            layer.parts.put("weight_ih" + suffix, uniform(g, dtype, bound, rows, in));
            layer.parts.put("weight_hh" + suffix, uniform(g, dtype, bound, rows, hidden));
            layer.parts.put("bias_ih" + suffix, uniform(g, dtype, bound, rows));
            layer.parts.put("bias_hh" + suffix, uniform(g, dtype, bound, rows));
        }
    }

    /// The output layer is made first; then the joint weight is drawn and both biases are zeroed.
    private static void attention(Layer layer, Generator g, int embed) {
        Layer out = new Layer();
        affine(out, DType.FLOAT32, g, true, 0, embed, embed);
        out.parts.put("bias", Sample.filled(DType.FLOAT32, new int[] {embed}, 0));
        layer.parts.put("out_proj", out);
        double bound = Initialization.xavierBound(Fans.of(3L * embed, embed), 1);
        layer.parts.put("in_proj_weight", uniform(g, DType.FLOAT32, bound, 3 * embed, embed));
        layer.parts.put("in_proj_bias", Sample.filled(DType.FLOAT32, new int[] {3 * embed}, 0));
    }

    private static void encoder(Layer layer, StreamReplay.Call c, Generator g) {
        int model = size(c, 0);
        int inner = size(c, 2);
        List<Layer> made = new ArrayList<>();
        for (String name : List.of("self_attn", "linear1", "linear2", "norm1", "norm2")) {
            Layer part = new Layer();
            layer.parts.put(name, part);
            made.add(part);
        }
        attention(made.get(0), g, model);
        affine(made.get(1), DType.FLOAT32, g, true, 0, inner, model);
        affine(made.get(2), DType.FLOAT32, g, true, 0, model, inner);
        norm(made.get(3), model);
        norm(made.get(4), model);
    }

    private static void norm(Layer layer, int n) {
        int[] shape = {n};
        layer.parts.put("weight", Sample.filled(DType.FLOAT32, shape, 1));
        layer.parts.put("bias", Sample.filled(DType.FLOAT32, shape, 0));
        layer.parts.put("running_mean", Sample.filled(DType.FLOAT32, shape, 0));
        layer.parts.put("running_var", Sample.filled(DType.FLOAT32, shape, 1));
    }

    private static Sample uniform(Generator g, DType dtype, double bound, int... sizes) {
        return Fills.uniform(g, Sample.filled(dtype, sizes, 0), -bound, bound);
    }
}
