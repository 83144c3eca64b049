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
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
/// the table's figures, `--only TEXT` keeps the rows whose kernel or shape contains TEXT, `--peers
/// yes` measures other libraries beside ours, process by process.
public final class KernelTable {
    /// A row: benchmark, method, shape, and the least share of the peak in percent (0: none).
    private record Row(Class<?> bench, String method, String shape, int floor) {
        String benchmark() {
            return bench.getName() + "." + method;
        }

        String kernel() {
            return bench == GemmBench.class ? "sgemm" : method;
        }

        double flop() {
            if (bench == GemmBench.class) {
                int[] s = GemmBench.size(shape);
                return 2.0 * s[0] * s[1] * s[2];
            }
            return ConvLayer.flop(ConvLayer.shape(shape));
        }
    }

    /// The iterations of a row over all its processes.
    private record Figures(List<Double> nanos, List<Double> peaks) {
        static Figures none() {
            return new Figures(new ArrayList<>(), new ArrayList<>());
        }

        /// GFLOP/s of each iteration, in ascending order.
        double[] speeds(double flop) {
            return sorted(flop, i -> 1);
        }

        /// Percent of the peak beside each iteration, in ascending order.
        double[] shares(double flop) {
            return sorted(flop, i -> peaks.get(i) / 100);
        }

        private double[] sorted(double flop, IntToDoubleFunction unit) {
            return IntStream.range(0, nanos.size())
                    .mapToDouble(i -> flop / nanos.get(i) / unit.applyAsDouble(i))
                    .sorted()
                    .toArray();
        }
    }

    /// What was measured for a row: ours, and each peer's by its name.
    private record Entry(Figures ours, Map<String, Figures> peers) {}

    private static double median(double[] ascending) {
        int half = ascending.length / 2;
        return ascending.length % 2 == 1
                ? ascending[half]
                : (ascending[half - 1] + ascending[half]) / 2;
    }

    private static final List<String> STAGES = List.of("conv2_x", "conv3_x", "conv4_x", "conv5_x");

    private KernelTable() {}

    /// Runs the benchmarks and ends with exit code 1 if a floor is missed.
    public static void main(String[] args) throws IOException {
        int forks = 3;
        String json = "";
        String only = "";
        boolean withPeers = false;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": needs a value");
            }
            switch (args[i]) {
                case "--forks" -> forks = Integer.parseInt(args[i + 1]);
                case "--json" -> json = args[i + 1];
                case "--only" -> only = args[i + 1];
                case "--peers" -> withPeers = args[i + 1].equals("yes");
                default -> throw new IllegalArgumentException("no option is called " + args[i]);
            }
        }
        Peers peers = withPeers ? peers() : null;
        Map<Row, Entry> table = new LinkedHashMap<>();
        for (Row row : rows()) {
            if (row.kernel().contains(only) || row.shape().contains(only)) {
                table.put(row, new Entry(Figures.none(), new LinkedHashMap<>()));
            }
        }
        for (int f = 0; f < forks; f++) {
            for (Map.Entry<Row, Entry> e : table.entrySet()) {
                Row row = e.getKey();
                measure(row, row.benchmark(), "", e.getValue().ours());
                if (peers != null) {
                    peers.benchmarks(row.bench(), row.method())
                            .forEach((name, benchmark) ->
                                    measure(
                                            row,
                                            benchmark,
                                            name,
                                            e.getValue()
                                                    .peers()
                                                    .computeIfAbsent(name, _ -> Figures.none())));
                }
            }
        }
        System.out.printf("%s, %d processors, Java %s%n", cpu(), processors(), Runtime.version());
        if (peers != null) {
            System.out.println(peers.describe());
        }
        boolean kept = print(table, System.out);
        if (!json.isEmpty()) {
            write(table, Path.of(json));
        }
        System.exit(kept ? 0 : 1);
    }

    private static Peers peers() {
        try {
            return ServiceLoader.load(Peers.class).findFirst().orElseThrow();
        } catch (NoSuchElementException | ServiceConfigurationError e) {
            throw new IllegalStateException("--peers: the benchmarks are built without -Ppeers", e);
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(GemmBench.class, "ab", "64x64x64", 75));
        rows.add(new Row(GemmBench.class, "ab", "1024x1024x1024", 80));
        for (String method : List.of("forward", "gradInput", "gradWeight")) {
            for (String stage : STAGES) {
                int floor = method.equals("forward") ? 75 : 60;
                rows.add(new Row(ConvBench.class, method, stage + " 3x3 s1 b16", floor));
            }
        }
        return rows;
    }

    /// One process more.
    private static void measure(Row row, String benchmark, String peer, Figures figures) {
        System.err.println(row.kernel() + " " + row.shape() + " " + peer + " ...");
        var options =
                new OptionsBuilder()
                        .include("^" + benchmark.replace(".", "\\.") + "$")
                        .param("shape", row.shape())
                        .forks(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
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

    private static boolean print(Map<Row, Entry> table, PrintStream out) {
        boolean kept = true;
        out.printf(
                "%-11s %-20s %9s %9s %7s %7s %6s%n",
                "kernel", "shape", "ms", "GFLOP/s", "% peak", "best %", "floor");
        for (Map.Entry<Row, Entry> e : table.entrySet()) {
            Row row = e.getKey();
            double gflops = median(e.getValue().ours().speeds(row.flop()));
            double[] shares = e.getValue().ours().shares(row.flop());
            boolean ok = median(shares) >= row.floor();
            kept &= ok;
            out.printf(
                    Locale.ROOT,
                    "%-11s %-20s %9.4f %9.1f %7.1f %7.1f %5d%% %s%n",
                    row.kernel(),
                    row.shape(),
                    row.flop() / gflops / 1e6,
                    gflops,
                    median(shares),
                    shares[shares.length - 1],
                    row.floor(),
                    ok ? "ok" : "MISSED");
            e.getValue()
                    .peers()
                    .forEach((name, theirs) -> printPeer(name, theirs, row, median(shares), out));
        }
        return kept;
    }

    private static void printPeer(
            String name, Figures theirs, Row row, double ours, PrintStream out) {
        double gflops = median(theirs.speeds(row.flop()));
        double[] shares = theirs.shares(row.flop());
        out.printf(
                Locale.ROOT,
                "  %-30s %9.4f %9.1f %7.1f %7.1f   ours is %.2f times as fast%n",
                name,
                row.flop() / gflops / 1e6,
                gflops,
                median(shares),
                shares[shares.length - 1],
                ours / median(shares));
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

    private static void write(Map<Row, Entry> table, Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map.Entry<Row, Entry> e : table.entrySet()) {
            Row key = e.getKey();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kernel", key.kernel());
            row.put("shape", key.shape());
            row.put("floor", key.floor());
            row.putAll(json(key, e.getValue().ours()));
            Map<String, Object> peers = new LinkedHashMap<>();
            e.getValue().peers().forEach((name, figures) -> peers.put(name, json(key, figures)));
            row.put("peers", peers);
            rows.add(row);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), rows);
    }

    private static Map<String, Object> json(Row row, Figures figures) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("gflops", median(figures.speeds(row.flop())));
        map.put("percentOfPeak", median(figures.shares(row.flop())));
        map.put("nanos", figures.nanos());
        map.put("peakGflops", figures.peaks());
        return map;
    }
}
