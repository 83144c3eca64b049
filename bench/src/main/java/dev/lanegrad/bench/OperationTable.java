package dev.lanegrad.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Prints how long tensor operations take at 64 Ki and 1 Mi elements, on one thread, beside a peer.
///
/// Options: those of [TableOptions]; `--suite` is the table, `ops` or `tensors`.
public final class OperationTable {
    private OperationTable() {}

    /// Runs [OperationRun] in one process after the other.
    public static void main(String[] args) throws IOException, InterruptedException {
        TableOptions options = TableOptions.parse(args);
        List<OperationFigures> all = new ArrayList<>();
        for (int f = 0; f < options.forks(); f++) {
            System.err.println("process " + (f + 1) + " of " + options.forks() + " ...");
            List<OperationFigures> run = run(options);
            if (all.isEmpty()) {
                all.addAll(run);
            } else {
                for (int i = 0; i < run.size(); i++) {
                    all.get(i).add(run.get(i));
                }
            }
        }
        System.out.println(TableOptions.machine(1));
        if (options.peers()) {
            System.out.println(Peers.load().describe());
        }
        print(all, System.out);
        if (!options.json().isEmpty()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(options.json()).toFile(), all);
        }
    }

    private static List<OperationFigures> run(TableOptions options)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("lanegrad-bench", ".json");
        try {
            Process process =
                    new ProcessBuilder(
                                    ChildJvm.command(
                                            List.of(),
                                            OperationRun.class,
                                            options.suite(),
                                            options.peers() ? "yes" : "no",
                                            options.only(),
                                            file.toString()))
                            .inheritIO()
                            .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("a process ended with exit code " + code);
            }
            return new ObjectMapper()
                    .readValue(file.toFile(), new TypeReference<List<OperationFigures>>() {});
        } finally {
            Files.delete(file);
        }
    }

    /// A line a row with both sizes, then the means by group.
    private static void print(List<OperationFigures> all, PrintStream out) {
        Map<String, List<OperationFigures>> lines = new LinkedHashMap<>();
        for (OperationFigures f : all) {
            lines.computeIfAbsent(f.group() + " " + f.name(), _ -> new ArrayList<>()).add(f);
        }
        out.printf("%-11s %-22s %-4s %27s %29s%n", "", "", "", "64 Ki elements", "1 Mi elements");
        out.printf(
                "%-11s %-22s %-4s %9s %9s %7s  %10s %10s %7s%n",
                "group", "operation", "peer", "µs", "peer's", "times", "µs", "peer's", "times");
        for (List<OperationFigures> line : lines.values()) {
            OperationFigures first = line.getFirst();
            StringBuilder text =
                    new StringBuilder(
                            "%-11s %-22s %-4s"
                                    .formatted(first.group(), first.name(), first.form()));
            for (OperationFigures f : line) {
                text.append(cells(f));
            }
            if (line.stream().anyMatch(f -> f.compares() && !f.met())) {
                text.append("  below ").append(first.target());
            }
            out.println(text);
        }
        if (all.stream().anyMatch(OperationFigures::compares)) {
            printMeans(all, out);
        }
    }

    private static String cells(OperationFigures f) {
        if (!f.problem().isEmpty()) {
            return " " + f.problem() + ";";
        }
        String ours = String.format(Locale.ROOT, " %9.1f", f.oursMicros());
        return f.compares()
                ? ours + String.format(Locale.ROOT, " %9.1f %7.2f ", f.theirsMicros(), f.ratio())
                : ours;
    }

    private static void printMeans(List<OperationFigures> all, PrintStream out) {
        out.printf("%n%-11s %11s %16s %16s%n", "", "target met", "mean at 64 Ki", "mean at 1 Mi");
        all.stream()
                .map(OperationFigures::group)
                .distinct()
                .forEach(group -> printMean(group, all, f -> f.group().equals(group), out));
        printMean("all", all, _ -> true, out);
    }

    private static void printMean(
            String name,
            List<OperationFigures> all,
            Predicate<OperationFigures> which,
            PrintStream out) {
        List<OperationFigures> rows =
                all.stream().filter(which).filter(OperationFigures::compares).toList();
        out.printf(
                Locale.ROOT,
                "%-11s %4d of %4d %16.2f %16.2f%n",
                name,
                rows.stream().filter(OperationFigures::met).count(),
                rows.size(),
                geometricMean(rows, 1 << 16),
                geometricMean(rows, 1 << 20));
    }

    private static double geometricMean(List<OperationFigures> rows, int elements) {
        return Math.exp(
                rows.stream()
                        .filter(f -> f.elements() == elements)
                        .mapToDouble(f -> Math.log(f.ratio()))
                        .average()
                        .orElse(Double.NaN));
    }
}
