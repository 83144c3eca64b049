package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PrintReferenceTest {
    private static final String FILE = "goldens/print.jsonl";

    @Test
    void tensorsPrintAsInPyTorch() {
        Tally tally = new Tally(FILE);
        Reference.lines(FILE)
                .forEach(record -> {
                    if (record.has("data")) {
                        String expected = record.get("expected").asText();
                        String id = record.get("id").asText();
                        tally.expect(id, expected.replace("torch.", ""), printed(record));
                    } else {
                        tally.notImplemented();
                    }
                });
        tally.report();
    }

    private static String printed(JsonNode record) {
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
