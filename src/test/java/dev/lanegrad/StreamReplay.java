package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Runs the flat programs of recorded stream calls on plain arrays.
final class StreamReplay {
    /// A step that needs more than arrays.
    static final class NotReplayed extends Exception {
        private static final long serialVersionUID = 1;

        NotReplayed(String what) {
            super(what);
        }
    }

    private final Map<String, Object> variables = new HashMap<>();
    private final Generator main = new Generator();

    StreamReplay(long seed) {
        main.manualSeed(seed);
    }

    /// The value of the variable `result` after all steps.
    Object run(JsonNode steps) throws NotReplayed {
        for (JsonNode step : steps) {
            Object value = call(new Call(step));
            if (!step.get("out").isNull()) {
                variables.put(step.get("out").asText(), value);
            }
        }
        return Objects.requireNonNull(variables.get("result"));
    }

    /// One step with its arguments looked up.
    final class Call {
        final String op;
        private final JsonNode args;
        private final JsonNode kw;

        Call(JsonNode step) {
            op = step.get("op").asText();
            args = step.get("args");
            kw = step.path("kw");
        }

        int count() {
            return args.size();
        }

        /// The argument at this place or of this name; a missing node if there is none.
        private JsonNode node(int place, String name) {
            return place < args.size() ? args.get(place) : kw.path(name);
        }

        Object value(int place) {
            return lookUp(args.get(place));
        }

        Sample sample(int place) {
            return (Sample) value(place);
        }

        String text(int place, String name, String otherwise) {
            JsonNode node = node(place, name);
            return node.isMissingNode() ? otherwise : node.asText();
        }

        boolean flag(String name, boolean otherwise) {
            return kw.has(name) ? kw.get(name).asBoolean() : otherwise;
        }

        double number(int place, String name, double otherwise) {
            JsonNode node = node(place, name);
            if (node.isMissingNode()) {
                return otherwise;
            }
            return ((Number) lookUp(node)).doubleValue();
        }

        long integer(int place) {
            return ((Number) value(place)).longValue();
        }

        DType dtype(DType otherwise) {
            return kw.has("dtype") ? StreamReplay.dtype(kw.get("dtype")) : otherwise;
        }

        Generator generator() {
            return kw.has("generator") ? (Generator) lookUp(kw.get("generator")) : main;
        }

        /// Sizes given one by one, or as a list or tuple at this place.
        int[] sizes(int place) {
            if (args.size() == place + 1 && value(place) instanceof List<?> list) {
                return list.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
            }
            int[] sizes = new int[args.size() - place];
            Arrays.setAll(sizes, i -> (int) integer(place + i));
            return sizes;
        }
    }

    private static DType dtype(JsonNode node) {
        return DType.valueOf(node.get("dtype").asText().toUpperCase(Locale.ROOT));
    }

    private Object lookUp(JsonNode node) {
        if (node.isObject()) {
            if (node.has("ref")) {
                return Objects.requireNonNull(variables.get(node.get("ref").asText()));
            }
            if (node.has("float")) {
                return Reference.number(node.get("float"));
            }
            if (node.has("tuple") || node.has("list")) {
                List<Object> values = new ArrayList<>();
                for (JsonNode n : node.has("tuple") ? node.get("tuple") : node.get("list")) {
                    values.add(lookUp(n));
                }
                return values;
            }
            return node;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() ? (Object) node.longValue() : node.doubleValue();
        }
        return node.isTextual() ? node.asText() : node;
    }

    private Object call(Call c) throws NotReplayed {
        return switch (c.op) {
            case "torch.empty", "torch.zeros" ->
                    Sample.filled(c.dtype(DType.FLOAT32), c.sizes(0), 0);
            case "torch.ones" -> Sample.filled(c.dtype(DType.FLOAT32), c.sizes(0), 1);
            case "torch.full" -> full(c);
            case "torch.tensor" -> tensor(c);
            case "torch.arange" -> arange(c);
            case "torch.linspace" -> linspace(c);
            case "py.neg" -> c.value(0) instanceof Long n ? (Object) (-n) : negated(c.sample(0));
            case ".t" -> c.sample(0).transposed();
            case "py.assign" -> c.value(0);
            case "py.getitem" -> item(c);
            case "py.getattr" -> attribute(c);
            case "py.call" -> ((Layers.Layer) c.value(0)).apply(c.sample(1), main);
            case "torch.Generator" -> new Generator();
            case ".manual_seed" -> ((Generator) c.value(0)).manualSeed(c.integer(1));
            case "torch.initial_seed" -> main.initialSeed();
            case "torch.get_rng_state" -> main.state();
            case "torch.set_rng_state" -> main.state((byte[]) c.value(0));
            default -> {
                if (c.op.startsWith("nn.") && !c.op.startsWith("nn.init.")) {
                    yield Layers.create(c, main);
                }
                yield Fills.call(c);
            }
        };
    }

    private static Sample full(Call c) {
        int[] shape =
                ((List<?>) c.value(0)).stream().mapToInt(v -> ((Long) v).intValue()).toArray();
        double value = c.number(1, "fill_value", 0);
        DType dtype = c.dtype(DType.FLOAT32);
        return Sample.filled(dtype, shape, dtype == DType.FLOAT64 ? value : (float) value);
    }

    private static Sample tensor(Call c) {
        List<Double> flat = new ArrayList<>();
        List<?> outer = (List<?>) c.value(0);
        boolean matrix = outer.getFirst() instanceof List;
        for (Object row : outer) {
            for (Object v : matrix ? (List<?>) row : List.of(row)) {
                flat.add(((Number) v).doubleValue());
            }
        }
        int rows = outer.size();
        int[] shape = matrix ? new int[] {rows, flat.size() / rows} : new int[] {rows};
        DType dtype = c.dtype(DType.FLOAT32);
        return Sample.of(
                dtype,
                shape,
                flat.stream()
                        .mapToDouble(v -> dtype == DType.FLOAT64 ? v : v.floatValue())
                        .toArray());
    }

    private static Sample arange(Call c) {
        double[] values = new double[(int) c.number(0, "end", 0)];
        Arrays.setAll(values, i -> i);
        return Sample.of(DType.FLOAT32, new int[] {values.length}, values);
    }

    private static Sample linspace(Call c) {
        double start = c.number(0, "start", 0);
        double end = c.number(1, "end", 0);
        double[] values = new double[(int) c.integer(2)];
        int last = values.length - 1;
        double step = (end - start) / last;
        Arrays.setAll(values, i -> i <= last / 2 ? start + step * i : end - step * (last - i));
        return Sample.of(c.dtype(DType.FLOAT32), new int[] {values.length}, values);
    }

    private static Sample negated(Sample x) {
        return x.with(Arrays.stream(x.reals()).map(v -> -v).toArray());
    }

    private static Object item(Call c) throws NotReplayed {
        if (c.value(0) instanceof Layers.Layer layer) {
            return layer.child((int) c.integer(1));
        }
        Sample x = c.sample(0);
        if (c.value(1) instanceof List<?> index) { // x[i, j:] of a matrix
            int row = ((Number) index.get(0)).intValue() * x.shape()[1];
            int from = ((JsonNode) index.get(1)).get("slice").get(0).intValue();
            int[] source = new int[x.shape()[1] - from];
            Arrays.setAll(source, i -> row + from + i);
            return x.picked(new int[] {source.length}, source, true);
        }
        JsonNode slice = ((JsonNode) c.value(1)).get("slice");
        int n = x.shape()[0];
        int start = slice.get(0).asInt(0);
        int stop = slice.get(1).asInt(n);
        Sample rest = x.sliced(start < 0 ? start + n : start, slice.get(2).asInt(1));
        return stop == n
                ? rest
                : rest.picked(new int[] {stop}, IntStream.range(0, stop).toArray(), true);
    }

    private static Object attribute(Call c) throws NotReplayed {
        String name = c.text(1, "name", "");
        return switch (c.value(0)) {
            case Layers.Layer layer -> layer.get(name);
            case byte[] state ->
                    name.equals("shape")
                            ? new int[] {state.length}
                            : DType.UINT8; // a state is a tensor of bytes
            default -> throw new NotReplayed(name);
        };
    }
}
