package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.nn.*;
import dev.lanegrad.nn.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builds the modules of recorded programs.
final class ModuleReplay {
    /// A step that needs what does not exist.
    static final class NotReplayed extends Exception {
        private static final long serialVersionUID = 1;

        NotReplayed(String what) {
            super(what);
        }
    }

    private final Map<String, Object> variables = new HashMap<>();

    /// The value of the variable `result` after all steps: a module, or its parameters.
    Object run(JsonNode steps) throws NotReplayed {
        for (JsonNode step : steps) {
            PythonArguments args = new PythonArguments(step, variables);
            Object value = call(step.get("op").asText(), args);
            if (!args.unread().isEmpty()) {
                throw new NotReplayed(args.unread().toString());
            }
            if (!step.get("out").isNull()) {
                variables.put(step.get("out").asText(), value);
            }
        }
        return Objects.requireNonNull(variables.get("result"));
    }

    /// Whether an operation constructs a module.
    static boolean makes(String op) {
        return !op.startsWith("nn.init.") && !op.startsWith("nn.utils.");
    }

    /// The module that an operation constructs.
    ///
    /// @throws PythonCall.NotImplemented if there is no such module yet
    static Object make(String op, PythonArguments a) {
        try {
            if (op.equals("nn.Module")) {
                return new ModuleCalls.Open();
            }
            if (op.equals("nn.Parameter")) {
                return ((Tensor) Objects.requireNonNull(a.get(0, "data", null))).parameter();
            }
            Object made = call(op, a);
            if (!a.unread().isEmpty()) {
                throw new NotReplayed(a.unread().toString());
            }
            return made;
        } catch (NotReplayed e) {
            throw new PythonCall.NotImplemented(String.valueOf(e.getMessage()));
        }
    }

    private static Object call(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "torch.ones" -> Tensor.ones(a.integer(0, "", 0));
            case "py.assign" -> Objects.requireNonNull(a.get(0, "", null));
            case "py.getattr" -> {
                String name = (String) Objects.requireNonNull(a.get(1, "", null));
                Tensor part = module(a, 0).stateDict().get(name);
                if (part == null) {
                    throw new NotReplayed(name);
                }
                yield part;
            }
            case "py.getitem" -> module(a, 0).get(Integer.toString(a.integer(1, "", 0)));
            case "py.setitem" ->
                    module(a, 0).replace(Integer.toString(a.integer(1, "", 0)), module(a, 2));
            case ".eval" -> module(a, 0).eval();
            case ".append" ->
                    module(a, 0) instanceof ModuleList list
                            ? list.append(module(a, 1))
                            : ((Sequential) module(a, 0)).append(module(a, 1));
            case "nn.Sequential" -> new Sequential(modules(a));
            case "nn.ModuleList" -> list(a);
            case "nn.ModuleDict" -> dict(a);
            case "nn.Parameter" -> (Tensor) Objects.requireNonNull(a.get(0, "", null));
            case "nn.ParameterDict" -> parameterDict(a);
            case "nn.ParameterList" -> {
                ParameterList list = new ParameterList();
                if (a.get(0, "values", List.of()) instanceof List<?> items) {
                    items.forEach(p -> list.append((Tensor) Objects.requireNonNull(p)));
                }
                yield list;
            }
            case "nn.Module" -> new Plain();
            case "py.setattr" -> {
                Plain m = (Plain) module(a, 0);
                String name = (String) Objects.requireNonNull(a.get(1, "", null));
                yield a.get(2, "", null) instanceof Module part ? m.with(name, part) : m;
            }
            case ".register_buffer" -> {
                Tensor t = (Tensor) Objects.requireNonNull(a.get(2, "tensor", null));
                String name = (String) Objects.requireNonNull(a.get(1, "name", null));
                yield ((Plain) module(a, 0)).with(name, t, a.flag(3, "persistent", true));
            }
            case ".register_parameter" -> {
                String name = (String) Objects.requireNonNull(a.get(1, "name", null));
                yield a.get(2, "param", null) instanceof Tensor p
                        ? ((Plain) module(a, 0)).with(name, p)
                        : module(a, 0);
            }
            default -> layer(op, a);
        };
    }

    private static Module module(PythonArguments a, int place) throws NotReplayed {
        if (a.get(place, "", null) instanceof Module m) {
            return m;
        }
        throw new NotReplayed("an argument that is no module");
    }

    private static Module[] modules(PythonArguments a) throws NotReplayed {
        Module[] all = new Module[a.count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = module(a, i);
        }
        return all;
    }

    private static ModuleList list(PythonArguments a) {
        ModuleList list = new ModuleList();
        if (a.get(0, "modules", List.of()) instanceof List<?> items) {
            items.forEach(m -> list.append((Module) Objects.requireNonNull(m)));
        }
        return list;
    }

    private static ModuleDict dict(PythonArguments a) {
        ModuleDict dict = new ModuleDict();
        if (a.get(0, "modules", null) instanceof JsonNode node) {
            for (JsonNode entry : node.get("dict")) {
                Object m = Objects.requireNonNull(a.value(entry.get(1)));
                dict.put(entry.get(0).asText(), (Module) m);
            }
        }
        return dict;
    }

    private static ParameterDict parameterDict(PythonArguments a) {
        ParameterDict dict = new ParameterDict();
        if (a.get(0, "parameters", null) instanceof JsonNode node) {
            for (JsonNode entry : node.get("dict")) {
                Object p = Objects.requireNonNull(a.value(entry.get(1)));
                dict.put(entry.get(0).asText(), (Tensor) p);
            }
        }
        return dict;
    }

    /// A module whose parts are set from outside.
    private static final class Plain extends Module {
        Plain with(String name, Module part) {
            module(name, part);
            return this;
        }

        Plain with(String name, Tensor p) {
            parameter(name, p);
            return this;
        }

        Plain with(String name, Tensor t, boolean persistent) {
            buffer(name, t, persistent);
            return this;
        }

        @Override
        protected String typeName() {
            return "Module";
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    private static Module layer(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.Linear" ->
                    new Linear(
                            a.integer(0, "in_features", 0),
                            a.integer(1, "out_features", 0),
                            a.flag(2, "bias", true));
            case "nn.Conv2d" -> conv2d(a);
            case "nn.Conv1d" -> conv1d(a);
            case "nn.ConvTranspose2d" -> convTranspose2d(a);
            case "nn.ConvTranspose1d" -> convTranspose1d(a);
            case "nn.BatchNorm1d" -> {
                BatchNorm1d.Builder b = BatchNorm1d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", true))
                        .trackRunningStats(a.flag(4, "track_running_stats", true))
                        .build();
            }
            case "nn.BatchNorm2d" -> {
                BatchNorm2d.Builder b = BatchNorm2d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", true))
                        .trackRunningStats(a.flag(4, "track_running_stats", true))
                        .build();
            }
            case "nn.Identity" -> new Identity();
            case "nn.Bilinear" ->
                    new Bilinear(
                            a.integer(0, "in1_features", 0),
                            a.integer(1, "in2_features", 0),
                            a.integer(2, "out_features", 0),
                            a.flag(3, "bias", true));
            case "nn.PairwiseDistance" ->
                    new PairwiseDistance(
                            a.number(0, "p", 2).doubleValue(),
                            a.number(1, "eps", 1e-6).doubleValue(),
                            a.flag(2, "keepdim", false));
            case "nn.Dropout1d" ->
                    new Dropout1d(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.Dropout2d" ->
                    new Dropout2d(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.Dropout3d" ->
                    new Dropout3d(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.AlphaDropout" ->
                    new AlphaDropout(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.FeatureAlphaDropout" ->
                    new FeatureAlphaDropout(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.Flatten" ->
                    new Flatten(a.integer(0, "start_dim", 1), a.integer(1, "end_dim", -1));
            case "nn.Dropout" -> new Dropout(a.number(0, "p", 0.5), a.flag(1, "inplace", false));
            case "nn.MaxPool2d" -> maxPool2d(a);
            case "nn.AvgPool2d" -> avgPool2d(a);
            case "nn.MaxPool1d" -> {
                int kernel = a.integer(0, "kernel_size", 0);
                int stride = a.integer(1, "stride", kernel);
                yield new MaxPool1d(kernel, stride, a.integer(2, "padding", 0));
            }
            case "nn.AvgPool1d" -> {
                int kernel = a.integer(0, "kernel_size", 0);
                int stride = a.integer(1, "stride", kernel);
                yield new AvgPool1d(kernel, stride, a.integer(2, "padding", 0));
            }
            case "nn.AdaptiveAvgPool1d" -> new AdaptiveAvgPool1d(a.integer(0, "output_size", 0));
            case "nn.AdaptiveMaxPool1d" -> new AdaptiveMaxPool1d(a.integer(0, "output_size", 0));
            case "nn.AdaptiveAvgPool2d" -> {
                int[] size = ints(a.get(0, "output_size", 0));
                yield size.length == 1
                        ? new AdaptiveAvgPool2d(size[0])
                        : new AdaptiveAvgPool2d(size[0], size[1]);
            }
            case "nn.AdaptiveMaxPool2d" -> {
                int[] size = ints(a.get(0, "output_size", 0));
                yield size.length == 1
                        ? new AdaptiveMaxPool2d(size[0])
                        : new AdaptiveMaxPool2d(size[0], size[1]);
            }
            default -> ActivationReplay.create(op, a);
        };
    }

    private static Module conv2d(PythonArguments a) throws NotReplayed {
        int[] kernel = two(a.get(2, "kernel_size", 0));
        Conv2d.Builder b =
                Conv2d.builder(channels(a, 0), channels(a, 1), kernel[0], kernel[1])
                        .groups(a.integer(6, "groups", 1))
                        .bias(a.flag(7, "bias", true));
        int[] stride = two(a.get(3, "stride", 1));
        int[] dilation = two(a.get(5, "dilation", 1));
        b.stride(stride[0], stride[1]).dilation(dilation[0], dilation[1]).paddingMode(mode(a));
        if (a.get(4, "padding", 0) instanceof String name) {
            return b.padding(name).build();
        }
        int[] padding = two(a.get(4, "padding", 0));
        return b.padding(padding[0], padding[1]).build();
    }

    private static Module conv1d(PythonArguments a) {
        Conv1d.Builder b =
                Conv1d.builder(channels(a, 0), channels(a, 1), a.integer(2, "kernel_size", 0))
                        .stride(a.integer(3, "stride", 1))
                        .dilation(a.integer(5, "dilation", 1))
                        .groups(a.integer(6, "groups", 1))
                        .bias(a.flag(7, "bias", true))
                        .paddingMode(mode(a));
        return a.get(4, "padding", 0) instanceof String name
                ? b.padding(name).build()
                : b.padding(a.integer(4, "padding", 0)).build();
    }

    static PadMode mode(PythonArguments a) {
        String name = (String) Objects.requireNonNull(a.get(8, "padding_mode", "zeros"));
        return name.equals("zeros")
                ? PadMode.CONSTANT
                : PadMode.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }

    private static Module convTranspose2d(PythonArguments a) throws NotReplayed {
        int[] kernel = two(a.get(2, "kernel_size", 0));
        int[] stride = two(a.get(3, "stride", 1));
        int[] padding = two(a.get(4, "padding", 0));
        int[] output = two(a.get(5, "output_padding", 0));
        int[] dilation = two(a.get(8, "dilation", 1));
        return ConvTranspose2d.builder(channels(a, 0), channels(a, 1), kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .outputPadding(output[0], output[1])
                .groups(a.integer(6, "groups", 1))
                .bias(a.flag(7, "bias", true))
                .dilation(dilation[0], dilation[1])
                .build();
    }

    private static Module convTranspose1d(PythonArguments a) {
        return ConvTranspose1d.builder(
                        channels(a, 0), channels(a, 1), a.integer(2, "kernel_size", 0))
                .stride(a.integer(3, "stride", 1))
                .padding(a.integer(4, "padding", 0))
                .outputPadding(a.integer(5, "output_padding", 0))
                .groups(a.integer(6, "groups", 1))
                .bias(a.flag(7, "bias", true))
                .dilation(a.integer(8, "dilation", 1))
                .build();
    }

    private static int channels(PythonArguments a, int place) {
        return a.integer(place, place == 0 ? "in_channels" : "out_channels", 0);
    }

    private static Module maxPool2d(PythonArguments a) throws NotReplayed {
        int[] kernel = ints(a.get(0, "kernel_size", 0));
        MaxPool2d.Builder b =
                kernel.length == 1
                        ? MaxPool2d.builder(kernel[0])
                        : MaxPool2d.builder(kernel[0], kernel[1]);
        if (a.has(1, "stride")) {
            int[] stride = ints(a.get(1, "stride", 0));
            b = stride.length == 1 ? b.stride(stride[0]) : b.stride(stride[0], stride[1]);
        }
        int[] padding = ints(a.get(2, "padding", 0));
        b = padding.length == 1 ? b.padding(padding[0]) : b.padding(padding[0], padding[1]);
        return b.dilation(a.integer(3, "dilation", 1))
                .ceilMode(a.flag(5, "ceil_mode", false))
                .build();
    }

    private static Module avgPool2d(PythonArguments a) throws NotReplayed {
        int[] kernel = ints(a.get(0, "kernel_size", 0));
        AvgPool2d.Builder b =
                kernel.length == 1
                        ? AvgPool2d.builder(kernel[0])
                        : AvgPool2d.builder(kernel[0], kernel[1]);
        if (a.has(1, "stride")) {
            int[] stride = ints(a.get(1, "stride", 0));
            b = stride.length == 1 ? b.stride(stride[0]) : b.stride(stride[0], stride[1]);
        }
        int[] padding = ints(a.get(2, "padding", 0));
        b = padding.length == 1 ? b.padding(padding[0]) : b.padding(padding[0], padding[1]);
        return b.ceilMode(a.flag(3, "ceil_mode", false))
                .countIncludePad(a.flag(4, "count_include_pad", true))
                .build();
    }

    private static int[] two(@Nullable Object value) throws NotReplayed {
        int[] ints = ints(value);
        return ints.length == 2 ? ints : new int[] {ints[0], ints[0]};
    }

    static int[] ints(@Nullable Object value) throws NotReplayed {
        if (value instanceof Integer one) {
            return new int[] {one};
        }
        if (value instanceof List<?> many && many.stream().allMatch(v -> v instanceof Integer)) {
            return many.stream().mapToInt(v -> (Integer) v).toArray();
        }
        throw new NotReplayed("sizes " + value);
    }
}
