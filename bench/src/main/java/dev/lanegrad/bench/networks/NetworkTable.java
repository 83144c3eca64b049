package dev.lanegrad.bench.networks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.bench.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/// Prints how fast whole networks run, and what memory they take, beside other libraries.
///
/// Every row runs in processes of its own, of each library in turn; the figure is the median of all
/// steps of all processes. Results of the first step are held against each other.
///
/// Options: `--forks N` processes for each row and library (default 2), `--seconds S` measured in
/// each (default 4), `--only TEXT` keeps the rows whose name contains TEXT, `--threads N`, `--json
/// FILE`, `--peers yes`.
public final class NetworkTable {
    /// Megabytes from which on ours has tensors that are larger than half of G1's regions.
    private static final int LARGE_HEAP = 400;

    /// Two libraries did not do the same.
    private static final class DisagreementException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DisagreementException(String message) {
            super(message);
        }
    }

    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<Map<String, Object>> json = new ArrayList<>();

    private NetworkTable(String[] args) {
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
    }

    private String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /// Runs the rows.
    public static void main(String[] args) throws IOException, InterruptedException {
        new NetworkTable(args).run(System.out);
    }

    private void run(PrintStream out) throws IOException, InterruptedException {
        List<NetworkRow> rows =
                NetworkRow.ROWS.stream()
                        .filter(r -> r.name().contains(option("--only", "")))
                        .toList();
        out.printf(
                "threads: %s, Java %s%n%-24s %-30s %12s %9s %10s%n",
                option("--threads", "1"),
                Runtime.version(),
                "row",
                "library",
                "ms",
                "peak MB",
                "KB a step");
        for (NetworkRow row : rows) {
            try {
                print(row, measure(row), out);
            } catch (DisagreementException e) {
                out.printf("%-24s no times: %s%n", row.name(), e.getMessage());
            }
        }
        String file = option("--json", "");
        if (!file.isEmpty()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(file).toFile(), json);
        }
    }

    /// What each library's processes measured, ours under the empty name.
    private Map<String, List<Measured>> measure(NetworkRow row)
            throws IOException, InterruptedException {
        Map<String, List<Measured>> found = new LinkedHashMap<>();
        found.put("", new ArrayList<>());
        if (option("--peers", "no").equals("yes")) {
            ServiceLoader.load(NetworkPeers.class)
                    .findFirst()
                    .orElseThrow()
                    .names(row)
                    .forEach(name -> found.put(name, new ArrayList<>()));
            Python.names(row).forEach(name -> found.put(name, new ArrayList<>()));
        }
        for (int fork = 0; fork < Integer.parseInt(option("--forks", "2")); fork++) {
            for (Map.Entry<String, List<Measured>> e : found.entrySet()) {
                System.err.println(row.name() + " " + e.getKey() + " ...");
                e.getValue().add(process(row, e.getKey()));
            }
        }
        if (row.kind() != NetworkRow.Kind.START) {
            agree(row, found);
        }
        return found;
    }

    private Measured process(NetworkRow row, String library)
            throws IOException, InterruptedException {
        List<String> command =
                Python.runs(library)
                        ? Python.command(
                                row, library, option("--threads", "1"), option("--seconds", "4"))
                        : command(row, library);
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            double nanos = System.nanoTime() - start;
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException(row.name() + " " + library + " failed");
            }
            Measured measured = Measured.parse(line);
            return row.kind() == NetworkRow.Kind.START ? measured.in(nanos) : measured;
        }
    }

    private List<String> command(NetworkRow row, String library) {
        int heap = heap(row, library);
        List<String> limits =
                List.of(
                        collector(heap),
                        "-Xmx" + heap + "m",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", // none of the binding's own
                        "-Dorg.bytedeco.javacpp.maxBytes=0");
        String threads = option("--threads", "1");
        String seconds = option("--seconds", "4");
        return ChildJvm.command(limits, NetworkRun.class, row.name(), library, threads, seconds);
    }

    /// A peer needs the heap for its input only.
    private static int heap(NetworkRow row, String library) {
        return library.isEmpty() ? row.heapMegabytes() : 128;
    }

    /// The serial collector needs the least memory; G1 lets large arrays begin at cache lines.
    private static String collector(int heapMegabytes) {
        return heapMegabytes < LARGE_HEAP ? "-XX:+UseSerialGC" : "-XX:+UseG1GC";
    }

    private static void agree(NetworkRow row, Map<String, List<Measured>> found) {
        float[] ours = requireNonNull(found.get("")).getFirst().values();
        found.forEach((library, all) -> {
            float[] theirs = all.getFirst().values();
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < ours.length; i++) {
                largest = Math.max(largest, Math.abs(ours[i]));
                difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
            }
            if (!(difference <= row.tolerance() * largest)) {
                throw new DisagreementException(
                        "%s differs by %g beside values up to %g"
                                .formatted(library, difference, largest));
            }
        });
    }

    private void print(NetworkRow row, Map<String, List<Measured>> found, PrintStream out) {
        double ours = Measured.nanos(requireNonNull(found.get("")));
        double best = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, List<Measured>> e : found.entrySet()) {
            boolean own = e.getKey().isEmpty();
            double nanos = Measured.nanos(e.getValue());
            best = own ? best : Math.min(best, nanos);
            Measured last = e.getValue().getLast();
            out.printf(
                    Locale.ROOT,
                    "%-24s %-30s %12.4f %9.0f %10s%n",
                    own ? row.name() : "",
                    own ? "Lanegrad, heap %d MB".formatted(row.heapMegabytes()) : e.getKey(),
                    nanos * 1e-6,
                    last.residentKilobytes() / 1024.0,
                    own ? "%.1f".formatted(last.bytes() / 1024.0) : "");
            json.add(json(row, e.getKey(), e.getValue(), nanos));
        }
        if (best < Double.POSITIVE_INFINITY) {
            out.printf(
                    Locale.ROOT,
                    "%-24s ours is %.2f times as fast as the fastest; target %.1f%n",
                    "",
                    best / ours,
                    row.target());
        }
    }

    private static Map<String, Object> json(
            NetworkRow row, String library, List<Measured> all, double nanos) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("row", row.name());
        entry.put("library", library.isEmpty() ? "Lanegrad" : library);
        entry.put("medianNanos", nanos);
        entry.put("residentKilobytes", all.getLast().residentKilobytes());
        entry.put("bytesPerStep", all.getLast().bytes());
        entry.put("nanos", all.stream().map(Measured::nanos).toList());
        return entry;
    }
}
