package dev.lanegrad.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Prints what the kernels reach, as a share of the peak measured around each iteration, beside the
/// floor that each must keep.
///
/// Options: `--forks N` processes for each kernel (default 3, taken in turns), `--json FILE` writes
/// the table's figures, `--only TEXT` keeps the rows whose kernel or shape contains TEXT, `--suite
/// floors|fast|all` takes the rows that must keep a floor, those and the same layers by Winograd's
/// algorithm, or all, `--threads N` is how many threads share the work, `--peers yes` measures
/// other libraries beside ours, process by process.
public final class KernelTable {
    /// What was measured for a row: ours, and each peer's by its name.
    private record Entry(Figures ours, Map<String, Figures> peers) {}

    private KernelTable() {}

    private record Options(
            int forks, String json, String only, String suite, int threads, boolean peers) {
        static Options parse(String[] args) {
            Map<String, String> given = new LinkedHashMap<>();
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + ": needs a value");
                }
                given.put(args[i], args[i + 1]);
            }
            Options options =
                    new Options(
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
    }

    /// Runs the benchmarks and ends with exit code 1 if a floor is missed.
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args);
        Peers peers = options.peers() ? peers() : null;
        Map<KernelRow, Entry> table = new LinkedHashMap<>();
        for (KernelRow row : rows(options.suite())) {
            if (row.kernel().contains(options.only()) || row.shape().contains(options.only())) {
                table.put(row, new Entry(Figures.none(), new LinkedHashMap<>()));
            }
        }
        for (int f = 0; f < options.forks(); f++) {
            table.forEach((row, entry) -> measure(row, entry, peers, options.threads()));
        }
        System.out.printf(
                "%s, %d processors, threads in use: %d, Java %s%n",
                cpu(), processors(), options.threads(), Runtime.version());
        if (peers != null) {
            System.out.println(peers.describe());
        }
        boolean kept = print(table, System.out);
        if (!options.json().isEmpty()) {
            write(table, Path.of(options.json()));
        }
        System.exit(kept ? 0 : 1);
    }

    /// One process more for ours and for each peer.
    private static void measure(KernelRow row, Entry entry, @Nullable Peers peers, int threads) {
        measure(row, row.benchmark(), "", threads, entry.ours());
        if (peers != null) {
            peers.benchmarks(row.bench(), row.method())
                    .forEach((name, benchmark) -> {
                        var theirs = entry.peers().computeIfAbsent(name, _ -> Figures.none());
                        measure(row, benchmark, name, threads, theirs);
                    });
        }
    }

    private static Peers peers() {
        try {
            return ServiceLoader.load(Peers.class).findFirst().orElseThrow();
        } catch (NoSuchElementException | ServiceConfigurationError e) {
            throw new IllegalStateException("--peers: the benchmarks are built without -Ppeers", e);
        }
    }

    private static List<KernelRow> rows(String suite) {
        List<KernelRow> rows = new ArrayList<>(KernelRow.floors());
        if (!suite.equals("floors")) {
            rows.addAll(KernelRow.fast());
        }
        if (suite.equals("all")) {
            rows.addAll(KernelRow.others());
        }
        return rows;
    }

    /// One process more.
    private static void measure(
            KernelRow row, String benchmark, String peer, int threads, Figures figures) {
        System.err.println(row.kernel() + " " + row.shape() + " " + peer + " ...");
        var builder =
                new OptionsBuilder()
                        .include("^" + benchmark.replace(".", "\\.") + "$")
                        .param("shape", row.shape())
                        .forks(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsPrepend("-Dlanegrad.threads=" + threads);
        if (peer.isEmpty()) {
            row.more().forEach(builder::param);
        }
        var options = builder.build();
        try {
            for (RunResult run : new Runner(options).run()) {
                for (BenchmarkResult result : run.getBenchmarkResults()) {
                    for (IterationResult i : result.getIterationResults()) {
                        figures.nanos().add(i.getPrimaryResult().getScore());
                        figures.peaks()
                                .add(
                                        requireNonNull(i.getSecondaryResults().get("peakGflops"))
                                                .getScore());
                    }
                }
            }
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark + " " + row.shape() + " failed", e);
        }
    }

    private static boolean print(Map<KernelRow, Entry> table, PrintStream out) {
        boolean kept = true;
        out.printf(
                "%-13s %-22s %9s %9s %7s %7s %6s%n",
                "kernel", "shape", "ms", "GFLOP/s", "% peak", "best %", "floor");
        for (Map.Entry<KernelRow, Entry> e : table.entrySet()) {
            KernelRow row = e.getKey();
            double gflops = e.getValue().ours().gflops(row);
            double[] shares = e.getValue().ours().shares(row);
            double share = e.getValue().ours().share(row);
            boolean ok = share >= row.floor();
            kept &= ok;
            out.printf(
                    Locale.ROOT,
                    "%-13s %-22s %9.4f %9.1f %7.1f %7.1f %s%n",
                    row.kernel(),
                    row.shape(),
                    row.flop() / gflops / 1e6,
                    gflops,
                    share,
                    shares[shares.length - 1],
                    row.floor() == 0 ? "" : row.floor() + "% " + (ok ? "ok" : "MISSED"));
            e.getValue()
                    .peers()
                    .forEach((name, theirs) -> printPeer(name, theirs, row, share, out));
        }
        return kept;
    }

    private static void printPeer(
            String name, Figures theirs, KernelRow row, double ours, PrintStream out) {
        double gflops = theirs.gflops(row);
        double[] shares = theirs.shares(row);
        double share = theirs.share(row);
        out.printf(
                Locale.ROOT,
                "  %-34s %9.4f %9.1f %7.1f %7.1f   ours is %.2f times as fast%n",
                name,
                row.flop() / gflops / 1e6,
                gflops,
                share,
                shares[shares.length - 1],
                ours / share);
    }

    /// The processor's name where the system tells it.
    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void write(Map<KernelRow, Entry> table, Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map.Entry<KernelRow, Entry> e : table.entrySet()) {
            KernelRow key = e.getKey();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kernel", key.kernel());
            row.put("shape", key.shape());
            row.put("floor", key.floor());
            row.putAll(e.getValue().ours().json(key));
            Map<String, Object> peers = new LinkedHashMap<>();
            e.getValue().peers().forEach((name, figures) -> peers.put(name, figures.json(key)));
            row.put("peers", peers);
            rows.add(row);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), rows);
    }
}
