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
/// the table's figures, `--only TEXT` keeps the rows whose kernel or shape contains TEXT.
public final class KernelTable {
    /// A row: benchmark, method, shape, and the least share of the peak in percent (0: none).
    private record Row(Class<?> bench, String method, String shape, int floor) {
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

    private static double median(double[] ascending) {
        int half = ascending.length / 2;
        return ascending.length % 2 == 1
                ? ascending[half]
                : (ascending[half - 1] + ascending[half]) / 2;
    }

    private static final List<String> STAGES = List.of("conv2_x", "conv3_x", "conv4_x", "conv5_x");

    private KernelTable() {}

    /// Runs the benchmarks and ends with exit code 1 if a floor is missed.
    public static void main(String[] args) throws RunnerException, IOException {
        int forks = 3;
        String json = "";
        String only = "";
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": needs a value");
            }
            switch (args[i]) {
                case "--forks" -> forks = Integer.parseInt(args[i + 1]);
                case "--json" -> json = args[i + 1];
                case "--only" -> only = args[i + 1];
                default -> throw new IllegalArgumentException("no option is called " + args[i]);
            }
        }
        Map<Row, Figures> table = new LinkedHashMap<>();
        for (Row row : rows()) {
            if (row.kernel().contains(only) || row.shape().contains(only)) {
                table.put(row, new Figures(new ArrayList<>(), new ArrayList<>()));
            }
        }
        for (int f = 0; f < forks; f++) {
            for (Map.Entry<Row, Figures> e : table.entrySet()) {
                measure(e.getKey(), e.getValue());
            }
        }
        boolean kept = print(table, System.out);
        if (!json.isEmpty()) {
            write(table, Path.of(json));
        }
        System.exit(kept ? 0 : 1);
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
    private static void measure(Row row, Figures figures) throws RunnerException {
        System.err.println(row.kernel() + " " + row.shape() + " ...");
        var options =
                new OptionsBuilder()
                        .include("^" + row.bench().getName() + "\\." + row.method() + "$")
                        .param("shape", row.shape())
                        .forks(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
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
    }

    private static boolean print(Map<Row, Figures> table, PrintStream out) {
        boolean kept = true;
        out.printf("%s, %d processors, Java %s%n", cpu(), processors(), Runtime.version());
        out.printf(
                "%-11s %-20s %9s %9s %7s %7s %6s%n",
                "kernel", "shape", "ms", "GFLOP/s", "% peak", "best %", "floor");
        for (Map.Entry<Row, Figures> e : table.entrySet()) {
            Row row = e.getKey();
            double gflops = median(e.getValue().speeds(row.flop()));
            double[] shares = e.getValue().shares(row.flop());
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
        }
        return kept;
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

    private static void write(Map<Row, Figures> table, Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map.Entry<Row, Figures> e : table.entrySet()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kernel", e.getKey().kernel());
            row.put("shape", e.getKey().shape());
            row.put("gflops", median(e.getValue().speeds(e.getKey().flop())));
            row.put("percentOfPeak", median(e.getValue().shares(e.getKey().flop())));
            row.put("floor", e.getKey().floor());
            row.put("nanos", e.getValue().nanos());
            row.put("peakGflops", e.getValue().peaks());
            rows.add(row);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), rows);
    }
}
