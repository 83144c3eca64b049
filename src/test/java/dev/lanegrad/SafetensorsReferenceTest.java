package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.io.MalformedFileException;
import dev.lanegrad.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsReferenceTest {
    private static final String FOLDER = "goldens/safetensors";

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
        List<String> exotic = unsupportedTypes(record);
        try {
            Safetensors.Contents contents = Safetensors.read(file);
            if (expected.equals("refuse")) {
                tally.failed(id, "loaded, but " + record.get("reason").asText());
            } else if (expected.equals("either")) {
                tally.passed();
            } else {
                tally.expect(id, recorded(record), loaded(contents));
            }
        } catch (MalformedFileException e) {
            String message = String.valueOf(e.getMessage());
            boolean namesType = exotic.stream().anyMatch(message::contains);
            if (!message.startsWith(file + ": ")) {
                tally.failed(id, "the message does not name the file: " + message);
            } else if (expected.equals("load") && !namesType) {
                tally.failed(id, message);
            } else {
                tally.passed();
            }
        }
    }

    /// Types that Lanegrad has not, of which a refusal names one.
    private static List<String> unsupportedTypes(JsonNode record) {
        List<String> types = new ArrayList<>();
        for (JsonNode tensor : record.path("tensors")) {
            if (!tensor.has("dtype")) {
                types.add("dtype \"" + tensor.get("st_dtype").asText() + "\"");
            }
        }
        return types;
    }

    private static Map<String, String> recorded(JsonNode record) {
        Map<String, String> all = new TreeMap<>();
        for (var tensor : record.get("tensors").properties()) {
            JsonNode t = tensor.getValue();
            DType dtype = DType.valueOf(t.get("dtype").asText().toUpperCase(Locale.ROOT));
            Shape shape = Shape.of(Reference.longs(t.get("shape")));
            String values =
                    dtype.isFloatingPoint()
                            ? Arrays.toString(rounded(Reference.doubles(t.get("data")), dtype))
                            : Arrays.toString(Reference.longs(t.get("data")));
            all.put(tensor.getKey(), dtype + " " + shape + " " + values);
        }
        for (var text : record.path("metadata").properties()) {
            all.put("metadata " + text.getKey(), text.getValue().asText());
        }
        return all;
    }

    /// As float32 holds the values; the narrower types' are recorded exactly.
    private static double[] rounded(double[] values, DType dtype) {
        return dtype == DType.FLOAT64
                ? values
                : Arrays.stream(values).map(v -> (float) v).toArray();
    }

    private static Map<String, String> loaded(Safetensors.Contents contents) {
        Map<String, String> all = new TreeMap<>();
        contents.tensors()
                .forEach((name, t) -> {
                    String values =
                            t.dtype().isFloatingPoint()
                                    ? Arrays.toString(t.toDoubleArray())
                                    : Arrays.toString(t.toLongArray());
                    all.put(name, t.dtype() + " " + t.shape() + " " + values);
                });
        contents.metadata().forEach((name, text) -> all.put("metadata " + name, text));
        return all;
    }
}
