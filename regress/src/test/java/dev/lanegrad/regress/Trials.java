package dev.lanegrad.regress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/// Tries out whether runs can be trusted: compares builds with themselves, and with builds that
/// have a fault planted, and counts what is said of them.
///
/// Arguments: a folder, options for the runs, and how many runs of each kind it is to hold in the
/// end: `aa=10 five=4 two=4 allocation=2`. Runs that are there already are not repeated, those
/// broken off are continued. Prints a table of all.
final class Trials {
    /// What is compared.
    private enum Kind {
        /// 21 cases with themselves.
        aa("equal", "KernelsBench"),
        /// Three sizes of a kernel with one that does 5 % more.
        five("5 % slower", "chain", "extra=0.05"),
        /// And 2 %.
        two("2 % slower", "chain", "extra=0.02"),
        /// And one that allocates.
        allocation("24 B allocated", "allocating", "allocates=true");

        private final String title;
        private final String cases;
        private final String[] faults;

        Kind(String title, String cases, String... faults) {
            this.title = title;
            this.cases = cases;
            this.faults = faults;
        }
    }

    private static final double TAIL = 0.025;

    private Trials() {}

    /// Makes up the runs that are missing, then prints.
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path base = PlantedJar.write(folder.resolve("base.jar"));
        List<String> options = List.of(args).stream().filter(a -> a.startsWith("--")).toList();
        List<String> wishes =
                List.of(args).subList(1, args.length).stream()
                        .filter(a -> !a.startsWith("--"))
                        .toList();
        for (String arg : wishes) {
            String[] wish = arg.split("=", 2);
            Kind kind = Kind.valueOf(wish[0]);
            Path head = PlantedJar.write(folder.resolve(kind + ".jar"), kind.faults);
            for (int i = 0; i < Integer.parseInt(wish[1]); i++) {
                Path file = folder.resolve(kind + "-" + i + ".jsonl");
                if (!Files.exists(file)) {
                    run(file, begin(kind, base, head, file, options));
                } else if (RunFile.read(file).outcomes().isEmpty()) {
                    run(file, List.of("--resume", file.toString()));
                }
            }
        }
        table(folder);
    }

    private static List<String> begin(
            Kind kind, Path base, Path head, Path file, List<String> options) {
        List<String> args =
                new ArrayList<>(List.of("--base", base.toString(), "--head", head.toString()));
        args.addAll(List.of("--suite", "full", "--bench", kind.cases, "--together"));
        args.addAll(List.of("--out", file.toString()));
        args.addAll(options);
        return args;
    }

    private static void run(Path file, List<String> args) {
        int code =
                RegressCommand.commandLine()
                        .setOut(new PrintWriter(System.out, true))
                        .execute(args.toArray(String[]::new));
        System.out.println(file.getFileName() + ": exit code " + code);
    }

    private static void table(Path folder) throws IOException {
        System.out.println(
                "| planted | comparisons | slower | unclear | slightly slower | same | faster | gate |"
                        + " called, of all | 95 % interval of that | median estimate |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Kind kind : Kind.values()) {
            List<Outcome> outcomes = new ArrayList<>();
            int gates = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.getFileName().toString().matches(kind + "-\\d+.jsonl"))
                                .sorted()
                                .toList()) {
                    RunFile.Content content = RunFile.read(file);
                    outcomes.addAll(content.outcomes());
                    gates += content.gates().size();
                }
            }
            if (!outcomes.isEmpty()) {
                System.out.println(row(kind, outcomes, gates));
            }
        }
    }

    private static String row(Kind kind, List<Outcome> outcomes, int gates) {
        Map<Verdict, Integer> counts = new TreeMap<>();
        for (Verdict v : Verdict.values()) {
            counts.put(v, 0);
        }
        outcomes.forEach(o -> counts.merge(o.verdict(), 1, Integer::sum));
        int called = kind == Kind.allocation ? gates : counts.get(Verdict.SLOWER);
        int n = outcomes.size();
        double[] ratios = outcomes.stream().mapToDouble(o -> o.comparison().ratio()).toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %.1f %% | %.1f to %.1f %% | %s |",
                kind.title,
                n,
                counts.get(Verdict.SLOWER),
                counts.get(Verdict.UNCLEAR),
                counts.get(Verdict.SLIGHTLY_SLOWER),
                counts.get(Verdict.SAME),
                counts.get(Verdict.FASTER),
                gates,
                100.0 * called / n,
                100 * (called == 0 ? 0 : quantile(TAIL, called, n - called + 1)),
                100 * (called == n ? 1 : quantile(1 - TAIL, called + 1, n - called)),
                Numbers.change(Numbers.median(ratios)));
    }

    /// An end of the exact interval of Clopper and Pearson.
    private static double quantile(double p, int alpha, int beta) {
        return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(p);
    }
}
