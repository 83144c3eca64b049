package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.PythonCall.NotImplemented;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replays flat programs recorded from Python against our tensors.
final class Interpreter {
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final Set<String> inputs;
    private @Nullable Object last;

    /// Starts with these tensors by name.
    Interpreter(JsonNode inputs) {
        inputs.properties()
                .forEach(e -> variables.put(e.getKey(), RecordedTensor.read(e.getValue())));
        this.inputs = Set.copyOf(variables.keySet());
    }

    /// Runs the steps; the value of the variable `result`.
    ///
    /// @throws NotImplemented if a step needs what does not exist yet
    @Nullable Object run(JsonNode steps) {
        if (steps.isMissingNode() || steps.isNull()) {
            throw new NotImplemented("code without steps");
        }
        steps.forEach(this::step);
        return variables.get("result");
    }

    /// The value of the last step.
    @Nullable Object last() {
        return last;
    }

    void set(String name, @Nullable Object value) {
        variables.put(name, value);
    }

    @Nullable Object variable(String name) {
        return variables.get(name);
    }

    /// The input that is this very object, else the last variable that holds it.
    String nameOf(Object value) {
        String name = "";
        for (var e : variables.entrySet()) {
            if (e.getValue() == value) {
                name = e.getKey();
                if (inputs.contains(name)) {
                    return name;
                }
            }
        }
        return name;
    }

    private void step(JsonNode step) {
        String op = step.get("op").asText();
        if (op.startsWith("nn.") && ModuleReplay.makes(op)) {
            Map<String, Object> known = new LinkedHashMap<>();
            variables.forEach((name, value) -> {
                if (value != null) {
                    known.put(name, value);
                }
            });
            assign(step.get("out"), ModuleReplay.make(op, new PythonArguments(step, known)));
            return;
        }
        if (op.startsWith("torch.optim.")) {
            assign(step.get("out"), OptimizerCalls.make(step, variables));
            return;
        }
        if (op.equals("with")) {
            with(step);
            return;
        }
        if (op.equals("for")) {
            for (Object value : (List<?>) present(argument(step.get("in")))) {
                variables.put(step.get("var").asText(), value);
                step.get("body").forEach(this::step);
            }
            return;
        }
        List<@Nullable Object> places = new ArrayList<>();
        step.path("args").forEach(a -> places.add(argument(a)));
        Map<String, @Nullable Object> names = new LinkedHashMap<>();
        step.path("kw").properties().forEach(e -> names.put(e.getKey(), argument(e.getValue())));
        assign(step.get("out"), call(op, new PythonCall(places, names)));
    }

    private void with(JsonNode step) {
        Autograd.Mode mode =
                switch (step.get("ctx").asText()) {
                    case "torch.no_grad" -> Autograd.noGrad();
                    case "torch.enable_grad" -> Autograd.enableGrad();
                    case "torch.set_grad_enabled" ->
                            Autograd.setGradEnabled(step.get("args").get(0).asBoolean());
                    case "torch.inference_mode" -> Autograd.inferenceMode();
                    case "torch.autograd.set_detect_anomaly" -> Autograd.detectAnomaly();
                    case String other -> throw new NotImplemented("with " + other);
                };
        try (mode) {
            step.get("body").forEach(this::step);
        }
    }

    private void assign(JsonNode out, @Nullable Object value) {
        last = value;
        if (out.isTextual()) {
            variables.put(out.asText(), value);
        } else if (out.isArray()) {
            List<@Nullable Object> parts = parts(value);
            for (int i = 0; i < out.size(); i++) {
                variables.put(out.get(i).asText(), parts.get(i));
            }
        }
    }

    private static @Nullable Object call(String op, PythonCall call) {
        Object first = call.places().isEmpty() ? null : call.places().get(0);
        if (op.equals("py.call") && first instanceof dev.lanegrad.nn.Module module) {
            return module.forward((Tensor) present(call.places().get(1)));
        }
        if (op.equals(".append") && first instanceof Log log) {
            log.entries().add(call.places().get(1));
            return null;
        }
        if (first instanceof dev.lanegrad.nn.Module module && op.startsWith(".")) {
            return ModuleCalls.call(op, module, call);
        }
        if (first instanceof dev.lanegrad.optim.Optimizer optimizer && op.startsWith(".")) {
            return OptimizerCalls.call(
                    op, optimizer, call.places().subList(1, call.places().size()));
        }
        if (op.startsWith("nn.init.")) {
            return ModuleCalls.initialize(op, call);
        }
        if (op.startsWith("py.")) {
            return PythonOperators.call(op.substring(3), call);
        }
        if (op.equals("torch.nn.Linear") && call.places().size() == 2) {
            return new dev.lanegrad.nn.Linear(
                    ((Long) present(first)).intValue(),
                    ((Long) present(call.places().get(1))).intValue());
        }
        if (op.startsWith("nn.") || op.startsWith("torch.optim") || op.startsWith("torch.nn.")) {
            throw new NotImplemented(op);
        }
        return TorchOps.call(functionName(op), call);
    }

    private static String functionName(String op) {
        return op.startsWith(".")
                ? op.substring(1)
                : op.replaceFirst("^(torch\\.nn\\.functional|torch|F)\\.", "");
    }

    /// A function as a value.
    record Symbol(String name) {}

    /// The list that recorded programs append to.
    record Log(List<@Nullable Object> entries) {}

    private @Nullable Object argument(JsonNode a) {
        if (a.isObject() && a.has("ref")) {
            String name = a.get("ref").asText();
            if (!variables.containsKey(name)) {
                throw new NotImplemented("variable " + name);
            }
            return variables.get(name);
        }
        if (a.isObject() && a.has("dict")) {
            Map<String, @Nullable Object> dict = new LinkedHashMap<>();
            a.get("dict").forEach(e -> dict.put(e.get(0).asText(), argument(e.get(1))));
            return dict;
        }
        if (a.isObject() && (a.has("tuple") || a.has("list"))) {
            List<@Nullable Object> all = new ArrayList<>();
            a.elements().next().forEach(e -> all.add(argument(e)));
            return all;
        }
        if (a.isObject() && a.has("slice")) {
            JsonNode s = a.get("slice");
            return new PythonOperators.Slice(
                    argument(s.get(0)), argument(s.get(1)), argument(s.get(2)));
        }
        return recorded(a);
    }

    /// The value of a JSON constant or a recorded tensor.
    static @Nullable Object recorded(JsonNode a) {
        if (a.isObject()) {
            if (a.has("shape")) {
                return RecordedTensor.read(a);
            }
            if (a.has("float")) {
                return Reference.number(a.get("float"));
            }
            if (a.has("dtype")) {
                return RecordedTensor.dtype(a.get("dtype").asText());
            }
            if (a.has("sym")) {
                return new Symbol(functionName(a.get("sym").asText()));
            }
            if (a.has("ellipsis")) {
                return PythonOperators.ELLIPSIS;
            }
            throw new NotImplemented("argument " + a);
        }
        if (a.isArray()) {
            List<@Nullable Object> all = new ArrayList<>();
            a.forEach(e -> all.add(recorded(e)));
            return all;
        }
        if (a.isNull()) {
            return null;
        }
        if (a.isBoolean()) {
            return a.asBoolean();
        }
        if (a.isNumber()) {
            return a.isIntegralNumber() ? (Object) a.asLong() : (Object) a.asDouble();
        }
        return switch (a.asText()) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            case String text -> text;
        };
    }

    /// The elements of what Python would return as a tuple or list.
    static List<@Nullable Object> parts(@Nullable Object value) {
        List<@Nullable Object> all = new ArrayList<>();
        switch (value) {
            case List<?> list -> all.addAll(list);
            case Tensor[] tensors -> all.addAll(Arrays.asList(tensors));
            case ValuesAndIndices v -> all.addAll(List.of(v.values(), v.indices()));
            case null, default -> all.add(value);
        }
        return all;
    }

    /// The tensors of a result, tuples in order, null for None.
    static List<@Nullable Tensor> tensors(@Nullable Object value) {
        List<@Nullable Tensor> all = new ArrayList<>();
        for (Object part : parts(value)) {
            if (part == null || part instanceof Tensor) {
                all.add((Tensor) part);
            } else {
                throw new NotImplemented("result " + part);
            }
        }
        return all;
    }

    static Object present(@Nullable Object value) {
        if (value == null) {
            throw new NotImplemented("None");
        }
        return value;
    }
}
