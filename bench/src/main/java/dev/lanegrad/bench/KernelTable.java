package dev.lanegrad.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
/// Options: those of [TableOptions]; processes (3 for each kernel unless told otherwise) take
/// turns, and `--suite floors|fast|all` takes the rows that must keep a floor, those and the same
/// layers by Winograd's algorithm, or all.
public final class KernelTable {
    /// What was measured for a row: ours, and each peer's by its name.
    record Entry(Figures ours, Map<String, Figures> peers) {}

    /// All that was measured.
    ///
    /// @param threads in use
    /// @param readBandwidth of this machine's memory by one thread, in GB/s
    /// @param entries each row's
    record Run(int threads, double readBandwidth, Map<KernelRow, Entry> entries) {
        Figures ours(KernelRow row) {
            return requireNonNull(entries.get(row)).ours();
        }

        /// Share of the peak by share of the peak; NaN without peers.
        double timesFastest(KernelRow row) {
            return ours(row).share(row)
                    / requireNonNull(entries.get(row)).peers().entrySet().stream()
                            .filter(e -> row.isProduct() || e.getKey().startsWith("libtorch"))
                            .mapToDouble(e -> e.getValue().share(row))
                            .max()
                            .orElse(Double.NaN);
        }

        /// Operands and output, each once, by time.
        double gigabytes(KernelRow row) {
            return row.bytes() * ours(row).gflops(row) / row.flop();
        }

        /// The row's share of the peak by that of the same benchmark of another shape.
        double percentOf(KernelRow row, String shape) {
            return entries.keySet().stream()
                    .filter(r -> r.benchmark().equals(row.benchmark()) && r.shape().equals(shape))
                    .mapToDouble(r -> 100 * ours(row).share(row) / ours(r).share(r))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private KernelTable() {}

    /// Runs the benchmarks and ends with exit code 1 if a floor is missed.
    public static void main(String[] args) throws IOException {
        TableOptions options = TableOptions.parse(args);
        PrintStream out = System.out;
        System.setOut(System.err); // where what the processes say belongs
        Peers peers = options.peers() ? Peers.load() : null;
        Map<KernelRow, Entry> table = new LinkedHashMap<>();
        for (KernelRow row : rows(options.suite())) {
            if (row.kernel().contains(options.only()) || row.shape().contains(options.only())) {
                table.put(row, new Entry(Figures.none(), new LinkedHashMap<>()));
            }
        }
        out.println(TableOptions.machine(options.threads()));
        out.println(Neighbour.measure());
        if (peers != null) {
            out.println(peers.describe());
        }
        Run run = new Run(options.threads(), Peak.readBandwidth(), table);
        boolean kept = true;
        for (int f = 1; f < options.forks(); f++) {
            table.forEach((row, entry) -> measure(row, entry, peers, options.threads()));
        }
        printHead(out);
        for (Map.Entry<KernelRow, Entry> e : table.entrySet()) {
            measure(e.getKey(), e.getValue(), peers, options.threads());
            kept &= print(run, e.getKey(), e.getValue(), out);
        }
        summarize(run, out);
        out.println(Neighbour.measure());
        if (!options.json().isEmpty()) {
            KernelJson.write(Path.of(options.json()), run);
        }
        System.exit(kept ? 0 : 1);
    }

    /// One process more for ours and for each peer.
    private static void measure(KernelRow row, Entry entry, @Nullable Peers peers, int threads) {
        measure(row, row.benchmark(), "", threads, entry.ours());
        if (peers != null) {
            peers.benchmarks(row)
                    .forEach((name, benchmark) -> {
                        var theirs = entry.peers().computeIfAbsent(name, _ -> Figures.none());
                        measure(row, benchmark, name, threads, theirs);
                    });
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
                        .jvmArgsPrepend(
                                Stream.concat(
                                                Stream.of("-Dlanegrad.threads=" + threads),
                                                row.options().stream())
                                        .toArray(String[]::new));
        row.more().forEach(builder::param);
        if (!peer.isEmpty()) {
            builder.param("form", row.method());
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

    private static void printHead(PrintStream out) {
        out.printf(
                "%-13s %-22s %9s %9s %7s %7s %6s%n",
                "kernel", "shape", "ms", "GFLOP/s", "% peak", "best %", "floor");
    }

    /// Prints a row whose last process is over; returns whether it keeps its floor.
    private static boolean print(Run run, KernelRow row, Entry entry, PrintStream out) {
        double gflops = entry.ours().gflops(row);
        double[] shares = entry.ours().shares(row);
        double share = entry.ours().share(row);
        boolean kept = share >= row.floor();
        out.printf(
                Locale.ROOT,
                "%-13s %-22s %9.4f %9.1f %7.1f %7.1f %s%n",
                row.kernel(),
                row.shape(),
                row.flop() / gflops / 1e6,
                gflops,
                share,
                shares[shares.length - 1],
                row.floor() == 0 ? "" : row.floor() + "% " + (kept ? "ok" : "MISSED"));
        entry.peers().forEach((name, theirs) -> printPeer(name, theirs, row, share, out));
        if (row.isBoundByMemory()) {
            out.printf(
                    Locale.ROOT,
                    "  %.1f GB/s, reading large arrays: %.1f%n",
                    run.gigabytes(row),
                    run.readBandwidth());
        }
        for (KernelTarget target : row.targets()) {
            if (target.counts(run.threads())) {
                out.println("  " + target.say(new KernelTarget.Reached(row, run)));
            }
        }
        out.flush();
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

    /// How many targets are met, and how products and convolutions compare with their fastest
    /// peers.
    private static void summarize(Run run, PrintStream out) {
        Map<String, List<KernelRow>> kinds = new LinkedHashMap<>();
        for (KernelRow row : run.entries().keySet()) {
            kinds.computeIfAbsent(row.kernel(), _ -> new ArrayList<>()).add(row);
        }
        out.printf("%n%-18s %5s %12s   %s%n", "", "rows", "targets met", "beside the fastest peer");
        kinds.forEach((kernel, rows) -> {
            long of = 0;
            long met = 0;
            for (KernelRow row : rows) {
                for (KernelTarget target : row.targets()) {
                    if (target.counts(run.threads())) {
                        of++;
                        met += target.isMet(new KernelTarget.Reached(row, run)) ? 1 : 0;
                    }
                }
            }
            double[] times =
                    rows.stream()
                            .mapToDouble(run::timesFastest)
                            .filter(t -> !Double.isNaN(t))
                            .toArray();
            out.printf(
                    Locale.ROOT,
                    "%-18s %5d %5d of %3d   %s%n",
                    kernel,
                    rows.size(),
                    met,
                    of,
                    times.length == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f (geometric mean), %.2f to %.2f",
                                    geometricMean(times),
                                    Arrays.stream(times).min().orElseThrow(),
                                    Arrays.stream(times).max().orElseThrow()));
        });
    }

    private static double geometricMean(double... x) {
        return Math.exp(Arrays.stream(x).map(Math::log).average().orElseThrow());
    }
}
