package dev.lanegrad.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/// A file with a line for each epoch: CSV with a line of names, or one JSON object a line if its
/// name ends in `.json` or `.jsonl`. Lines are added to a file that is there already.
public record TrainingLog(Path file) {
    /// Adds a line.
    ///
    /// @throws IOException if the file cannot be written
    public void add(EpochReport report) throws IOException {
        String name = String.valueOf(file.getFileName());
        String lines =
                name.endsWith(".json") || name.endsWith(".jsonl") ? json(report) : csv(report);
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String csv(EpochReport report) throws IOException {
        var values = report.values();
        String line =
                values.values().stream().map(String::valueOf).collect(Collectors.joining(","));
        boolean isNew = !Files.exists(file) || Files.size(file) == 0;
        return (isNew ? String.join(",", values.keySet()) + "\n" : "") + line + "\n";
    }

    private static String json(EpochReport report) {
        List<String> fields =
                report.values().entrySet().stream()
                        .map(e -> "\"%s\": %s".formatted(quoted(e.getKey()), json(e.getValue())))
                        .toList();
        return "{" + String.join(", ", fields) + "}\n";
    }

    private static String quoted(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// JSON has no numbers that are not finite.
    private static String json(Number value) {
        return Double.isFinite(value.doubleValue()) ? value.toString() : "null";
    }
}
