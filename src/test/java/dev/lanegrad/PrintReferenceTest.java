package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrintReferenceTest {
    private static final String FILE = "goldens/print.jsonl";

    /// A number in a format, and what follows it.
    private static final Pattern F_STRING =
            Pattern.compile("f\"\\{torch\\.tensor\\((-?[\\d.]+)\\):([\\d.]*f)}(.*)\"");

    /// Programs whose result differs on purpose, and why.
    private static final Map<String, String> ARGUED =
            Map.of(
                    "torch.strided",
                    "every tensor is strided: a name for the one memory layout would say nothing");

    @Test
    void tensorsPrintAsInPyTorch() {
        Tally tally = new Tally(FILE);
        Reference.lines(FILE)
                .forEach(record -> {
                    String expected = record.get("expected").asText().replace("torch.", "");
                    if (ARGUED.containsKey(record.path("code").asText())) {
                        tally.argued();
                        return;
                    }
                    tally.expect(record.get("id").asText(), expected, printed(record));
                });
        tally.report();
    }

    @Test
    void limitsPrintSixDigits() {
        assertEquals(
                "finfo(resolution=0.01, min=-3.38953e+38, max=3.38953e+38, eps=0.0078125,"
                        + " smallest_normal=1.17549e-38, tiny=1.17549e-38, dtype=bfloat16)",
                FloatInfo.of(DType.BFLOAT16).toString());
        assertEquals(
                "finfo(resolution=0.001, min=-65504, max=65504, eps=0.000976562,"
                        + " smallest_normal=6.10352e-05, tiny=6.10352e-05, dtype=float16)",
                FloatInfo.of(DType.FLOAT16).toString());
        assertThrows(IllegalArgumentException.class, () -> FloatInfo.of(DType.INT8));
        assertThrows(IllegalArgumentException.class, () -> IntegerInfo.of(DType.BOOL));
    }

    private static String printed(JsonNode record) {
        if (!record.has("data")) {
            return otherText(record);
        }
        DType defaultDType = dtype(record.path("default_dtype").asText("float32"));
        String text =
                TensorText.format(
                        new RowMajor(
                                dtype(record.get("dtype").asText()),
                                record.get("shape"),
                                Reference.elements(record.get("data")).toList()),
                        origin(record),
                        defaultDType,
                        options(record.path("options")));
        return record.path("parameter").asBoolean() ? TensorText.parameter(text) : text;
    }

    private static String otherText(JsonNode record) {
        Matcher formatted = F_STRING.matcher(record.get("code").asText());
        if (formatted.matches()) {
            Tensor t = Tensor.scalar(Float.parseFloat(formatted.group(1)));
            return String.format(Locale.ROOT, "%" + formatted.group(2), t.item())
                    + formatted.group(3);
        }
        JsonNode steps = record.get("steps");
        Object value = new Interpreter(record.get("inputs")).run(steps);
        if (value instanceof ValuesAndIndices v) {
            String op = steps.get(steps.size() - 1).get("op").asText();
            return "return_types.%s(\nvalues=%s,\nindices=%s)"
                    .formatted(op.substring(op.indexOf('.') + 1), v.values(), v.indices());
        }
        return PythonRepr.of(value);
    }

    private static List<String> origin(JsonNode record) {
        if (record.hasNonNull("grad_fn")) {
            return List.of("grad_fn=<" + record.get("grad_fn").asText() + ">");
        }
        return record.get("requires_grad").asBoolean() ? List.of("requires_grad=True") : List.of();
    }

    private static DType dtype(String name) {
        return DType.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// As `set_printoptions` reads its arguments: a profile first, then the rest over it.
    private static PrintOptions options(JsonNode arguments) {
        PrintOptions options =
                switch (arguments.path("profile").asText("default")) {
                    case "short" -> PrintOptions.brief();
                    case "full" -> PrintOptions.full();
                    default -> PrintOptions.defaults();
                };
        for (var argument : arguments.properties()) {
            JsonNode value = argument.getValue();
            options =
                    switch (argument.getKey()) {
                        case "profile" -> options;
                        case "precision" -> options.precision(value.asInt());
                        case "threshold" -> options.threshold(value.asLong());
                        case "edgeitems" -> options.edgeItems(value.asInt());
                        case "linewidth" -> options.lineWidth(value.asInt());
                        case "sci_mode" -> options.sciMode(value.asBoolean());
                        case String other -> throw new IllegalArgumentException(other);
                    };
        }
        return options;
    }

    /// Recorded elements in logical order; a float32 is rounded as it would be stored.
    private record RowMajor(DType dtype, JsonNode shape, List<JsonNode> data) implements Printable {
        @Override
        public long[] sizes() {
            return Reference.longs(shape);
        }

        @Override
        public double doubleAt(long... index) {
            double value = Reference.number(element(index));
            return dtype == DType.FLOAT32 ? (float) value : value;
        }

        @Override
        public long longAt(long... index) {
            return element(index).asLong();
        }

        private JsonNode element(long[] index) {
            long[] sizes = sizes();
            long flat = 0;
            for (int axis = 0; axis < sizes.length; axis++) {
                flat = flat * sizes[axis] + index[axis];
            }
            return data.get((int) flat);
        }
    }
}
