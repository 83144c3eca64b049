package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a message names: shapes, numbers and types.
final class Wording {
    /// Classes whose exceptions are mistakes of the replay, not refusals.
    static final Set<String> REPLAYERS =
            Set.of(
                    "dev.lanegrad.Interpreter",
                    "dev.lanegrad.ModuleCalls",
                    "dev.lanegrad.OptimizerCalls",
                    "dev.lanegrad.ModuleReplay",
                    "dev.lanegrad.PythonArguments",
                    "dev.lanegrad.PythonCall",
                    "dev.lanegrad.PythonCall$Arguments",
                    "dev.lanegrad.PythonOperators",
                    "dev.lanegrad.PythonTensor",
                    "dev.lanegrad.Reflected",
                    "dev.lanegrad.TorchAutograd",
                    "dev.lanegrad.TorchMathOps",
                    "dev.lanegrad.TorchNetworkOps",
                    "dev.lanegrad.TorchOps");

    private static final Pattern LIST = Pattern.compile("\\[(-?\\d+(?:, -?\\d+)*)?\\]");
    private static final Pattern PRODUCT = Pattern.compile("\\b\\d+(?:x\\d+)+\\b");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?![\\w.]*\\w)");

    /// PyTorch's names of types, and ours.
    private static final Map<String, String> TYPES =
            Map.of(
                    "Float", "float32",
                    "Double", "float64",
                    "Long", "int64",
                    "Int", "int32",
                    "Bool", "bool",
                    "float", "float32",
                    "double", "float64",
                    "long int", "int64",
                    "int", "int32");

    private Wording() {}

    /// The shapes, numbers and types that `expected` names and `actual` does not. A shape counts as
    /// its sizes too; a number that only counts elements or axes of a named shape may be left out.
    static Set<String> missing(String expected, String actual) {
        Set<String> missing = new TreeSet<>();
        String rest = expected;
        for (Matcher m = LIST.matcher(expected); m.find(); ) {
            boolean named = actual.contains(m.group());
            if (!named && m.group(1) != null) {
                named = true;
                for (String size : m.group(1).split(", ")) {
                    named &= numbers(actual).contains(Double.parseDouble(size));
                }
            }
            if (!named) {
                missing.add(m.group());
            }
        }
        rest = LIST.matcher(rest).replaceAll(" ");
        for (Matcher m = PRODUCT.matcher(rest); m.find(); ) {
            String list = m.group().replace("x", ", ");
            boolean named = true;
            for (String size : list.split(", ")) {
                named &= numbers(actual).contains(Double.parseDouble(size));
            }
            if (!named) {
                missing.add("[" + list + "]");
            }
        }
        rest = PRODUCT.matcher(rest).replaceAll(" ");
        Set<Double> numbers = numbers(actual);
        for (Matcher m = NUMBER.matcher(rest); m.find(); ) {
            if (!numbers.contains(Double.parseDouble(m.group()))) {
                missing.add(m.group());
            }
        }
        for (Map.Entry<String, String> type : TYPES.entrySet()) {
            boolean named = Pattern.compile("\\b" + type.getKey() + "\\b").matcher(rest).find();
            if (named && !actual.contains(type.getValue()) && !actual.contains(type.getKey())) {
                missing.add(type.getValue());
            }
        }
        return missing;
    }

    private static Set<Double> numbers(String text) {
        Set<Double> all = new java.util.HashSet<>();
        for (Matcher m = Pattern.compile("-?\\d+(?:\\.\\d+)?").matcher(text); m.find(); ) {
            all.add(Double.parseDouble(m.group()));
            all.add(Math.abs(Double.parseDouble(m.group())));
        }
        return all;
    }

    /// A value as text, the same for recorded and actual ones.
    static String python(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case JsonNode n -> recorded(n);
            case Tensor t -> text(t);
            case List<?> list -> list.stream().map(Wording::python).toList().toString();
            case Number n -> String.valueOf(n.doubleValue());
            default -> value.toString();
        };
    }

    private static String recorded(JsonNode n) {
        if (n.isNull() || n.isMissingNode()) {
            return "None";
        }
        if (n.isNumber()) {
            return String.valueOf(n.doubleValue());
        }
        if (n.has("tensor")) {
            return text(RecordedTensor.read(n.get("tensor")));
        }
        if (n.has("float")) {
            return String.valueOf(Reference.number(n.get("float")));
        }
        if (n.has("dtype")) {
            return n.get("dtype").asText();
        }
        if (n.isArray()) {
            return Reference.elements(n).map(Wording::recorded).toList().toString();
        }
        if (n.has("list") || n.has("tuple") || n.has("size")) {
            List<String> all = new ArrayList<>();
            n.elements().next().forEach(e -> all.add(recorded(e)));
            return all.toString();
        }
        return n.isObject() ? n.toString() : n.asText();
    }

    private static String text(Tensor t) {
        return t.dtype() + " " + t.shape() + " " + Arrays.toString(t.detach().toDoubleArray());
    }
}
