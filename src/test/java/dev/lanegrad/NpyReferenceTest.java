package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.io.MalformedFileException;
import dev.lanegrad.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyReferenceTest {
    private static final String FOLDER = "goldens/npy";

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
        String foreign = foreignType(record);
        try {
            Map<String, Tensor> loaded = new LinkedHashMap<>();
            if (id.endsWith(".npz")) {
                loaded.putAll(Npy.readNpz(file));
            } else {
                loaded.put("", Npy.read(file));
            }
            if (expected.equals("refuse")) {
                tally.failed(id, "loaded, but " + record.get("reason").asText());
            } else {
                Map<String, String> texts = new TreeMap<>();
                loaded.forEach((name, t) -> texts.put(name, text(t)));
                tally.expect(id, recorded(record), texts);
            }
        } catch (MalformedFileException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.startsWith(file + ": ") || message.lines().count() != 1) {
                tally.failed(id, "the message is not one line that names the file: " + message);
            } else if (expected.equals("load")
                    && (foreign.isEmpty() || !message.contains(foreign))) {
                tally.failed(id, message);
            } else {
                tally.passed();
            }
        }
    }

    /// The type of an array that Lanegrad has not.
    private static String foreignType(JsonNode record) {
        JsonNode array = record.path("array");
        return array.has("np_dtype") && !array.hasNonNull("dtype") || isComplex(array)
                ? array.get("np_dtype").asText()
                : "";
    }

    private static boolean isComplex(JsonNode array) {
        return array.path("dtype").asText().startsWith("complex");
    }

    private static Map<String, String> recorded(JsonNode record) {
        Map<String, String> texts = new TreeMap<>();
        if (record.has("array")) {
            texts.put("", text(record.get("array")));
        }
        record.path("arrays").properties().forEach(e -> texts.put(e.getKey(), text(e.getValue())));
        return texts;
    }

    private static String text(JsonNode array) {
        DType dtype = DType.valueOf(array.get("dtype").asText().toUpperCase(Locale.ROOT));
        Shape shape = Shape.of(Reference.longs(array.get("shape")));
        double[] values = Reference.doubles(array.get("data"));
        double[] stored =
                dtype == DType.FLOAT64
                        ? values
                        : Arrays.stream(values).map(v -> (float) v).toArray();
        return dtype
                + " "
                + shape
                + " "
                + (dtype.isFloatingPoint()
                        ? Arrays.toString(stored)
                        : Arrays.toString(Reference.longs(array.get("data"))));
    }

    private static String text(Tensor t) {
        return t.dtype()
                + " "
                + t.shape()
                + " "
                + (t.dtype().isFloatingPoint()
                        ? Arrays.toString(t.toDoubleArray())
                        : Arrays.toString(t.toLongArray()));
    }
}
