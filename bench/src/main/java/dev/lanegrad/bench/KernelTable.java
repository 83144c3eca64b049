package dev.lanegrad.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private KernelTable() {}

    /// Runs the benchmarks and ends with exit code 1 if a floor is missed.
    public static void main(String[] args) throws IOException {
        TableOptions options = TableOptions.parse(args);
        Peers peers = options.peers() ? Peers.load() : null;
        Map<KernelRow, Entry> table = new LinkedHashMap<>();
        for (KernelRow row : rows(options.suite())) {
            if (row.kernel().contains(options.only()) || row.shape().contains(options.only())) {
                table.put(row, new Entry(Figures.none(), new LinkedHashMap<>()));
            }
        }
        for (int f = 0; f < options.forks(); f++) {
            table.forEach((row, entry) -> measure(row, entry, peers, options.threads()));
        }
        System.out.println(TableOptions.machine(options.threads()));
        if (peers != null) {
            System.out.println(peers.describe());
        }
        boolean kept = print(table, System.out);
        if (!options.json().isEmpty()) {
            KernelJson.write(Path.of(options.json()), options.threads(), table);
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
}
