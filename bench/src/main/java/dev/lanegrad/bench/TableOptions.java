package dev.lanegrad.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What a table is told.
///
/// @param forks processes for each row, `--forks N`
/// @param json the file for the figures, `--json FILE`, or empty
/// @param only the text that rows contain, `--only TEXT`
/// @param suite which rows, `--suite NAME`
/// @param threads how many threads share the work, `--threads N`
/// @param peers whether other libraries are measured beside ours, `--peers yes`
record TableOptions(int forks, String json, String only, String suite, int threads, boolean peers) {
    static TableOptions parse(String[] args) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": needs a value");
            }
            given.put(args[i], args[i + 1]);
        }
        TableOptions options =
                new TableOptions(
                        Integer.parseInt(take(given, "--forks", "3")),
                        take(given, "--json", ""),
                        take(given, "--only", ""),
                        take(given, "--suite", "fast"),
                        Integer.parseInt(take(given, "--threads", "1")),
                        take(given, "--peers", "no").equals("yes"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("no option is called " + given.keySet());
        }
        return options;
    }

    private static String take(Map<String, String> given, String name, String otherwise) {
        String value = given.remove(name);
        return value != null ? value : otherwise;
    }

    /// The first line of a table: where it was measured.
    static String machine(int threads) {
        return "%s, %d processors, threads in use: %d, Java %s"
                .formatted(
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        threads,
                        Runtime.version());
    }

    /// The processor's name where the system tells it.
    static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }
}
