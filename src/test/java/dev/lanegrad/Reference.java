package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Values recorded from PyTorch: files named as `goldens/print.jsonl`, found in the folder that
/// `-Dlanegrad.reference=DIR` names (an absolute path), or else among the test resources.
public final class Reference {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Reference() {}

    /// The records of a file with one JSON object a line.
    public static Stream<JsonNode> lines(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8).lines().map(Reference::parse);
    }

    /// A file that is one JSON value.
    public static JsonNode json(String file) {
        return parse(new String(bytes(file), StandardCharsets.UTF_8));
    }

    /// The names of the files in a folder that end like this, sorted.
    public static List<String> names(String folder, String ending) {
        try {
            String root = System.getProperty("lanegrad.reference");
            Path path =
                    root != null
                            ? Path.of(root, folder)
                            : Path.of(
                                    Objects.requireNonNull(
                                                    Reference.class.getResource(
                                                            "reference/" + folder))
                                            .toURI());
            try (Stream<Path> files = Files.list(path)) {
                return files.map(f -> f.getFileName().toString())
                        .filter(name -> name.endsWith(ending))
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file as it is.
    public static byte[] bytes(String file) {
        try {
            String folder = System.getProperty("lanegrad.reference");
            if (folder != null) {
                return Files.readAllBytes(Path.of(folder, file));
            }
            try (InputStream in = Reference.class.getResourceAsStream("reference/" + file)) {
                if (in == null) {
                    throw new IOException("no test resource dev/lanegrad/reference/" + file);
                }
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A recorded number: plain, or one of the texts `nan`, `inf`, `-inf`, `-0.0`.
    public static double number(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.asText()) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "-0.0" -> -0.0;
            case String text -> throw new IllegalArgumentException("not a number: " + text);
        };
    }

    /// A list of recorded numbers; true counts as 1.
    public static double[] doubles(JsonNode list) {
        return elements(list).mapToDouble(v -> v.isBoolean() ? v.asInt() : number(v)).toArray();
    }

    /// A list of recorded integers, exact beyond 2^53; true counts as 1.
    public static long[] longs(JsonNode list) {
        return elements(list).mapToLong(JsonNode::asLong).toArray();
    }

    /// The elements of a list.
    public static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /// The value of a JSON text.
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
