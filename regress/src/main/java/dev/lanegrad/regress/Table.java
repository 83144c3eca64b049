package dev.lanegrad.regress;

import java.io.PrintWriter;
import java.util.Locale;

/// Prints what a run found out.
final class Table {
    private final PrintWriter out;

    Table(PrintWriter out) {
        this.out = out;
    }

    void print(RunHeader run, Result result) {
        int width =
                Math.max(
                        "benchmark".length(),
                        result.outcomes().stream()
                                .mapToInt(o -> o.test().name().length())
                                .max()
                                .orElse(0));
        out.printf("base %s, head %s%n", run.base().shortName(), run.head().shortName());
        out.printf(
                Locale.ROOT,
                "%-" + width + "s %10s %10s %9s  %-19s %5s %8s  %s%n",
                "benchmark",
                "base",
                "head",
                "change",
                "95 % interval",
                "pairs",
                "p",
                "verdict");
        result.outcomes().forEach(o -> row(o, width));
        result.gates().forEach(g -> out.printf("%s: %s%n", g.test(), g.message()));
        result.failures()
                .forEach(f ->
                        out.printf(
                                "%s: failed in %s%s: %s%n",
                                f.test(),
                                f.side().word(),
                                result.failedAlone(f) ? " only" : "",
                                f.message()));
        out.println(summary(run, result));
        out.flush();
    }

    private void row(Outcome o, int width) {
        Comparison c = o.comparison();
        out.printf(
                Locale.ROOT,
                "%-" + width + "s %10s %10s %9s  %-19s %5d %8s  %s%n",
                o.test(),
                Numbers.time(o.base().time(), o.unit()),
                Numbers.time(o.head().time(), o.unit()),
                Numbers.change(c.ratio()),
                Numbers.change(c.low()) + " … " + Numbers.change(c.high()),
                c.pairs(),
                String.format(Locale.ROOT, "%.4f", o.p()),
                o.verdict().word());
    }

    private static String summary(RunHeader run, Result result) {
        String threshold = String.format(Locale.ROOT, "%.3g %%", 100 * run.settings().threshold());
        return switch (result.exitCode()) {
            case Result.FAILED ->
                    result.failures().size() + " could not be measured; the others are above";
            case Result.REGRESSION ->
                    result.count(Verdict.SLOWER)
                            + " slower by "
                            + threshold
                            + " or more, "
                            + result.gates().size()
                            + " gates broken";
            case Result.TOO_NOISY ->
                    result.count(Verdict.UNCLEAR)
                            + " too noisy to tell whether they are "
                            + threshold
                            + " slower; nothing else is";
            default -> "no regression: nothing is slower by " + threshold;
        };
    }
}
