package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.io.MalformedFileException;
import dev.lanegrad.io.Pth;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PthReferenceTest {
    private static final String FOLDER = "goldens/pth";

    /// What a reader of tensors refuses although Python loads it, and says by which name.
    private static final Map<String, String> FOREIGN =
            Map.of("exotic_dtypes.pth", "torch.uint16", "misc_values.pth", "__builtin__.complex");

    @TempDir Path temp;

    @Test
    void soundFilesLoadExactlyAndHostileOnesAreRefused() {
        Tally tally = new Tally(FOLDER);
        Reference.names(FOLDER, ".json")
                .forEach(name -> {
                    JsonNode record = Reference.json(FOLDER + "/" + name);
                    String id = record.get("file").asText();
                    try {
                        Path file =
                                Files.write(temp.resolve(id), Reference.bytes(FOLDER + "/" + id));
                        judge(tally, id, record, file);
                    } catch (IOException e) {
                        tally.failed(id, e.toString());
                    }
                });
        tally.report();
    }

    private static void judge(Tally tally, String id, JsonNode record, Path file)
            throws IOException {
        String expected = record.get("expected").asText();
        try {
            Object value = Pth.read(file);
            if (expected.equals("refuse")) {
                tally.failed(id, "loaded, but " + record.get("reason").asText());
            } else if (record.has("contents")) {
                tally.expect(
                        id, new Recorded().text(record.get("contents")), new Loaded().text(value));
            } else {
                tally.passed();
            }
        } catch (MalformedFileException e) {
            String message = String.valueOf(e.getMessage());
            String foreign = FOREIGN.get(id);
            if (!message.startsWith(file + ": ") || message.lines().count() != 1) {
                tally.failed(id, "the message is not one line that names the file: " + message);
            } else if (foreign != null && message.contains(foreign)) {
                tally.argued();
            } else if (expected.equals("load")) {
                tally.failed(id, message);
            } else {
                tally.passed();
            }
        }
    }

    /// A recorded value as text.
    private static final class Recorded {
        String text(JsonNode value) {
            return switch (value.path("type").asText()) {
                case "" -> value.isTextual() ? '"' + value.asText() + '"' : value.asText();
                case "float" -> Double.toString(Reference.number(value.get("value")));
                case "int" -> value.get("value").asText();
                case "dict", "OrderedDict" -> dict(value.get("items"));
                case "list" -> list(value);
                case "tuple" -> "tuple" + list(value);
                case "torch.Size" -> "size" + Arrays.toString(Reference.longs(value.get("items")));
                case "bytes" -> "bytes " + value.get("hex").asText();
                case "tensor" -> tensor(value);
                case String other -> throw new IllegalArgumentException(other);
            };
        }

        private String dict(JsonNode items) {
            List<String> texts = new ArrayList<>();
            items.forEach(item -> texts.add(text(item.get(0)) + ": " + text(item.get(1))));
            return "{" + String.join(", ", texts) + "}";
        }

        private String list(JsonNode value) {
            return Reference.elements(value.get("items")).map(this::text).toList().toString();
        }

        private static String tensor(JsonNode t) {
            DType dtype = DType.valueOf(t.get("dtype").asText().toUpperCase(Locale.ROOT));
            double[] values = Reference.doubles(t.get("data"));
            String data =
                    !dtype.isFloatingPoint()
                            ? Arrays.toString(Reference.longs(t.get("data")))
                            : Arrays.toString(
                                    dtype == DType.FLOAT64
                                            ? values
                                            : Arrays.stream(values).map(v -> (float) v).toArray());
            return "%s %s by %s from %d in storage %d%s%s %s"
                    .formatted(
                            dtype,
                            Arrays.toString(Reference.longs(t.get("shape"))),
                            Arrays.toString(Reference.longs(t.get("stride"))),
                            t.get("storage_offset").asLong(),
                            t.get("storage").asLong(),
                            t.path("requires_grad").asBoolean() ? " requires_grad" : "",
                            t.path("parameter").asBoolean() ? " parameter" : "",
                            data);
        }
    }

    /// A loaded value as text.
    private static final class Loaded {
        private final Map<Storage, Integer> storages = new IdentityHashMap<>();

        String text(Object value) {
            return switch (value) {
                case null -> "null";
                case String s -> '"' + s + '"';
                case Boolean b -> b.toString();
                case Long n -> n.toString();
                case BigInteger n -> n.toString();
                case Double x -> x.toString();
                case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
                case Shape shape -> "size" + shape;
                case Tensor t -> tensor(t);
                case Map<?, ?> map -> {
                    List<String> texts = new ArrayList<>();
                    map.forEach((k, v) -> texts.add(text(k) + ": " + text(v)));
                    yield "{" + String.join(", ", texts) + "}";
                }
                case List<?> list -> {
                    String texts = list.stream().map(this::text).toList().toString();
                    yield list instanceof ArrayList<?> ? texts : "tuple" + texts;
                }
                case Set<?> set -> "set" + set;
                default -> throw new AssertionError(value.getClass());
            };
        }

        private String tensor(Tensor t) {
            int number = storages.computeIfAbsent(t.storage(), _ -> storages.size());
            String values =
                    t.dtype().isFloatingPoint()
                            ? Arrays.toString(t.toDoubleArray())
                            : Arrays.toString(t.toLongArray());
            return "%s %s by %s from %d in storage %d%s%s %s"
                    .formatted(
                            t.dtype(),
                            t.shape(),
                            Arrays.toString(t.stride()),
                            t.storageOffset(),
                            number,
                            t.requiresGrad() ? " requires_grad" : "",
                            t.toString().startsWith("Parameter") ? " parameter" : "",
                            values);
        }
    }
}
